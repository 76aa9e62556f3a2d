// Rows with answers of their own: their keys act on the row in focus, the arrows move between rows.

const ROW = "[data-pledge]";

export function rowKey(event: KeyboardEvent): boolean {
  const row = (event.target as Element).closest<HTMLElement>(ROW);
  if (!row || (event.target as Element).closest("input, select, textarea")) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return move(row, event.key === "ArrowDown" ? 1 : -1);
  const button = row.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(event.key)}"]`);
  button?.click();
  return button !== null;
}

function move(row: HTMLElement, by: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)];
  const next = rows[rows.indexOf(row) + by];
  next?.querySelector<HTMLElement>("a, button")?.focus();
  return next !== undefined;
}
