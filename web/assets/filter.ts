// Lists that narrow while somebody types: the answers of a step that has many of them.

import { announce, main, told } from "./page";

const SAID = 500; // ms of quiet after which the number that is left is announced

let saying = 0;

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const items = (field: HTMLElement): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`#${field.dataset.filter} > *`)];
const left = (field: HTMLElement): HTMLElement[] => items(field).filter((item) => !item.hidden);

// How many letters of `typed` would have to be mended for a word that begins with it: added, left out, other, swapped.
function mends(typed: string, word: string): number {
  let above: number[] = [];
  let row = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same, swapped ? above[j - 2]! + 1 : Infinity);
    }
    [above, row] = [row, next];
  }
  return Math.min(...row);
}

// Each word that is typed is found in the text, or nearly: one slip from four letters on, two from eight.
export function fits(query: string, text: string): boolean {
  const there = plain(text);
  const words = there.match(/[\p{L}\p{N}]+/gu) ?? [];
  return (plain(query).match(/[\p{L}\p{N}]+/gu) ?? []).every((typed) => {
    const slips = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
    return there.includes(typed) || words.some((word) => mends(typed, word) <= slips);
  });
}

function narrow(field: HTMLInputElement): void {
  for (const item of items(field)) item.hidden = !fits(field.value, item.textContent);
  const count = left(field).length;
  const none = document.querySelector<HTMLElement>(`#${field.dataset.filter}-none`);
  if (none) none.hidden = count > 0;
  clearTimeout(saying);
  saying = setTimeout(() => announce(told("left", { count })), SAID);
}

const handle = (item: HTMLElement): HTMLElement | null => (item.matches("button") ? item : item.querySelector<HTMLElement>("a, button, summary, [type=radio]:enabled"));

function moved(event: KeyboardEvent, field: HTMLInputElement, at: number): HTMLElement | null | undefined {
  const found = left(field).map(handle).filter((each) => each !== null);
  if (event.key === "ArrowDown") return found[at + 1];
  if (event.key === "ArrowUp") return at === 0 ? field : found[at - 1];
  if (event.key !== "Enter" || at >= 0 || !found[0]) return null;
  if (found.length > 1 && !found[0].matches("a")) return found[0]; // of several answers none is chosen for anybody
  found[0].click();
  return found[0].matches("[type=radio]") ? found[0] : null; // Enter saves it from there
}

document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.dataset.filter) narrow(field);
});

document.addEventListener("keydown", (event) => {
  const field = main().querySelector<HTMLInputElement>("[data-filter]");
  const at = event.target as HTMLElement;
  if (!field || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const place = left(field).findIndex((item) => item.contains(at));
  if ((place < 0 && at !== field) || at.matches("textarea")) return;
  if (event.key === "Enter" && at === field) event.preventDefault();
  const to = moved(event, field, place);
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (to.matches("[type=radio]")) to.click();
});

const found = main().querySelector<HTMLInputElement>("[data-filter]");
if (found?.value) narrow(found);
