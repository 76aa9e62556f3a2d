"""When to use each guide that Handrail comes with, and why it goes as it goes: pages under `help/guides`, by guide."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Beginning": ("cold-call", "objections", "clarify-expectations", "onboarding-checklist"),
    "Working together": (
        "accountability-agreement",
        "accountability-review",
        "progress-report",
        "recognise-good-partner",
    ),
    "When something was not kept": ("late-payment", "missed-commitment", "unresponsive-client"),
    "When it was our part": ("complaint-intake", "apology-remediation", "upset-client", "refund-approval"),
    "Leaving": ("retention-save", "part-ways"),
    "Service": ("troubleshoot-connection", "medical-appointment"),
}
"""The guides by what they are for, in the order in which one meets them with a client."""


class Page(NamedTuple):
    """A page in Markdown: its `title`, the sentences that it begins with, and all of its `text` below the title."""

    title: str
    lead: str
    text: str


@cache
def pages() -> Mapping[str, Page]:
    """Every page by the id of its guide."""
    folder = files("web") / "help" / "guides"
    return {file.name.removesuffix(".md"): _page(file.read_text(encoding="utf-8")) for file in folder.iterdir()}


def _page(markdown: str) -> Page:
    """The title is the heading of the page that shows the rest, so what stands below it moves up."""
    title, _, rest = markdown.removeprefix("# ").partition("\n")
    text = re.sub("^##", "#", rest.strip(), flags=re.MULTILINE)
    lead = re.sub(r"(?<=\.)[^.]*:$", "", " ".join(text.partition("\n\n")[0].split()))
    return Page(title.strip(), lead, text)
