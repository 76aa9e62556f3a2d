// Steps swap without a reload, keys answer, words copy. Without this file every page works all the same.

import { ahead, lookAhead } from "./ahead";
import { discard, recall, sending, settle } from "./drafts";
import "./filter";
import "./jump";
import { enter, pressed, settleKeys, showKeys, targets } from "./keys";
import { begin, deliver, fetched, idle, keepWords, nameOf, same, type Sent, wordsOf } from "./network";
import { announce, bodyOf, main, told } from "./page";
import { poll } from "./poll";
import { rowKey } from "./rows";
import "./search";

const ENDED = 700; // ms after a swap in which a key too many does not leave the end of a call
const QUIET = 350; // ms after a swap in which a second click of the pointer belongs to the first

let busy = false;
let backs = 0; // how often b was pressed while a step was on its way
let quietUntil = 0;
let endedUntil = 0;
let delivering = Promise.resolve();
let shown: Shown | null = null;

// What is shown ahead of the server's word: the answer that leads there, and the parts of the page as they were fetched.
type Shown = { sent: Sent; parts: string[] };

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const body = bodyOf(form, button);
  const action = button?.hasAttribute("formaction") ? (button as HTMLButtonElement).formAction : form.action;
  const beside = (button?.dataset.beside ?? form.dataset.beside) !== undefined;
  const words = wordsOf(form, button);
  const visit = shown ? visitOf(main()) : undefined;
  const page = action.endsWith("/answer") && idle() ? ahead(body) : null;
  const mark = page?.querySelector<HTMLElement>("[data-mark]")?.dataset.mark;
  const name = nameOf(form, button, words);
  const sent = { action, body: body.toString(), name, words, draft: sending(form), beside, visit };
  delivering = deliver(sent, mark);
  if (page) showAhead(page, sent);
  else {
    busy = true;
    main().setAttribute("aria-busy", "true");
  }
  await delivering;
  busy = false;
  main().removeAttribute("aria-busy");
  if (form.isConnected) putAway(form, beside);
  const again = idle() && backs > 0;
  backs = again ? backs - 1 : 0;
  if (again) goingBack(targets("b")[0])?.click();
}

const goingBack = (button?: HTMLElement): HTMLElement | undefined => (button?.closest("form[action$='/back']") ? button : undefined);

// What a link shows takes the place of the step; an answer that is left as it was is typed no further.
async function follow(link: HTMLAnchorElement): Promise<void> {
  if (busy) return;
  busy = true;
  await delivering;
  const left = sending(document.querySelector<HTMLFormElement>("#change"));
  if (!shown && (await fetched(link.href))) discard(left);
  busy = false;
}

// What waits for the network is kept elsewhere: its panel closes, and is empty for the next words.
function putAway(form: HTMLFormElement, beside: boolean): void {
  const panel = form.closest<HTMLElement>("[popover]");
  panel?.hidePopover();
  if (!panel || !beside) return;
  form.reset();
  discard(sending(form));
}

const partsOf = (page: Element): string[] => [...page.children].map((part) => part.outerHTML);
const visitOf = (page: Element): string | undefined => page.querySelector<HTMLElement>("[data-session]")?.dataset.visit;

// The step is there before the server has answered. What it answers is the truth: mostly the same, and then nobody sees it.
function showAhead(page: Document, sent: Sent): void {
  shown = { sent, parts: partsOf(page.querySelector("main")!) };
  turn(page);
}

// Whether the step that came is the one that is shown; what stands around it is made true without a word.
function agrees(next: Element, parts: string[]): boolean {
  const came = partsOf(next);
  const there = [...main().children];
  if (came.length !== parts.length || there.length !== parts.length || came[0] !== parts[0]) return false;
  [...next.children].forEach((part, at) => {
    const old = there[at]!;
    if (came[at] !== parts[at] && !old.matches(":focus-within, :has(:popover-open)")) old.replaceWith(document.adoptNode(part));
  });
  return true;
}

function show(page: Document, response: Response, sent: Sent): void {
  const next = page.querySelector("main");
  const arrived = new URL(response.url);
  const parts = shown && same(shown.sent)(sent) ? shown.parts : null;
  if (parts) shown = null;
  if (response.status === 204) {
    settle(sent.draft);
    return lookAhead();
  }
  if (!next || (response.redirected && arrived.pathname !== location.pathname)) {
    if (arrived.pathname === "/") discard(sent.draft);
    location.assign(response.url);
    return;
  }
  if (!response.ok && !next.querySelector("[data-session], [data-entered]")) keepWords(next, sent.words);
  if (parts && response.ok && agrees(next, parts)) settle(sent.draft);
  else turn(page, sent, sent.beside && response.ok ? spot() : null);
  lookAhead();
}

// Turns to another page: its main part takes the place of the one on view.
function turn(page: Document, sent: Sent | null = null, came: Spot | null = null): void {
  main().replaceWith(document.adoptNode(page.querySelector("main")!));
  document.title = page.title;
  document.body.className = page.body.className;
  quietUntil = performance.now() + QUIET;
  endedUntil = performance.now() + ENDED;
  if (sent) settle(sent.draft);
  recall();
  settleKeys();
  if (came) return resume(came);
  scrollTo(0, 0);
  attend();
}

type Spot = { place: string; caret: number | null };

// Where the hands were before the note, or whatever else moves nothing, was opened.
function spot(): Spot {
  document.querySelector<HTMLElement>(":popover-open")?.hidePopover();
  const at = document.activeElement as HTMLElement;
  const place = at.id ? `#${CSS.escape(at.id)}` : at.dataset.key ? `[data-key="${CSS.escape(at.dataset.key)}"]` : "h1";
  return { place, caret: at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.selectionEnd : null };
}

function resume({ place, caret }: Spot): void {
  const at = main().querySelector<HTMLElement>(place) ?? main().querySelector<HTMLElement>("[data-live] summary, h1");
  at?.focus({ preventScroll: true });
  if (caret !== null && (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement)) at.setSelectionRange(caret, caret);
  announce(main().querySelector("[data-done]")?.textContent ?? "");
}

function attend(): void {
  const heading = main().querySelector("h1");
  const problems = main().querySelector<HTMLElement>("#problems");
  const wrong = main().querySelector<HTMLElement>("[popover] [aria-invalid]");
  (wrong ? heading : (problems ?? heading))?.focus({ preventScroll: true });
  if (wrong) showWrong(wrong);
  const stage = main().querySelector("[aria-current=step]")?.textContent ?? "";
  const done = main().querySelector("[data-done]")?.textContent ?? "";
  const answers = main().querySelectorAll(".option").length;
  const locked = main().querySelectorAll(".option-locked").length;
  const offer = answers ? told("answers", { count: answers }) + (locked ? `, ${told("locked", { count: locked })}` : "") : "";
  announce(problems?.innerText ?? (done || [heading?.textContent, stage.trim(), offer].filter(Boolean).join(". ")));
}

// What is wrong in a panel is mended there; where it is closed instead, nothing tells of it any more.
function showWrong(field: HTMLElement): void {
  const panel = field.closest<HTMLElement>("[popover]")!;
  panel.showPopover();
  field.closest("details")?.setAttribute("open", ""); // a draft may have opened another one
  field.focus();
  panel.addEventListener("toggle", () => {
    if (panel.matches(":popover-open") || !field.ariaInvalid) return;
    field.removeAttribute("aria-invalid");
    for (const told of document.querySelectorAll(`#problems, #${panel.id} .error`)) told.remove();
    document.title = document.title.replace(/^.*?: /, ""); // "Mistake:"
  });
}

// A check that is ticked at last is wrong no more.
document.addEventListener("change", ({ target }) => {
  const check = (target as Element).closest(".check :checked");
  for (const name of ["aria-invalid", "aria-describedby"]) check?.removeAttribute(name);
});

document.addEventListener("submit", (event) => {
  if (busy || event.defaultPrevented) {
    event.preventDefault();
    return;
  }
  const form = event.target as HTMLFormElement;
  if (form.dataset.swap === undefined) {
    if (form.method === "post") leave(event, form);
    return;
  }
  event.preventDefault();
  void send(form, event.submitter);
});

// What leads to another page waits for the answer that the present one was shown ahead of.
function leave(event: SubmitEvent, form: HTMLFormElement): void {
  busy = form.dataset.take === undefined; // a download leaves the page as it is
  if (!shown) return;
  event.preventDefault();
  void delivering.then(() => {
    busy = false;
    if (!shown && form.isConnected) form.requestSubmit(event.submitter);
  });
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const link = target.closest<HTMLAnchorElement>("a[data-swap]");
  const swaps = link !== null || target.closest("button")?.form?.dataset.swap !== undefined;
  if (event.detail > 0 && performance.now() < quietUntil && swaps) {
    event.preventDefault();
    return;
  }
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    void follow(link);
  }
  const copy = target.closest<HTMLElement>("[data-copy]");
  if (copy) {
    event.preventDefault();
    void copyWords(copy);
  }
  if (target.closest("[data-taken], [data-take] [data-copy]")) taken(target.closest("form")!);
  if (target.closest("[data-print]")) print();
  if (target.closest("[data-key='?']") && showKeys()) event.preventDefault();
  const tell = target.closest("[data-tell]");
  if (tell) tell.setAttribute("aria-expanded", String(main().classList.toggle("all-told")));
  const within = target.closest<HTMLAnchorElement>(".problems a[href^='#']");
  if (within) {
    event.preventDefault();
    const place = document.querySelector<HTMLElement>(within.hash);
    place?.closest<HTMLElement>("[popover]:not(:popover-open)")?.showPopover();
    place?.focus();
  }
});

// What is copied, mailed or printed is kept with the session, as what is downloaded is; the page stays as it is.
function taken(form: HTMLFormElement): void {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  const kept = form.querySelector<HTMLElement>("[data-kept]")!;
  const show = (response: Response): void => void (kept.hidden &&= response.type !== "opaqueredirect");
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).then(show, () => undefined);
}

async function copyWords(...buttons: HTMLElement[]): Promise<void> {
  const words = buttons.map((button) => (button.closest("[data-take]") ?? button.parentElement!).querySelector<HTMLElement>("[data-words]")!);
  const labels = buttons.map((button) => button.querySelector("[data-label]")!);
  const say = (text: string): void => labels.forEach((label) => (label.textContent = text));
  try {
    await navigator.clipboard.writeText(words.map((each) => each.dataset.plain ?? (each.innerText || each.textContent)).join("\n\n"));
    say(told("copied"));
  } catch {
    getSelection()!.selectAllChildren(words[0]!);
    say(told("press"));
  }
  announce(labels[0]!.textContent);
  setTimeout(() => say(told("copy")), 2000);
}

document.addEventListener("keydown", (event) => {
  const key = pressed(event);
  if (key !== null && rowKey(event)) event.preventDefault();
  if (key === null || key.length !== 1 || event.defaultPrevented) return;
  const [button, ...more] = targets(key);
  if (button?.tagName === "A" && main().querySelector("[data-ended]") && performance.now() < endedUntil) return;
  if (key === "?" && showKeys()) event.preventDefault();
  else if (button) {
    event.preventDefault();
    if (busy && key === "b" && goingBack(button)) backs++;
    else if (button.tagName === "SUMMARY") unlock(button.parentElement as HTMLDetailsElement);
    else if (button.dataset.copy !== undefined && more.length) void copyWords(button, ...more);
    else if (!enter(button)) button.click();
  }
});

// What needs a reason asks for it first; its key again sends it, save from a panel, where a draft may have waited unseen.
function unlock(details: HTMLDetailsElement): void {
  const reason = details.querySelector("textarea")!;
  const panel = details.closest<HTMLElement>("[popover]");
  if (panel?.matches(":not(:popover-open)")) panel.showPopover();
  if (!panel && details.open && reason.value.trim()) details.querySelector("button")!.click();
  details.open = true;
  reason.focus();
}

addEventListener("pageshow", () => {
  busy = false;
});

begin(show);
poll(
  () => busy || shown !== null,
  (text) => text && announce(text),
);

// A map in its full size begins in its middle, where the first steps mostly are.
const map = document.querySelector(".sheet-map-full");
void map?.querySelector("img")?.decode().then(() => (map.scrollLeft = (map.scrollWidth - map.clientWidth) / 2));

if (main().querySelector("#problems")) attend();
else announce(main().querySelector("[data-done]")?.textContent ?? "");
