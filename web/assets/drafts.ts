// What is typed and not sent yet waits in this tab until it is sent: of an answer by the visit of its step, of a note and
// whatever else is written beside it by its session. Nothing of it leaves the browser, and signing out forgets it all.

type Entry = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Kept = Record<string, string | boolean>;

const PREFIX = "draft ";
const BESIDE = ["note", "flag", "nothing-fits", "pause"];
const OWN = ["reply", "change"]; // of a step: as it is answered, and as an earlier answer is changed

const place = (): HTMLElement | null => document.querySelector<HTMLElement>("main [data-session]");
const ticks = (field: Entry): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";

// Ids of sessions and forms hold no space, so that no two keys are alike.
function keyOf(form: HTMLFormElement | null): string | null {
  const { session, visit } = place()?.dataset ?? {};
  if (!form || !session || ![...BESIDE, ...OWN].includes(form.id)) return null;
  return `${PREFIX}${session} ${form.id}${OWN.includes(form.id) ? ` ${visit}` : ""}`;
}

function* entries(form: HTMLFormElement): Generator<Entry> {
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) yield field;
    else if (field instanceof HTMLInputElement && field.type !== "hidden") yield field;
  }
}

function forget(start: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(start)) sessionStorage.removeItem(key);
}

function keep(event: Event): void {
  const form = (event.target as Entry).form;
  const key = keyOf(form);
  if (!form || !key) return;
  const kept: Kept = {};
  for (const field of entries(form)) kept[field.id] = ticks(field) ? field.checked : field.value;
  sessionStorage.setItem(key, JSON.stringify(kept));
}

function fill(form: HTMLFormElement, kept: Kept): void {
  for (const field of entries(form)) {
    const was = kept[field.id];
    if (typeof was === "boolean" && ticks(field)) field.checked = was;
    else if (typeof was === "string" && !ticks(field)) field.value = was;
    if (was && field instanceof HTMLTextAreaElement) field.closest("details")?.setAttribute("open", "");
  }
}

// Fills in what was typed at the step on the page before it was left, or shown anew.
export function recall(): void {
  for (const form of document.forms) {
    const kept = sessionStorage.getItem(keyOf(form) ?? "");
    if (kept) fill(form, JSON.parse(kept) as Kept);
  }
}

// What a form sends may be forgotten by `settle` once it has arrived.
export const sending = keyOf;

// What a form sent has arrived for certain.
export function discard(key: string | null): void {
  if (key) sessionStorage.removeItem(key);
}

// An answer has arrived where another visit is on the page, what stands beside it where no mistake is told. Where the
// session has ended, no answer is typed any more.
export function settle(key: string | null): void {
  const here = place();
  if (here?.dataset.ended !== undefined) forget(`${PREFIX}${here.dataset.session} reply`);
  if (!key || !here) return;
  const reply = keyOf(document.querySelector("#reply, #change"));
  const arrived = BESIDE.includes(key.slice(key.lastIndexOf(" ") + 1)) ? !document.querySelector("main #problems") : key !== reply;
  if (arrived) sessionStorage.removeItem(key);
}

document.addEventListener("input", keep);
document.addEventListener("submit", (event) => {
  if ((event.target as HTMLFormElement).action.endsWith("/sign-out")) forget(PREFIX);
});
addEventListener("pageshow", () => {
  settle(null);
  recall();
});
