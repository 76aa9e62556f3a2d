from tests.engine.guides import check_text


def test_an_outcome_step_asks_nothing(guide: str) -> None:
    """
    guide: end
    title: End
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      bye:
        say: Goodbye.
        question: Was that all?
        ask: [invoice]
        checks: [{id: seen, label: Seen}]
        outcome: done
    """
    assert check_text(guide) == [(("content-on-outcome"), line, 5) for line in (8, 9, 10)]
    moved = guide.replace("    outcome: done", "    next: end\n  end: {outcome: done}")
    assert check_text(moved) == []
