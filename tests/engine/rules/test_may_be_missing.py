import pytest

from tests.engine.guides import check_text, told
from tests.engine.rules.others import APOLOGY

GUIDE = """\
guide: gaps
title: Gaps
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  a: {{type: integer, label: A, given: true}}
  b: {{type: integer, label: B, given: true, required: false}}
  c: {{type: integer, label: C, min: 1, given: true}}
  sure: {{type: boolean, label: Sure, given: true}}
  promises: {{type: integer, label: Promises, fact: promises_open}}
  since: {{type: integer, label: Since, fact: days_since_last_reached}}
  sum: {{type: integer, label: Sum, value: a + b}}
  twice: {{type: integer, label: Twice, value: a * 2}}
  d: {{type: integer, label: D}}
steps:
{steps}
  bye:
    say: "{{{{ {shown} }}}}"
    note: "{{{{ a + c + sum + twice + promises + since + d }}}} {{{{ 1 if sure else 0 }}}}"
    outcome: done
"""
FIRST = "  first: {ask: [d], next: bye}"
ASK = "  first:\n    ask: [d]\n    question: So?\n    options:\n      - {id: x, label: X"


def missing(shown: str, steps: str = FIRST) -> bool:
    """Whether what is shown at the end may be missing."""
    text = GUIDE.format(shown=shown, steps=steps)
    lines = [line for code, line, _ in check_text(text) if code == "may-be-missing"]
    return 18 + steps.count("\n") - 1 in lines


def test_what_is_shown_has_a_value_on_every_path(guide: str) -> None:
    """
    guide: gap
    title: Gap
    outcomes: {done: {label: Done, kind: success}}
    fields: {contact: {type: text, label: Their contact, required: false}}
    steps:
      who: {ask: [contact], next: bye}
      bye: {say: "Let us ring {{ contact }}.", outcome: done}
    """
    assert check_text(guide) == [("may-be-missing", 7, 30)]
    assert check_text(guide.replace("{{ contact }}", "{{ coalesce(contact, 'them') }}")) == []


@pytest.mark.parametrize("key", ["title", "question", "note", "say", "points"])
def test_every_text_is_looked_at(key: str) -> None:
    text = "[1, '{{ b }}']" if key == "points" else "'{{ b }}'"
    steps = f"{FIRST.replace('bye', 'show')}\n  show: {{{key}: {text}, next: bye}}"
    found = check_text(GUIDE.format(shown="a", steps=steps))
    assert next(line for code, line, _ in found if code == "may-be-missing") == 16


@pytest.mark.parametrize(
    "shown",
    [
        "a",
        "twice",
        "promises",
        "coalesce(b, a)",
        "is_answered(b) and sure",
        "not is_answered(b)",
        "visits('first')",
        "answered('first', 'x') or sure",
        "b if is_answered(b) else 0",
        "0 if not is_answered(b) else b",
        "sum if is_answered(b) else 0",
        "b if is_answered(sum) else 0",
        "b if is_answered(b) and sure else 0",
        "0 if not is_answered(b) or sure else b",
        "1 if is_answered(b) and b > 0 else 2",
        "a / 2",
        "a / c",
        "-a",
        "today",
        "a in [1, 2]",
        "1 < a < c",
        "max(a, c)",
        "d",
    ],
)
def test_what_surely_has_a_value_is_not_told(shown: str) -> None:
    assert not missing(shown.replace("answered('first', 'x') or ", ""))


@pytest.mark.parametrize(
    "shown",
    [
        "b",
        "sum",
        "since",
        "a + b",
        "a / d",
        "a / 0",
        "-b",
        "b in [1, 2]",
        "a < b",
        "not a < b",
        "sure or b > 1",
        "b if sure else 0",
        "0 if b > 1 else 1",
        "0 if is_answered(b) else b",
        "b if is_answered(b) or sure else 0",
        "coalesce(b, sum)",
        "max(a, b)",
    ],
)
def test_what_may_have_no_value_is_told(shown: str) -> None:
    assert missing(shown)


@pytest.mark.parametrize(
    "steps",
    [
        "  first: {ask: [d, {field: b, required: true}], next: bye}",
        "  first: {ask: [d, {field: b, required: true, when: not is_answered(b)}], next: bye}",
        "  first: {ask: [d], set: {b: a}, next: bye}",
        "  first:\n    ask: [d]\n    branch: [{when: b > 1, to: bye}, {to: end}]\n  end: {outcome: done}",
        "  first:\n    ask: [d]\n    branch: [{when: not is_answered(b), to: end}, {to: bye}]\n  end: {outcome: done}",
        f"{ASK}, when: b > 1, to: bye}}\n      - {{id: y, label: Y, to: end}}\n  end: {{outcome: done}}",
        f"{ASK}, set: {{b: '1'}}, to: bye}}\n      - {{id: y, label: Y, set: {{b: c}}, to: bye}}",
    ],
)
def test_what_every_path_has_given_a_value_is_not_told(steps: str) -> None:
    assert not missing("b", steps)


@pytest.mark.parametrize(
    "steps",
    [
        "  first: {ask: [d, {field: a, required: false}], next: bye}",
        "  first: {ask: [d, a], set: {a: b}, next: bye}",
        "  first: {ask: [d, {field: a, required: false, when: sure}], next: bye}",
        f"{ASK}, set: {{a: b}}, to: bye}}\n      - {{id: y, label: Y, to: bye}}",
    ],
)
def test_what_a_path_can_clear_is_told(steps: str) -> None:
    assert missing("a", steps)


def test_an_ask_with_another_condition_may_not_have_asked() -> None:
    assert missing("b", "  first: {ask: [d, {field: b, required: true, when: sure}], next: bye}")
    assert missing("b", "  first: {ask: [d, {field: b, required: true, when: b > 1}], next: bye}")


def test_where_a_value_can_be_empty_by_itself_it_is_named_as_a_whole() -> None:
    found = told(GUIDE.format(shown="a / d", steps=FIRST))
    assert any(each.startswith("'a / d' may have no value here; ") for each in found)


def test_what_a_called_guide_always_knows_at_its_end_is_there(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields:
      credit: {type: money, currency: EUR, label: Credit}
      words: {type: text, label: Words}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          take: {credit: credit, words: words}
          otherwise: bye
      bye: {say: "{{ credit | money }} for {{ words }}", outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("may-be-missing", 14, 43)]
    assert [code for code, _, _ in check_text(guide)] == ["unknown-guide", "may-be-missing", "may-be-missing"]


def test_a_step_that_can_be_skipped_leaves_its_fields_without_a_value(guide: str) -> None:
    """
    guide: skips
    title: Skips
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      hello: {ask: [invoice], skippable: true, next: bye}
      bye: {say: "{{ invoice }}", outcome: done}
    """
    assert check_text(guide) == [("may-be-missing", 7, 18)]
    assert check_text(guide.replace("skippable: true, ", "")) == []


def test_a_detour_can_take_a_value_away(guide: str) -> None:
    """
    guide: detour
    title: Detour
    outcomes: {done: {label: Done, kind: success}}
    fields: {words: {type: text, label: Words}}
    anytime:
      - id: sorry
        label: Is annoyed
        call: {guide: apology, with: {client_name: "'Acme'"}, take: {words: words}}
    steps:
      hello: {ask: [words], next: more}
      more: {say: More, next: bye}
      bye: {say: "{{ words }}", outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("may-be-missing", 12, 18)]
    assert check_text(guide.replace(", take: {words: words}", ""), APOLOGY) == []


def test_a_called_guide_that_can_end_at_any_time_may_know_nothing(guide: str) -> None:
    """
    guide: caller
    title: Caller
    outcomes: {done: {label: Done, kind: success}}
    fields: {credit: {type: money, currency: EUR, label: Credit}}
    steps:
      sorry:
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          take: {credit: credit}
          otherwise: bye
      bye: {say: "{{ credit | money }}", outcome: done}
    """
    hangs_up = "anytime: [{id: hung-up, label: Hangs up, outcome: refused}]\n"
    assert check_text(guide, APOLOGY) == []
    assert check_text(guide, APOLOGY + hangs_up) == [("may-be-missing", 12, 18)]
    to = "anytime: [{id: hung-up, label: Hangs up, to: bad}]\n"
    assert check_text(guide, APOLOGY + to) == [("may-be-missing", 12, 18)]


def test_the_first_field_that_may_be_missing_is_pointed_at() -> None:
    text = GUIDE.format(shown="a + b + since", steps=FIRST)
    (column,) = [column for code, line, column in check_text(text) if code == "may-be-missing" and line == 17]
    assert text.splitlines()[16][column - 1 :].startswith("b + since")
    assert any(each.startswith("'b' may have no value here; ") for each in told(text))


def test_one_that_stands_in_for_another_may_be_missing_before_that_is_asked() -> None:
    steps = "  first: {say: '{{ coalesce(d, b) }}', ask: [d], next: bye}"
    found = check_text(GUIDE.format(shown="a", steps=steps))
    assert [(code, line) for code, line, _ in found if line == 15] == [("may-be-missing", 15)]
