// The search over guides and steps: results come while one types, and the arrow keys lead to them.

import { announce, main } from "./page";

const WAIT = 120; // ms without another letter before the server is asked

const box = document.querySelector<HTMLDialogElement>("#seek-box");
let waiting = 0;
let asked: AbortController | null = null;
let settled: Promise<boolean> = Promise.resolve(true);

const fieldOf = (form: HTMLFormElement): HTMLInputElement => form.querySelector<HTMLInputElement>("[name=q]")!;
const fills = (form: HTMLFormElement): HTMLElement => document.getElementById(form.dataset.search!)!;

function say(form: HTMLFormElement, text: string): void {
  form.querySelector(".seek-count")!.replaceChildren(text);
  announce(text);
}

// Asks for what is typed now, and gives back whether it is on the page. What was asked before is given up.
async function ask(form: HTMLFormElement): Promise<boolean> {
  clearTimeout(waiting);
  waiting = 0;
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const words = fieldOf(form).value.trim();
  const rest = main().querySelector<HTMLElement>("[data-unsought]");
  if (rest && !box?.open) rest.hidden = words !== "";
  if (rest && !box?.open && !words) return put(form, null);
  try {
    const response = await fetch(`${form.action}?q=${encodeURIComponent(words)}`, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("main .found");
    if (found) return put(form, found, page.querySelector("main .seek-count")?.textContent);
  } catch {
    // told below
  }
  if (!signal.aborted) say(form, form.dataset.lost!);
  return false;
}

function put(form: HTMLFormElement, found: Element | null, count = ""): boolean {
  const place = fills(form);
  if (place.contains(document.activeElement)) fieldOf(form).focus();
  place.replaceChildren(...(found ? [...found.childNodes] : []));
  say(form, count.trim());
  return true;
}

document.addEventListener("input", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("[data-search]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => (settled = ask(form)), WAIT);
});

// Enter and the arrow keys wait for the results of what is typed by then. Enter takes the first guide; where steps of the
// guide under way stand above it, it only moves there.
async function go(form: HTMLFormElement, key: string): Promise<void> {
  if (waiting) settled = ask(form);
  const arrived = await settled;
  const first = fills(form).querySelector<HTMLElement>("[data-hit]");
  if (key === "Enter" && !arrived) form.submit();
  else if (key === "Enter" && !fills(form).firstElementChild?.matches(".places") && fieldOf(form).value.trim()) first?.click();
  else first?.focus();
}

document.addEventListener("keydown", (event) => {
  const at = event.target as HTMLElement;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape" && box?.open) {
    event.preventDefault(); // a search field would only be emptied by it
    box.close();
    return;
  }
  const forms = [...document.querySelectorAll<HTMLFormElement>("[data-search]")];
  const form = forms.find((each) => fieldOf(each) === at || fills(each).contains(at));
  if (!form) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at === fieldOf(form)) {
    if (event.key !== "Enter" && step !== 1) return;
    event.preventDefault();
    void go(form, event.key);
  } else if (step) {
    const hits = [...fills(form).querySelectorAll<HTMLElement>("[data-hit]")];
    event.preventDefault();
    (hits[hits.indexOf(at) + step] ?? (step < 0 ? fieldOf(form) : null))?.focus();
  }
});

// Its key and its link open the search over the page that one is at; a page that has it itself moves there.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest(".seeker");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !box) return;
  event.preventDefault();
  const own = main().querySelector<HTMLFormElement>("[data-search]");
  const form = own ?? box.querySelector<HTMLFormElement>("[data-search]")!;
  if (!own) {
    box.append(document.querySelector("#announcer")!); // outside it nothing is heard while it is open
    box.showModal();
    settled = ask(form);
  }
  fieldOf(form).select();
});

box?.addEventListener("close", () => document.body.append(document.querySelector("#announcer")!));

const here = main().querySelector<HTMLFormElement>("[data-search]");
if (here && main().querySelector("[data-unsought]") && fieldOf(here).value) settled = ask(here); // as the browser brought it back
