"""What a caller's case is called finds the guide for it: people type what they have just heard, not a guide's title."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from engine.compiler import compile_guides
from web.concordance import Concordance


@pytest.fixture(scope="module")
def shelf() -> Concordance:
    folder = Path(str(files("guides")))
    compiled = compile_guides({str(file): file.read_bytes() for file in folder.glob("*.yaml")}, date(2026, 3, 2))
    return Concordance(tuple(compiled.guides.values()))


@pytest.mark.parametrize(
    ("heard", "guide"),
    [
        ("late third time", "late-payment"),
        ("reminder", "late-payment"),
        ("wrong delivery angry", "complaint-intake"),
        ("angry", "upset-client"),
        ("wrong delivery", "apology-remediation"),
        ("not answered two weeks", "unresponsive-client"),
        ("no reply", "unresponsive-client"),
        ("cancel", "retention-save"),
        ("new client monday", "onboarding-checklist"),
        ("money back", "refund-approval"),
        ("wifi", "troubleshoot-connection"),
    ],
)
def test_a_case_finds_its_guide_among_the_first_two(shelf: Concordance, heard: str, guide: str) -> None:
    assert guide in [hit.guide for hit in shelf.search(heard).hits[:2]]
