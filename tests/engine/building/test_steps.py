"""What can be wrong with steps by themselves."""

import pytest

from tests.engine.guides import check_text, told
from tests.engine.rules.others import APOLOGY


def test_a_way_leads_to_a_step(guide: str) -> None:
    """
    guide: lost
    title: Lost
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello: {say: Hello., next: bey}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 5, 30)]
    assert told(guide) == ["'bey' is not a step of this guide; did you mean 'bye'?"]
    assert check_text(guide.replace("bey", "bye")) == []


@pytest.mark.parametrize(
    ("exit", "column"),
    [
        ("question: So, options: [{id: a, label: A, to: bey}]", 57),
        ("branch: [{to: bey}]", 25),
        ("call: {guide: apology, with: {client_name: '1'}, otherwise: bey}", 71),
        ("call: {guide: apology, with: {client_name: '1'}, on: {accepted: bey, refused: bye}}", 75),
    ],
)
def test_every_exit_leads_to_a_step(exit: str, column: int) -> None:
    head = "guide: lost\ntitle: Lost\noutcomes: {done: {label: Done, kind: success}}\nsteps:\n"
    guide = f"{head}  hello: {{{exit}}}\n  bye: {{say: Goodbye., outcome: done}}\n".replace("'1'", "\"'1'\"")
    column += 4 * exit[: exit.find("bey")].count("'1'") // 2
    assert check_text(guide, APOLOGY) == [("unknown-step", 5, column)]


def test_a_guide_starts_at_a_step(guide: str) -> None:
    """
    guide: lost
    title: Lost
    start: hello
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 3, 8)]
    assert check_text(guide.replace("start: hello", "start: bye")) == []


def test_a_step_ends_with_a_declared_outcome(guide: str) -> None:
    """
    guide: end
    title: End
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: dome}
    """
    assert ("unknown-outcome", 5, 33) in check_text(guide)
    assert check_text(guide.replace("dome", "done")) == []


def test_a_stage_is_declared(guide: str) -> None:
    """
    guide: stage
    title: Stage
    outcomes: {done: {label: Done, kind: success}}
    stages: {talk: Talk}
    steps:
      bye: {stage: tlak, say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-stage", 6, 16)]
    assert check_text(guide.replace("tlak", "talk")) == []


def test_an_option_set_is_declared(guide: str) -> None:
    """
    guide: sets
    title: Sets
    outcomes: {done: {label: Done, kind: success}}
    option_sets:
      answers: [{id: agreed, label: Agreed, to: bye}]
    steps:
      ask: {question: Agreed, options: {use: answer}}
      bye: {say: Goodbye., outcome: done}
    """
    assert ("unknown-option-set", 7, 42) in check_text(guide)
    assert check_text(guide.replace("use: answer}", "use: answers}")) == []


def test_options_added_to_a_set_have_ids_of_their_own(guide: str) -> None:
    """
    guide: sets
    title: Sets
    outcomes: {done: {label: Done, kind: success}}
    option_sets:
      answers: [{id: agreed, label: Agreed, to: bye}]
    steps:
      ask:
        question: Agreed
        options:
          use: answers
          also:
            - {id: agreed, label: Later, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-id", 12, 16)]
    assert check_text(guide.replace("agreed, label: Later", "later, label: Later")) == []


def test_checks_have_ids_of_their_own(guide: str) -> None:
    """
    guide: checks
    title: Checks
    outcomes: {done: {label: Done, kind: success}}
    steps:
      look:
        checks:
          - {id: seen, label: Seen}
          - {id: seen, label: Read}
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-id", 8, 14)]
    assert check_text(guide.replace("seen, label: Read", "read, label: Read")) == []


def test_a_step_asks_for_a_field_once(guide: str) -> None:
    """
    guide: asks
    title: Asks
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      look:
        ask:
          - invoice
          - {field: invoice}
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-id", 9, 17)]
    assert check_text(guide.replace("      - {field: invoice}\n", "")) == []


def test_only_declared_fields_are_asked(guide: str) -> None:
    """
    guide: asks
    title: Asks
    outcomes: {done: {label: Done, kind: success}}
    fields: {invoice: {type: text, label: Invoice number}}
    steps:
      look: {ask: [invoice, invoices], next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-field", 6, 25)]
    assert check_text(guide.replace(", invoices", "")) == []


def test_what_is_computed_is_not_asked(guide: str) -> None:
    """
    guide: asks
    title: Asks
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum, value: 1 + 1}}
    steps:
      look: {ask: [sum], say: "{{ sum }}", next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("computed-asked", 6, 16)]
    assert check_text(guide.replace("ask: [sum], ", "")) == []


def test_what_people_are_asked_for_has_a_label(guide: str) -> None:
    """
    guide: asks
    title: Asks
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer}}
    steps:
      look: {ask: [sum], next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-key", 6, 16)]
    assert check_text(guide.replace("integer}", "integer, label: Sum}")) == []


def test_what_is_computed_is_not_set(guide: str) -> None:
    """
    guide: sets
    title: Sets
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum, value: 1 + 1}}
    steps:
      look: {say: "{{ sum }}", set: {sum: 3}, next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("computed-set", 6, 34)]
    assert check_text(guide.replace("set: {sum: 3}, ", "")) == []


def test_what_is_computed_is_not_taken(guide: str) -> None:
    """
    guide: takes
    title: Takes
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: money, currency: EUR, label: Sum, value: 1 + 1}}
    steps:
      look:
        say: "{{ sum }}"
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          take: {sum: credit}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == [("computed-set", 11, 14)]
    assert check_text(guide.replace("      take: {sum: credit}\n", ""), APOLOGY) == []


def test_only_declared_fields_are_set_and_taken(guide: str) -> None:
    """
    guide: takes
    title: Takes
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: money, currency: EUR, label: Sum}}
    steps:
      look:
        set: {sun: 1}
        call:
          guide: apology
          with: {client_name: "'Acme'"}
          take: {som: credit}
          otherwise: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY)[1:] == [("unknown-field", 7, 11), ("unknown-field", 11, 14)]
    assert check_text(guide.replace("sun", "sum").replace("som", "sum"), APOLOGY) == []


def test_what_is_set_is_of_the_fields_type(guide: str) -> None:
    """
    guide: sets
    title: Sets
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum}}
    steps:
      look: {say: Hello., set: {sum: "'three'"}, next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert ("expression-type", 6, 34) in check_text(guide)
    assert check_text(guide.replace("\"'three'\"", "3")) == []


def test_a_condition_is_true_or_false(guide: str) -> None:
    """
    guide: conditions
    title: Conditions
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days, given: true}}
    steps:
      sort:
        branch:
          - {when: days, to: bye}
          - {to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("expression-type", 8, 16)]
    assert check_text(guide.replace("when: days", "when: days > 1")) == []


def test_a_lock_says_why(guide: str) -> None:
    """
    guide: locks
    title: Locks
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum, given: true}}
    steps:
      ask:
        question: So
        options:
          - {id: waive, label: Waive, allow: sum < 50, to: bye}
          - {id: pay, label: Pay, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-key", 9, 42)]
    assert told(guide) == [
        "'waive' can be locked, but does not say why; add 'because:', the reason that people are shown"
    ]
    assert check_text(guide.replace("50, ", "50, because: Too much, ")) == []


def test_without_a_lock_there_is_nothing_to_explain_or_open(guide: str) -> None:
    """
    guide: locks
    title: Locks
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum, given: true}}
    steps:
      ask:
        question: So
        options:
          - {id: waive, label: Waive, because: Too much, override: reason, to: bye}
          - {id: pay, label: Pay, to: bye}
      bye: {say: "{{ sum }}", outcome: done}
    """
    assert check_text(guide) == [("missing-key", 9, 35), ("missing-key", 9, 54)]
    assert check_text(guide.replace("because", "allow: sum < 50, because")) == []


def test_what_is_offered_at_every_step_has_ids_of_its_own(guide: str) -> None:
    """
    guide: calls
    title: Calls
    outcomes: {done: {label: Done, kind: success}}
    anytime:
      - {id: hung-up, label: Client hangs up, outcome: done}
      - {id: hung-up, label: Line is dead, to: bye}
    steps:
      hello: {say: Hello., next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-id", 6, 10)]
    assert check_text(guide.replace("{id: hung-up, label: Line", "{id: dead, label: Line")) == []


def test_what_is_offered_at_every_step_leads_to_a_step(guide: str) -> None:
    """
    guide: calls
    title: Calls
    outcomes: {done: {label: Done, kind: success}}
    anytime:
      - {id: hung-up, label: Client hangs up, to: bey}
    steps:
      hello: {say: Hello., next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 5, 47)]
    assert check_text(guide.replace("bey", "bye")) == []


def test_skipping_leads_to_a_step(guide: str) -> None:
    """
    guide: skips
    title: Skips
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello: {say: Hello., skippable: bey, next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 5, 35)]
    assert check_text(guide.replace("bey", "bye")) == []


def test_where_a_step_leads_to_several_skipping_must_say_to_which(guide: str) -> None:
    """
    guide: skips
    title: Skips
    outcomes: {done: {label: Done, kind: success}}
    steps:
      hello:
        skippable: true
        options:
          - {id: a, label: A, to: more}
          - {id: b, label: B, to: bye}
      more: {say: More., next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-step", 6, 16)]
    assert told(guide) == ["this step does not lead to one step only; name the step that skipping leads to"]
    assert check_text(guide.replace("to: more", "to: bye").replace("skippable: true", "skippable: more")) == []
    assert check_text(guide.replace("to: bye}", "to: more}")) == []
