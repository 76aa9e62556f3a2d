// What every part of the script stands on: the page's main part, and the one voice that screen readers hear.

export const main = (): HTMLElement => document.querySelector("main")!;

export function announce(text: string): void {
  document.querySelector("#announcer")!.textContent = text;
}
