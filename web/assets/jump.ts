// The answers so far: the arrows move along them, a number or words that are typed pick one, Enter changes it, Esc leaves.

import { main } from "./page";

const PAUSE = 900; // ms after which typing begins anew

let typed = "";
let last = 0;

document.addEventListener("keydown", (event) => {
  const list = (event.target as Element).closest?.("[data-key=j]");
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const links = [...list.querySelectorAll<HTMLElement>("a")];
  const at = links.indexOf(event.target as HTMLElement);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) links[at + by]?.focus();
  else if (event.key === "Escape") main().querySelector("h1")?.focus();
  else if (/^[\p{L}\p{N}]$/u.test(event.key)) pick(links, at, event.key.toLowerCase());
  else return;
  event.preventDefault();
});

// What was typed within a short while counts together; where that is nowhere, the last key begins anew with the next one.
function pick(links: HTMLElement[], at: number, key: string): void {
  typed = performance.now() - last < PAUSE ? typed + key : key;
  last = performance.now();
  let found = find([...links.slice(at), ...links.slice(0, at)]);
  if (!found || typed === key) {
    typed = key;
    found = find([...links.slice(at + 1), ...links.slice(0, at + 1)]);
  }
  found?.focus();
}

const find = (links: HTMLElement[]): HTMLElement | undefined =>
  links.find((link) => link.closest("li")!.dataset.number === typed) ?? links.find((link) => said(link).includes(` ${typed}`));

const said = (link: HTMLElement): string => ` ${link.previousElementSibling!.textContent.replace(/\s+/g, " ")}`.toLowerCase();
