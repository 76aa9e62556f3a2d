// What every part of the script stands on: the page's main part, the one voice that screen readers hear, and forms.

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
