"""What clients get in writing at the end of shipped guides."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from engine.compiler import compile_guides
from engine.ledger import Entry, Ledger, figures
from engine.model import Guide
from engine.state import State
from engine.summary import summarise
from engine.walkthroughs import play

HERE = Path(str(files("guides")))
TODAY = date(2026, 3, 2)
WAIVED = "A first late payer chooses instalments and no interest"


@pytest.fixture(scope="module")
def guides() -> Mapping[str, Guide]:
    """All shipped guides by id, with their translations."""
    texts = {str(file): file.read_bytes() for file in HERE.glob("*.yaml")}
    catalogs = {str(file): file.read_bytes() for file in HERE.glob("locale/*/*.po")}
    return compile_guides(texts, TODAY, catalogs).guides


def _walked(guides: Mapping[str, Guide], guide: str, name: str, language: str) -> tuple[State, str]:
    """Where a walkthrough ends in a language, and what its client gets."""
    spoken = {id: each.spoken(language) for id, each in guides.items()}
    script = next(each.script for each in guides[guide].walkthroughs if each.name == name)
    played = play(spoken, guide, script, TODAY)
    assert played.state
    return played.state, summarise(played.state, played.events, "").plain


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "We do not charge interest of €8.77 on invoice A-17"),
        ("de", "Wir berechnen für Rechnung A-17 keine Zinsen von 8,77\xa0€"),
        ("fr", "intérêts de 8,77\xa0€ pour la facture A-17"),
    ],
)
def test_interest_that_is_left_out_is_told_as_what_it_is(guides: Mapping[str, Guide], language: str, told: str) -> None:
    state, written = _walked(guides, "late-payment", WAIVED, language)
    assert told in written
    assert "remedy" not in {each.due.record for each in state.records.values()}


def test_interest_that_is_left_out_counts_as_nothing_given(guides: Mapping[str, Guide]) -> None:
    state, _ = _walked(guides, "late-payment", WAIVED, "en")
    entries = tuple(Entry(each.due.record, TODAY, each.due.details) for each in state.records.values())
    asking = {id: guides[id] for id in ("apology-remediation",)}
    assert figures(Ledger(entries), asking, TODAY)["remedies_total.365"] == 0
