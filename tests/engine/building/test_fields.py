"""What can be wrong with the declarations of fields."""

import pytest

from tests.engine.guides import check_text, told


def test_a_value_comes_from_one_place(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days, given: true, value: 1 + 1}
    steps:
      bye: {say: "{{ days }}", outcome: done}
    """
    assert check_text(guide) == [("two-sources", 5, 51)]
    assert check_text(guide.replace("given: true, ", "")) == []


def test_what_is_given_may_come_from_outside_too(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      name: {type: text, label: Name, given: true, from: client.name}
    steps:
      bye: {say: "{{ name }}", outcome: done}
    """
    assert check_text(guide) == []
    assert check_text(guide.replace("from: client.name", "fact: contacts")) == [
        ("two-sources", 5, 48),
        ("not-for-type", 5, 54),
    ]


def test_what_comes_from_outside_fits_its_field(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      mail: {type: email, label: Mail, from: client.name}
      rate: {type: percent, label: Rate, from: setting.rate}
    steps:
      bye: {say: "{{ mail }} {{ rate }}", outcome: done}
    """
    assert check_text(guide) == [("not-for-type", 5, 42)]
    assert check_text(guide.replace("client.name", "client.email")) == []


def test_a_fact_fits_its_field(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      broken: {type: text, label: Broken, fact: promises_broken}
      last: {type: integer, label: Last, fact: last_outcome}
      paid: {type: money, currency: EUR, label: Paid, fact: remedies_total}
      limit: {type: money, currency: EUR, label: Limit, fact: agreement, id: terms, field: limit}
    steps:
      bye: {say: "{{ broken }} {{ coalesce(last, 0) }} {{ paid }} {{ coalesce(limit, 0) }}", outcome: done}
    """
    assert check_text(guide) == [("not-for-type", 5, 45), ("not-for-type", 6, 44)]
    assert told(guide)[0] == "a field of type text cannot hold 'promises_broken'; it is for integer and number"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("days: 3", "'days' means nothing for a field without a fact; it is for a fact"),
        ("fact: contacts, by: us", "'by' means nothing for the fact contacts; it is for a fact of promises"),
        ("fact: contacts, id: terms", "'id' means nothing for the fact contacts; it is for the fact agreement"),
        ("fact: agreement, id: terms", "'x' needs 'field'; add 'field:'"),
        ("fact: agreement, field: x", "'x' needs 'id'; add 'id:'"),
    ],
)
def test_a_key_of_a_fact_goes_with_its_fact(keys: str, words: str) -> None:
    guide = "guide: a\ntitle: A\noutcomes: {done: {label: Done, kind: success}}\nfields:\n  x: {type: integer, KEYS}\n"
    guide += 'steps:\n  bye: {say: "{{ coalesce(x, 0) }}", outcome: done}\n'
    assert [each for each in told(guide.replace("KEYS", keys)) if each.startswith(words)]


def test_a_choice_has_options(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      way: {type: choice, label: Way, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-options", 5, 3)]
    assert check_text(guide.replace("true}", "true, options: {post: Post}}")) == []


def test_the_options_of_a_choice_have_ids_of_their_own(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      way:
        type: choice
        label: Way
        given: true
        options:
          - {id: post, label: Post}
          - {id: post, label: Courier}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("duplicate-id", 11, 9)]
    assert check_text(guide.replace("post, label: Courier", "courier, label: Courier")) == []


def test_none_of_them_is_one_of_them(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      why: {type: choices, label: Why, given: true, options: {late: Late, none: None}, none_option: nome}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("unknown-option", 5, 97)]
    assert told(guide) == ["'nome' is not an option of 'why'; did you mean 'none'?"]
    assert check_text(guide.replace("nome", "none")) == []


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("options: {a: A}", "choice and choices"),
        ("pattern: '[0-9]+'", "text"),
        ("max_length: 3", "long_text and text"),
        ("decimals: 2", "number and percent"),
    ],
)
def test_a_key_means_something_for_the_fields_type(guide: str, key: str, kinds: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    wrong = guide.replace("given: true", f"given: true, {key}")
    assert check_text(wrong) == [("not-for-type", 5, 51)]
    assert told(wrong)[0].endswith(f"it is for {kinds}")


def test_a_pattern_can_be_used(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      code: {type: text, label: Code, given: true, pattern: "[A-Z"}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert [code for code, *_ in check_text(guide)] == ["bad-pattern"]
    assert check_text(guide)[0][1:] == (5, 57)
    assert check_text(guide.replace("[A-Z", "[A-Z]+")) == []


def test_money_has_a_currency(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      due: {type: money, label: Due, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-currency", 5, 3)]
    assert check_text(guide.replace("money", "money, currency: EUR")) == []


def test_a_currency_exists(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      due: {type: money, currency: EUX, label: Due, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("not-allowed-value", 5, 32)]
    assert check_text(guide.replace("EUX", "EUR")) == []


def test_a_default_would_be_accepted(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days, given: true, default: soon}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("bad-default", 5, 60)]
    assert check_text(guide.replace("soon", "3")) == []


def test_no_field_is_called_as_a_word_of_expressions(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      today: {type: date, label: Day, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("reserved-id", 5, 3)]
    assert check_text(guide.replace("today:", "day:")) == []


def test_what_is_given_has_a_label(guide: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      day: {type: date, given: true}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("missing-key", 5, 3)]
    assert check_text(guide.replace("date", "date, label: Day")) == []


def test_fields_are_not_computed_from_each_other(guide: str) -> None:
    """
    guide: loop
    title: Loop
    outcomes: {done: {label: Done, kind: success}}
    fields:
      one: {type: integer, label: One, value: two + 1}
      two: {type: integer, label: Two, value: one + 1}
    steps:
      bye: {say: "{{ two }}", outcome: done}
    """
    assert check_text(guide) == [("computed-loop", 5, 43), ("computed-loop", 6, 43)]
    assert check_text(guide.replace("value: two + 1", "value: 1")) == []


def test_only_what_is_in_the_circle_is_to_blame(guide: str) -> None:
    """
    guide: loop
    title: Loop
    outcomes: {done: {label: Done, kind: success}}
    fields:
      one: {type: integer, label: One, value: two + 1}
      two: {type: integer, label: Two, value: one + 1}
      reads: {type: integer, label: Reads, value: one + own}
      own: {type: integer, label: Own, value: own + 1}
    steps:
      bye: {say: "{{ reads }}", outcome: done}
    """
    assert check_text(guide) == [("computed-loop", 5, 43), ("computed-loop", 6, 43), ("computed-loop", 8, 43)]
    assert told(guide)[2] == "'own' is computed from itself; ask for one of them instead"


def test_bounds_and_formulas_are_of_the_fields_type(guide: str) -> None:
    """
    guide: types
    title: Types
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days, given: true, min: today}
      name: {type: text, label: Name, value: days + 1}
    steps:
      bye: {say: "{{ name }}", outcome: done}
    """
    assert check_text(guide) == [("expression-type", 5, 56), ("expression-type", 6, 42)]
    mended = guide.replace("min: today", "min: 1").replace("value: days + 1", "value: \"'Acme'\"")
    assert check_text(mended) == []


@pytest.mark.parametrize("key", ["unit: points", "decimals: 1", "step: 2", "options: {a: A}"])
def test_a_rating_has_a_scale_and_nothing_else(guide: str, key: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      mood: {type: rating, label: Mood, given: true, max: 7}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == []
    assert check_text(guide.replace("max: 7", key)) == [("not-for-type", 5, 50)]


@pytest.mark.parametrize("bound", ["max: 0", "max: 11", "max: 4.5", "max: today", "max: 3 + 2", "min: 0", "min: 2"])
def test_a_rating_goes_from_1_to_at_most_10(guide: str, bound: str) -> None:
    """
    guide: field
    title: Field
    outcomes: {done: {label: Done, kind: success}}
    fields:
      mood: {type: rating, label: Mood, given: true, max: 10}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide.replace("max: 10", "min: 1, max: 10")) == []
    assert check_text(guide.replace("max: 10", bound)) == [("not-allowed-value", 5, 55)]


def test_bounds_in_time_are_written_out_or_expressions(guide: str) -> None:
    """
    guide: times
    title: Times
    outcomes: {done: {label: Done, kind: success}}
    fields:
      day: {type: date, label: Day, given: true, min: 2026-03-01, max: today + days(30)}
      start: {type: month, label: Start, given: true, min: 2026-03, max: "'2027-12'"}
      at: {type: time, label: At, given: true, min: 08:00, max: 18:00}
      share: {type: percent, label: Share, given: true, min: 0.5, max: 100}
    steps:
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == []
    assert check_text(guide.replace("2026-03,", "2026-3,")) == [("expression-type", 6, 56)]
    assert [code for code, *_ in check_text(guide.replace("08:00", "8 am"))] == ["expression-syntax"]


def test_a_formula_that_is_wrong_is_told_once(guide: str) -> None:
    """
    guide: formula
    title: Formula
    outcomes: {done: {label: Done, kind: success}}
    fields:
      days: {type: integer, label: Days, given: true, max: weekz}
      weeks: {type: integer, label: Weeks, value: dayz / 7}
    steps:
      bye: {say: "{{ weeks }} of {{ days }}", outcome: done}
    """
    assert check_text(guide) == [("unknown-field", 5, 56), ("unknown-field", 6, 47)]
