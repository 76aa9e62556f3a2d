from tests.engine.guides import check_text


def test_what_is_used_has_a_source(guide: str) -> None:
    """
    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields:
      invoice: {type: text, label: Invoice number}
    steps:
      bye: {say: "This is about invoice {{ invoice }}.", outcome: done}
    """
    assert check_text(guide) == [("never-asked", 5, 3)]
    assert check_text(guide.replace("number}", "number, given: true}")) == []


def test_what_is_asked_where_nobody_comes_is_never_asked(guide: str) -> None:
    """
    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days}
      weeks: {type: integer, label: Weeks, value: "round(days / 7, 0)"}
    steps:
      bye: {say: "{{ weeks }} weeks", outcome: done}
      island: {ask: [days], next: bye}
    """
    assert check_text(guide) == [("never-asked", 5, 3), ("unreachable-step", 9, 3)]
    assert check_text(guide.replace("  bye:", "  first: {ask: [days], next: bye}\n  bye:"))[1:] == []
