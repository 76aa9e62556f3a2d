// What is sent from a call waits in this tab until the server has answered it: also over a reload, a dropped network or a
// sign-in that ran out. It is sent again by itself, as often as it takes: the page's `seq` goes along, so that the server
// takes it once. Signing out forgets it all.

import { announce, main, told } from "./page";

export type Words = [label: string, text: string][];

// A form on its way: `name` is what was pressed, `words` what was entered, `draft` where that is kept while it is typed;
// what goes `beside` the step moves nothing. `visit` names the step where that was shown ahead of the server's word.
export type Sent = { action: string; body: string; name: string; words: Words; draft: string | null; beside: boolean; visit?: string | undefined };

type Show = (page: Document, response: Response, sent: Sent) => void;

const PREFIX = "waiting ";
const PATIENCE = 10_000; // ms until a server that says nothing counts as one that cannot be reached
const LONGEST = 30_000; // ms between two tries
const LONG = 60; // letters of a text that is told
const DOWN = [502, 503, 504];
const LEAVES = /\/(answer|skip|back|end|change)$/; // the step, by one way

let show: Show;
let trying: Promise<void> | null = null;
let tries = 0;
let mark = "1";
let stands: { key: string; visit: string; seq: number } | null = null; // where the last page of the server stood
let timer = 0;
const refused = new Set<string>(); // answers of other calls that have to be looked at there

const keyOf = (sent: Sent): string => PREFIX + (new URL(sent.action).pathname.split("/")[2] ?? "");
const hereKey = (): string => PREFIX + (/^\/sessions\/([^/]+)(\/change)?$/.exec(location.pathname)?.[1] ?? "");
const kept = (key: string): Sent[] => JSON.parse(sessionStorage.getItem(key) ?? "[]") as Sent[];
const seqOf = (sent: Sent): number => Number(new URLSearchParams(sent.body).get("seq"));
export const same = (a: Sent) => (b: Sent): boolean => a.action === b.action && a.body === b.body;

function store(key: string, all: Sent[]): void {
  if (all.length) sessionStorage.setItem(key, JSON.stringify(all));
  else sessionStorage.removeItem(key);
}

// Of two answers to one step the last one stands; what goes beside it is sent before it, and after those of earlier steps.
function keep(sent: Sent): void {
  const again = (each: Sent): boolean => LEAVES.test(sent.action) && LEAVES.test(each.action) && seqOf(each) === seqOf(sent);
  const all = kept(keyOf(sent)).filter((each) => !same(sent)(each) && !again(each));
  const first = all.filter((each) => !sent.beside || each.beside || seqOf(each) < seqOf(sent));
  store(keyOf(sent), [...first, sent, ...all.filter((each) => !first.includes(each))]);
}

const drop = (sent: Sent): void => store(keyOf(sent), kept(keyOf(sent)).filter((each) => !same(sent)(each)));

// What waits: of the call on the page first, then of other calls that this tab was at.
function waiting(): Sent[] {
  const here = hereKey();
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX) && !refused.has(key));
  return keys.sort((a, b) => Number(b === here) - Number(a === here)).flatMap(kept);
}

// Whether nothing waits, and nothing says that it would have to.
export const idle = (): boolean => navigator.onLine && !tries && !waiting().length;

// Sends what a form holds, after all that waits already; `shown` is the mark of the page that is shown ahead of its answer,
// which then need not come.
export function deliver(sent: Sent, shown = "1"): Promise<void> {
  mark = shown;
  keep(sent);
  return flush();
}

const flush = (): Promise<void> => (trying ??= empty().finally(() => (trying = null)));

async function empty(): Promise<void> {
  clearTimeout(timer);
  try {
    for (let next = waiting()[0]; next; next = waiting()[0]) await (fits(next) ? post(settled(next)) : lapse(next));
    if (tries) brief(told("again"));
    tries = 0;
  } catch {
    wait();
  }
}

function stand(page: ParentNode): void {
  const { session = "", visit = "" } = page.querySelector<HTMLElement>("[data-session]")?.dataset ?? {};
  stands = { key: PREFIX + session, visit, seq: Number(page.querySelector<HTMLInputElement>("main [name=seq]")?.value) };
}

// What was entered at a step that was shown ahead goes only where the call has come to that step.
const fits = (sent: Sent): boolean =>
  sent.visit === undefined || (stands?.key === keyOf(sent) && stands.visit === sent.visit && stands.seq >= seqOf(sent));

// From here on the server alone says what became of it, also after a reload.
function settled(sent: Sent): Sent {
  store(keyOf(sent), kept(keyOf(sent)).map((each) => (same(sent)(each) ? { ...each, visit: undefined } : each)));
  return sent;
}

function lapse(sent: Sent): void {
  if (keyOf(sent) !== hereKey()) return void refused.add(keyOf(sent));
  drop(sent);
  keepWords(main(), sent.words);
  announce(`${document.querySelector("#announcer")!.textContent} “${sent.name}” was not saved: the call stands at another step.`);
}

async function post(sent: Sent): Promise<void> {
  const body = new URLSearchParams(sent.body);
  const token = document.querySelector<HTMLInputElement>("[name=csrf]")?.value; // that of the present sign-in
  if (token) body.set("csrf", token);
  const response = await fetch(sent.action, { method: "POST", body, headers: { "Handrail-Swap": mark }, signal: AbortSignal.timeout(PATIENCE) });
  if (DOWN.includes(response.status)) throw new Error(response.statusText);
  const page = response.status === 204 ? document : new DOMParser().parseFromString(await response.text(), "text/html");
  const arrived = new URL(response.url).pathname;
  stand(page);
  const here = keyOf(sent) === hereKey();
  const signedOut = arrived.startsWith("/sign-in");
  if (signedOut || !(here || response.ok)) refused.add(keyOf(sent)); // it is sent when its call is on the page again
  else drop(sent);
  if (here) show(page, response, sent);
}

// Shows what a link leads to; false where it cannot be reached. Nothing of it waits, since nothing of it is written.
export async function fetched(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    stand(page);
    show(page, response, { action: address, body: "", name: "", words: [], draft: null, beside: false });
    return true;
  } catch {
    announce(told("lost"));
    brief(told("lost"));
    return false;
  }
}

function wait(): void {
  const all = waiting();
  const text = told("waits", { count: all.length, name: all[0]?.name ?? "" });
  if (!tries) announce(text);
  say(text, true);
  timer = setTimeout(() => void flush(), Math.min(1000 * 2 ** tries++, LONGEST));
}

function brief(text: string): void {
  say(text, false);
  setTimeout(() => document.querySelector("#network")?.classList.remove("shown"), 5000);
}

// One quiet line below the page's head: it moves nothing.
function say(text: string, again: boolean): void {
  const line = document.querySelector("#network") ?? made();
  line.querySelector("span")!.textContent = text;
  line.querySelector("button")!.hidden = !again;
  line.classList.add("shown");
  document.querySelector(".top")!.append(line);
}

function made(): HTMLElement {
  const line = Object.assign(document.createElement("p"), { id: "network" });
  const now = Object.assign(document.createElement("button"), { type: "button", textContent: told("now") });
  now.addEventListener("click", () => void flush());
  line.append(document.createElement("span"), now);
  return line;
}

// What a form holds, in the words that a person knows it by.
export function wordsOf(form: HTMLFormElement, button: HTMLElement | null): Words {
  const words: Words = [];
  for (const field of form.elements) {
    const ticked = field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (field.type === "hidden" || !field.value.trim() || (ticked && !field.checked)) continue;
    const label = line(field.labels?.[0]);
    if (ticked) words.push([line(field.closest("fieldset")?.querySelector("legend")), label]);
    else words.push([label, field instanceof HTMLSelectElement ? line(field.selectedOptions[0]) : field.value]);
  }
  return button?.getAttribute("name") === "option" ? [...words, [told("answer"), said(button)]] : words;
}

// What is on its way, by the words that were written in a panel, else by those of the button.
export function nameOf(form: HTMLFormElement, button: HTMLElement | null, words: Words): string {
  const text = form.closest("[popover]") ? (words.at(-1)?.[1] ?? "") : said(button);
  return text.length > LONG ? `${text.slice(0, LONG)} …` : text;
}

// What stands on a button, without its key.
function said(button: HTMLElement | null): string {
  const copy = button?.cloneNode(true) as HTMLElement | undefined;
  for (const part of copy?.querySelectorAll(".key, .hint, .chosen, .unseen") ?? []) part.remove();
  return line(copy);
}

const line = (at: Element | null | undefined): string => at?.textContent.replace(/\s+/g, " ").trim() ?? "";

// Says beside a refusal what was entered, where the page that refused does not say it.
export function keepWords(page: Element, words: Words): void {
  if (!words.length) return;
  const there = page.querySelector("[data-entered] dl");
  const part = document.createElement("section");
  part.dataset.entered = "";
  part.setAttribute("aria-label", told("entered"));
  const head = Object.assign(document.createElement("h2"), { textContent: told("entered") });
  const help = Object.assign(document.createElement("p"), { className: "help", textContent: told("unsaved") });
  const list = Object.assign(document.createElement("dl"), { className: "known" });
  for (const [label, text] of words) {
    const pair = document.createElement("div");
    const [name, value] = [document.createElement("dt"), document.createElement("dd")];
    name.textContent = label;
    value.textContent = text;
    pair.append(name, value);
    (there ?? list).append(pair);
  }
  part.append(head, help, list);
  if (!there) (page.querySelector(".call-step") ?? page).append(part);
}

// Begins: whatever waits is sent when a page comes up, is looked at again, or the network is back.
export function begin(shown: Show): void {
  show = shown;
  stand(document);
  for (const event of ["online", "pageshow"]) addEventListener(event, () => void (waiting().length && flush()));
  document.addEventListener("visibilitychange", () => void (!document.hidden && waiting().length && flush()));
  document.addEventListener("submit", (event) => {
    if (!(event.target as HTMLFormElement).action.endsWith("/sign-out")) return;
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  });
}
