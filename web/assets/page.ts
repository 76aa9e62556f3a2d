// What every part of the script stands on: the page's main part, the one voice that screen readers hear, and forms.

// What the script says, in the language of the page, which alone has the words (components/script.html): those of a name,
// with facts in their gaps. Of two sentences the first is for a count of one.
const words = JSON.parse(document.body.dataset.strings ?? "{}") as Record<string, string | [string, string]>;

export function told(name: string, facts: Record<string, string | number> = {}): string {
  const known = words[name] ?? "";
  const text = typeof known === "string" ? known : known[facts.count === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, fact: string) => String(facts[fact]));
}

export const main = (): HTMLElement => document.querySelector("main")!;

export function announce(text: string): void {
  document.querySelector("#announcer")!.textContent = text;
}

// What a form sends when this button is pressed.
export function bodyOf(form: HTMLFormElement, button: HTMLElement | null = null): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
  return body;
}
