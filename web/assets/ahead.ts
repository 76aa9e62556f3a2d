// The next screens of the answers on view are fetched while the hands rest, so that an answer shows its step at once.
// Nothing is written by that; an answer that the form did not suffice for is not among them, and waits for the server.

import { bodyOf } from "./page";

const SOON = 30; // ms after a step is shown: it is painted first
const REST = 250; // ms after the last change of what stands in the form

let pages: Record<string, string> = {};
let from = "";
let timer = 0;
let asking: AbortController | undefined;

// What is sent beside the answer itself.
function beside(body: URLSearchParams): string {
  const rest = new URLSearchParams(body);
  rest.delete("option");
  return rest.toString();
}

async function ask(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("#reply");
  if (!form || !navigator.onLine) return;
  const body = bodyOf(form);
  asking = new AbortController();
  try {
    const address = form.action.replace(/answer$/, "peek");
    const response = await fetch(address, { method: "POST", body, signal: asking.signal, redirect: "error" });
    if (!response.ok) return;
    pages = (await response.json()) as Record<string, string>;
    from = beside(body);
    form.dataset.ahead = Object.keys(pages).join(" ");
  } catch {
    // another step by now, or no network: an answer is then shown when it comes
  }
}

export function lookAhead(after = SOON): void {
  asking?.abort();
  pages = {};
  delete document.querySelector<HTMLFormElement>("#reply")?.dataset.ahead;
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), after);
}

// The page that this answer leads to, where it was fetched for all that stands in the form now.
export function ahead(body: URLSearchParams): Document | null {
  const page = from === beside(body) ? pages[body.get("option") ?? ""] : undefined;
  return page === undefined ? null : new DOMParser().parseFromString(page, "text/html");
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    if ((event.target as HTMLInputElement).form?.id === "reply") lookAhead(REST);
  });
}
addEventListener("pageshow", () => lookAhead());
