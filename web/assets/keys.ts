// The keys of a page: which are on, what each acts on, and the help that lists them.

import { main } from "./page";

const help = document.querySelector<HTMLDialogElement>("#keys-help");
const off = document.body.dataset.keys === "off";

// The key of an event where it is ours: typing stays typing, and only keys with Alt act while single keys are off.
export function pressed(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.repeat || event.isComposing || event.getModifierState("AltGraph")) return null;
  if (document.querySelector("dialog[open]")) return null;
  const panel = document.querySelector(":popover-open");
  if (event.altKey) return !panel && /^Digit[1-9]$/.test(event.code) ? event.code.slice(5) : null;
  if (off && event.key.length === 1) return null;
  if ((event.target as Element).closest("input:not([type=radio], [type=checkbox]), select, textarea")) return null;
  return !panel || targets(event.key).some((each) => panel.contains(each) || each.getAttribute("popovertarget") === panel.id) ? event.key : null;
}

// In an open panel the arrows move along what stands there to be chosen.
document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = (event.target as Element).closest<HTMLElement>(":popover-open :is(summary, a)");
  if (!by || !at || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const items = [...at.closest("[popover]")!.querySelectorAll<HTMLElement>("summary, a")];
  event.preventDefault();
  items[items.indexOf(at) + by]?.focus();
});

const FORMS = "details, .second, .panel, form";

// In a text of several lines Enter begins a new one; with Ctrl it does what the one button below does, which is no answer.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const around = (event.target as Element).closest("textarea, [popover] input")?.closest(FORMS);
  const buttons = [...(around?.querySelectorAll<HTMLButtonElement>("button:enabled:not([type=button], .option, .unseen)") ?? [])];
  const [button, more] = buttons.filter((each) => each.closest(FORMS) === around);
  if (!button || more) return;
  event.preventDefault();
  button.click();
});

// What a key acts on: in the page's main part, else at its top.
export function targets(key: string): HTMLElement[] {
  const named = `[data-key="${CSS.escape(key)}"]`;
  const found = [...main().querySelectorAll<HTMLElement>(named)];
  return found.length ? found : [...document.querySelectorAll<HTMLElement>(`.top ${named}`)];
}

// What is behind a button of the bar is found all the same; what this step has no use for is not.
const seen = (target: HTMLElement): boolean => target.checkVisibility() || target.closest("[popover]") !== null;

// Moves into a field or a list; false where the target is there to be pressed.
export function enter(target: HTMLElement): boolean {
  if (target.matches("button, a, summary")) return false;
  if (target instanceof HTMLInputElement) target.type === "radio" ? target.click() : target.select();
  (target instanceof HTMLInputElement ? target : target.querySelector<HTMLElement>("button, a"))?.focus();
  return true;
}

// Opens the list of the keys that do something here; false where nobody is signed in to a page that has one.
export function showKeys(): boolean {
  if (!help || help.open) return help !== null;
  for (const row of help.querySelectorAll<HTMLElement>("tr[data-at]")) row.hidden = !targets(row.dataset.at!).some(seen);
  for (const row of help.querySelectorAll<HTMLElement>("tr[data-row-at]")) row.hidden = !main().querySelector(`[data-row-key="${row.dataset.rowAt!}"]`);
  const known = new Set([...help.querySelectorAll<HTMLElement>("tr")].map((row) => row.dataset.at));
  for (const each of main().querySelectorAll<HTMLElement>("[data-key]")) {
    const key = each.dataset.key!;
    if (known.has(key) || /[2-9?]/.test(key)) continue;
    known.add(key);
    row(key, each);
  }
  help.querySelector<HTMLInputElement>("[name=next]")!.value = location.pathname + location.search;
  help.showModal();
  return true;
}

// A key that the table does not know yet says what stands on its button.
function row(key: string, target: HTMLElement): void {
  const made = help!.querySelector("tbody")!.insertRow(-1);
  made.dataset.at = key;
  const head = document.createElement("th");
  head.scope = "row";
  head.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  const words = target.cloneNode(true) as HTMLElement;
  for (const each of words.querySelectorAll(".key")) each.remove();
  made.append(head);
  made.insertCell().textContent = words.textContent.replace(/\s+/g, " ").trim();
}

// Where single keys are off, no shortcut is told that does nothing.
export function settleKeys(): void {
  if (off) for (const each of document.querySelectorAll("[aria-keyshortcuts]")) each.removeAttribute("aria-keyshortcuts");
}

settleKeys();
