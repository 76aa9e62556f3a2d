"""The rules on what is left over, said twice or out of date."""

from engine.compiler import compile_guides
from tests.engine.guides import check_text


def test_every_step_can_be_reached(guide: str) -> None:
    """
    guide: island
    title: Island
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
      island: {say: Hello., next: bye}
    """
    assert check_text(guide) == [("unreachable-step", 6, 3)]
    assert check_text(guide.replace("steps:", "start: island\nsteps:")) == []


def test_every_field_is_used(guide: str) -> None:
    """
    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    fields:
      invoice: {type: text, label: Invoice number}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unused-field", 5, 3)]
    assert check_text(guide.replace("  bye:", "  ask: {ask: [invoice], next: bye}\n  bye:")) == []
    assert check_text(guide.replace("  bye: {", "  ask: {set: {invoice: \"'A'\"}, next: bye}\n  bye: {")) == []


def test_what_a_caller_takes_is_used(guide: str) -> None:
    """
    guide: called
    title: Called
    outcomes: {done: {label: Done, kind: success}}
    fields:
      sum: {type: integer, label: Sum, value: 1 + 1}
      low: {type: integer, label: Low, given: true}
      high: {type: integer, label: High, given: true, min: low, max: low + 9}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    caller = (
        "guide: caller\ntitle: Caller\noutcomes: {done: {label: Done, kind: success}}\n"
        "fields: {sum: {type: integer, label: Sum}}\nsteps:\n"
        "  on: {call: {guide: called, with: {low: 1, high: 2}, take: {sum: sum}, otherwise: bye}}\n"
        "  bye: {say: '{{ sum }}', outcome: done}\n"
    )
    assert check_text(guide) == [("unused-field", 5, 3)]
    assert check_text(guide, caller) == []
    assert check_text(caller, guide) == []


def test_every_outcome_is_reached_by_a_step(guide: str) -> None:
    """
    guide: never
    title: Never
    outcomes:
      done: {label: Done, kind: success}
      refused: {label: Refused, kind: failure}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unused-outcome", 5, 3)]
    assert check_text(guide.replace("  refused: {label: Refused, kind: failure}\n", "")) == []


def test_every_option_set_is_used(guide: str) -> None:
    """
    guide: spare
    title: Spare
    outcomes: {done: {label: Done, kind: success}}
    option_sets:
      agrees:
        - {id: agreed, label: Agreed, to: bye}
    steps:
      ask: {question: Agreed, options: {use: agrees}}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide.replace("{use: agrees}", "[{id: no-words, label: None, to: bye}]")) == [
        ("unused-option-set", 5, 3)
    ]
    assert check_text(guide) == []


def test_options_can_be_told_apart(guide: str) -> None:
    """
    guide: twins
    title: Twins
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: agreed, label: Agrees, to: bye}
          - {id: agreed-later, label: agrees, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-label", 9, 35)]
    assert check_text(guide.replace("label: agrees", "label: Agrees for later")) == []


def test_a_guide_is_checked_again_in_time(guide: str) -> None:
    """
    guide: old
    title: Old
    review_by: 2026-03-01
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("review-past", 3, 12)]
    assert check_text(guide.replace("2026-03-01", "2026-03-02")) == []
    assert compile_guides({"old.yaml": guide}).problems == ()
