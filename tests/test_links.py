"""Every link between our own pages leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "web").rglob("*.md"), *(ROOT / "guides").rglob("*.md")])

GUIDES = ROOT / "web" / "help" / "guides"
"""Pages that are shown beside each other: their links name each other as addresses do, without an ending."""


def _anchors(page: Path) -> set[str]:
    """The anchors that headings get: small letters, words joined by dashes."""
    headings = re.findall(r"^#+ +(.+?) *$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def _is_dead(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    if page.parent == GUIDES:
        return not (GUIDES / f"{path}.md").exists()
    target = (page.parent / path) if path else page
    return not target.exists() or (anchor != "" and anchor not in _anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if _is_dead(page, link)] == []
