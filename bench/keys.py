"""`python -m bench.keys [ANSWERS]`: milliseconds from a key to the next step painted, fetched ahead and not.

A real Chromium on loopback, at the pages of `handrail serve` on SQLite with FULL. What is timed is what a person waits
for: from the time stamp of the key's event until the frame with the next step has been painted.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bench.served import desk, serving

ANSWERS = 60
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
WATCH = """
addEventListener("keydown", ({ timeStamp }) => {
  window.painted = new Promise((told) => {
    const seen = new MutationObserver((changes) => {
      if (!changes.some(({ addedNodes }) => [...addedNodes].some(({ id }) => id === "main"))) return;
      seen.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => told(performance.now() - timeStamp);
        port2.postMessage(0);
      });
    });
    seen.observe(document.body, { childList: true });
  });
}, true);
"""


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    answers = int(arguments[0]) if arguments else ANSWERS
    with TemporaryDirectory() as folder, _page(folder) as (page, sessions):
        for name, session, target in zip(("fetched ahead", "not fetched ahead"), sessions, (50, 150)):
            if target > 50:
                page.route("**/peek", lambda route: route.abort())
            page.goto(f"/sessions/{session}")
            times = [_answered(page, ahead=target == 50) for _ in range(answers)]
            print(
                f"{name:18} {answers} answers: median {median(times):.1f} ms (target {target} ms), "
                f"nine of ten within {quantiles(times, n=10)[-1]:.1f} ms",
                flush=True,
            )
    return 0


@contextmanager
def _page(folder: str) -> Iterator[tuple[Page, tuple[str, ...]]]:
    """A signed-in page that watches its keys, and sessions to walk."""
    ready = desk(Path(folder), 2)
    ours = ("-c", "from web.cli import main; main()", "serve", "--data", folder, "--guides", f"{folder}/guides")
    program = shutil.which(os.environ.get("HANDRAIL_CHROMIUM") or "chromium")
    with serving(*ours, "--port", "0") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        address = f"http://127.0.0.1:{served.port}"
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
        name, _, token = ready.cookie.partition("=")
        context.add_cookies([{"name": name, "value": token, "url": address}])
        context.add_init_script(WATCH)
        yield context.new_page(), ready.sessions
        browser.close()


def _answered(page: Page, *, ahead: bool) -> float:
    """Answer the step on the page by its key, once the next one is fetched or without; the milliseconds it took."""
    field = page.locator("#reply input[type=text]")
    if field.count():
        field.fill("12")
    if ahead:
        page.wait_for_selector("#reply[data-ahead]", state="attached")
    page.keyboard.press("Alt+1")
    took: float = page.evaluate("window.painted")
    page.wait_for_selector("main:not([aria-busy])")
    return took


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
