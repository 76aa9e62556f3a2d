// What waits for somebody else is asked for again and again, only while the page is seen. The tag that the page was made
// with goes along, so that the answer is empty as long as nothing changed.

const EVERY = 2500; // ms: with the way there and back, it is on the page within three seconds

let asking = false;

const watched = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-poll]")];

export function poll(busy: () => boolean, announce: (text: string) => void): void {
  const ask = async (): Promise<void> => {
    if (document.hidden || asking) return;
    asking = true;
    try {
      const told = [];
      for (const place of watched()) told.push(busy() ? "" : await look(place, busy));
      announce(told.filter(Boolean).join(" "));
    } catch {
      // a network that drops now is asked again in a moment
    } finally {
      asking = false;
    }
  };
  setInterval(() => void ask(), EVERY);
  document.addEventListener("visibilitychange", () => void ask());
}

// What there is to tell of one place.
async function look(place: HTMLElement, busy: () => boolean): Promise<string> {
  const headers = { "If-None-Match": `"${place.dataset.tag}"` };
  const response = await fetch(place.dataset.poll!, { headers, cache: "no-store", redirect: "error" });
  if (response.status === 304 || busy() || !watched().includes(place)) return "";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.ok) return renew(place, page);
  delete place.dataset.poll; // it is no longer ours to see; the next thing done here says why
  return "";
}

// Puts what is new in its place, and gives back what there is to tell of it.
function renew(place: HTMLElement, page: Document): string {
  if (place.id) {
    const next = page.getElementById(place.id);
    if (!next) return "";
    const known = new Set([...place.querySelectorAll("[data-told]")].map((each) => each.id));
    swap(place, next);
    const told = [...next.querySelectorAll<HTMLElement>("[data-told]")].filter((each) => !known.has(each.id));
    return told.map((each) => each.dataset.told).join(" ");
  }
  const next = page.querySelector<HTMLElement>("[data-session]");
  if (next?.dataset.visit !== place.dataset.visit || next?.dataset.ended !== undefined) {
    delete place.dataset.poll; // the call went on elsewhere, which the next answer from here is told
    return "";
  }
  return step(place, page, next!);
}

// Only the locks change, so that nothing that is being typed or read moves.
function step(place: HTMLElement, page: Document, next: HTMLElement): string {
  const told: string[] = [];
  for (const lock of page.querySelectorAll<HTMLElement>("[data-live]")) {
    const old = document.getElementById(lock.id);
    if (!old || old.outerHTML === lock.outerHTML) continue;
    told.push(lock.dataset.told ?? lock.querySelector<HTMLElement>("[data-told]")?.dataset.told ?? "");
    swap(old, lock);
  }
  const seq = page.querySelector<HTMLInputElement>("input[name=seq]")!.value;
  for (const input of document.querySelectorAll<HTMLInputElement>("input[name=seq]")) input.value = seq;
  for (const name of ["poll", "tag"] as const) {
    if (next.dataset[name] === undefined) delete place.dataset[name];
    else place.dataset[name] = next.dataset[name];
  }
  const text = told.filter(Boolean).join(" ");
  const done = document.querySelector(".bar .done");
  if (text) done?.replaceChildren(text);
  return text;
}

// The focus stays where it was, or on what took its place.
function swap(old: HTMLElement, next: HTMLElement): void {
  const at = document.activeElement;
  const within = at !== null && old.contains(at);
  old.replaceWith(document.adoptNode(next));
  if (!within) return;
  const same = at.id ? document.getElementById(at.id) : null;
  const first = next.matches("a, button") ? next : next.querySelector<HTMLElement>("a, summary, button");
  (same ?? first)?.focus({ preventScroll: true });
}
