"""What changed between two versions of a guide, sentence by sentence."""

import pytest

from engine.comparison.guide import compare
from engine.compiler import compile_guides
from engine.model import Guide
from engine.problems import Severity
from tests.engine.comparisons import OTHER

SMALL = """\
guide: small
title: Small
fields: {sum: {type: money, currency: EUR, label: Sum}, word: {type: text, label: Word, required: false}}
outcomes: {done: {label: Done, kind: success}, lost: {label: Lost, kind: failure}}
steps:
  ask:
    title: Ask
    say: Tell me.
    ask: [sum, word]
    branch:
      - {when: sum > 10, to: choose}
      - {to: bye}
  choose:
    question: And now?
    options:
      - {id: goes, label: Goes on, to: bye}
      - {id: stays, label: Stays, to: ask}
  bye: {outcome: done}
"""


def small(text: str) -> Guide:
    """The small guide in another version, which must have no errors."""
    found = compile_guides({"small.yaml": text, "other.yaml": OTHER})
    errors = [str(problem) for problem in found.problems if problem.severity is Severity.ERROR]
    assert not errors, errors
    return found.guides["small"]


def told(*changes: tuple[str, str], since: str = SMALL) -> list[str]:
    """What is told where these texts of the small guide are replaced, one after the other."""
    text = since
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return [difference.sentence for difference in compare(small(since), small(text))]


def test_a_step_that_is_new_says_where_it_goes() -> None:
    new = ("  bye:", "  extra: {say: More, next: bye}\n  bye:")
    assert told(new, ("label: Goes on, to: bye", "label: Goes on, to: extra")) == [
        "The answer “Goes on” now goes to 'extra'; it went to 'bye'.",
        "This step is new; its exit is the step 'bye'.",
    ]


def test_a_step_that_is_gone() -> None:
    since = SMALL.replace("  bye:", "  extra: {say: More, next: bye}\n  bye:").replace("on, to: bye", "on, to: extra")
    assert told(("  extra: {say: More, next: bye}\n", ""), ("on, to: extra", "on, to: bye"), since=since) == [
        "The answer “Goes on” now goes to 'bye'; it went to 'extra'.",
        "This step is gone.",
    ]


def test_a_renamed_step_is_one_difference() -> None:
    rename = ("  choose:\n", "  pick:\n    was: choose\n")
    assert told(rename, ("to: choose", "to: pick")) == ["This step has the id 'pick' now; it was 'choose'."]


def test_what_was_renamed_long_ago_stays_what_it_is() -> None:
    since = SMALL.replace("  choose:\n", "  pick:\n    was: choose\n").replace("to: choose", "to: pick")
    again = ("  pick:\n", "  choose: {say: New, next: pick}\n  pick:\n")
    assert told(again, ("to: pick}", "to: choose}"), since=since) == [
        "The branch now goes to 'choose' when “sum > 10”; there it went to 'pick' (“And now?”) when “sum > 10”.",
        "This step is new; its exit is the step 'pick' (“And now?”).",
    ]


def test_ids_that_move_up_are_renames_all() -> None:
    """`ask` becomes `first`, and `choose` becomes `ask`."""
    text = (
        SMALL.replace("to: ask", "to: first")
        .replace("to: choose", "to: ask")
        .replace("  ask:\n", "  first:\n    was: ask\n")
        .replace("  choose:\n", "  ask:\n    was: choose\n")
    )
    assert [difference.sentence for difference in compare(small(SMALL), small(text))] == [
        "This step has the id 'first' now; it was 'ask'.",
        "This step has the id 'ask' now; it was 'choose'.",
    ]


def test_an_old_name_that_is_noted_later_is_told_as_this() -> None:
    assert told(("    title: Ask\n", "    was: begin\n    title: Ask\n")) == ["The former id is new: begin."]


def test_a_guide_that_starts_elsewhere() -> None:
    assert told(("steps:\n", "start: choose\nsteps:\n")) == [
        "It now starts at 'choose' (“And now?”); it started at 'ask' (“Ask”)."
    ]


def test_an_answer_that_is_renamed_relabelled_and_leads_elsewhere() -> None:
    change = ("{id: goes, label: Goes on, to: bye}", "{id: leaves, was: goes, label: Leaves, to: ask}")
    assert told(change) == [
        "The answer “Leaves” has the id 'leaves' now; it was 'goes'.",
        "The answer “Goes on” is now called “Leaves”.",
        "The answer “Leaves” now goes to 'ask' (“Ask”); it went to 'bye'.",
    ]


def test_answers_that_are_new_gone_and_in_another_order() -> None:
    """Its order is told by what is left of it."""
    three = "      - {id: waits, label: Waits, to: ask}\n"
    since = SMALL.replace("  bye:", f"{three}  bye:")
    first = "      - {id: goes, label: Goes on, to: bye}\n"
    change = (first, three.replace("waits", "asks").replace("Waits", "Asks"))
    assert told(change, (f"to: ask}}\n{three}", f"to: ask}}\n{three}"), since=since) == [
        "The answer “Asks” ('asks') is new; it goes to 'ask' (“Ask”).",
        "The answer “Goes on” is gone; it went to 'bye'.",
    ]
    assert told((first, ""), (three, three + first), since=since) == [
        "The answers stand in another order: stays, waits, goes.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "sum > 10",
            "sum > 20",
            "The branch goes to 'choose' (“And now?”) when “sum > 20” now; before, when “sum > 10”.",
        ),
        (
            "{to: bye}",
            "{to: choose}",
            "The branch now goes to 'choose' (“And now?”) otherwise; there it went to 'bye' otherwise.",
        ),
        (
            "      - {to: bye}\n",
            "      - {when: word == 'x', to: ask}\n      - {to: bye}\n",
            "The branch has a new entry: it goes to 'ask' (“Ask”) when “word == 'x'”.",
        ),
    ],
)
def test_a_branch_that_decides_otherwise(old: str, new: str, sentence: str) -> None:
    assert told((old, new)) == [sentence]


def test_a_branch_with_an_entry_less_and_one_in_another_order() -> None:
    entries = "      - {when: sum > 20, to: ask}\n      - {when: sum > 10, to: choose}\n"
    since = SMALL.replace("      - {when: sum > 10, to: choose}\n", entries)
    turned = "".join(reversed(entries.splitlines(keepends=True)))
    assert told((entries, entries.splitlines(keepends=True)[1]), since=since) == [
        "The entry of the branch that went to 'ask' (“Ask”) when “sum > 20” is gone."
    ]
    assert told((entries, turned), since=since) == ["The entries of the branch stand in another order."]


BRANCH = SMALL[SMALL.index("    branch:") : SMALL.index("  choose:")]
CALL = "    call: {guide: other, with: {whom: word}, otherwise: bye}\n"


@pytest.mark.parametrize(
    ("exit", "words"),
    [
        ("    next: choose\n", "the step 'choose' (“And now?”)"),
        (CALL, "a call of the guide 'other'"),
        ("    switch_to: {guide: other, with: {whom: word}}\n", "a switch to the guide 'other'"),
        ("    options: [{id: x, label: X, to: choose}]\n", "a choice of 1 answer"),
    ],
)
def test_an_exit_of_another_kind(exit: str, words: str) -> None:
    assert told((BRANCH, exit)) == [f"Its exit is now {words}; it was a branch."]


def test_a_step_that_ends_the_guide_instead() -> None:
    since = SMALL.replace("  bye:", "  extra: {say: More, next: bye}\n  bye:").replace("{to: bye}", "{to: extra}")
    assert told(("{say: More, next: bye}", "{say: More, outcome: lost}"), since=since) == [
        "Its exit is now the outcome 'lost' (“Lost”); it was the step 'bye'."
    ]
    assert told(("bye: {outcome: done}", "bye: {outcome: lost}")) == [
        "It now ends the guide with 'lost' (“Lost”); it was 'done' (“Done”)."
    ]


def test_calls_are_told_part_by_part() -> None:
    since = SMALL.replace(BRANCH, CALL)
    change = (
        "with: {whom: word}, otherwise: bye",
        "with: {whom: \"'x'\"}, take: {word: word}, on: {ill: ask}, otherwise: choose",
    )
    assert told(change, since=since) == [
        "The value handed over for 'whom' is now “'x'”; it was “word”.",
        "The value taken into 'word' is new: “word”.",
        "After the outcome 'ill' there, it now goes to 'ask' (“Ask”).",
        "After any other outcome there, it now goes to 'choose' (“And now?”); it went to 'bye'.",
    ]


def test_an_answer_whose_id_another_one_takes_over() -> None:
    """`goes` is gone, and what was `stays` is called `goes` now."""
    both = "      - {id: goes, label: Goes on, to: bye}\n      - {id: stays, label: Stays, to: ask}\n"
    extra = "      - {id: waits, label: Waits, to: ask}\n"
    since = SMALL.replace(both, both + extra)
    taken = f"{extra}      - {{id: goes, was: stays, label: Stays, to: ask}}\n"
    taken += "      - {id: leaves, was: goes, label: Goes on, to: bye}\n"
    assert told((both + extra, taken), since=since) == [
        "The answer “Stays” has the id 'goes' now; it was 'stays'.",
        "The answer “Goes on” has the id 'leaves' now; it was 'goes'.",
        "The answers stand in another order: waits, goes, leaves.",
    ]
