"""Values to try in fields, so that conditions go either way."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from engine.fields.field import Field
from engine.fields.locales import CANONICAL
from engine.fields.patterns import mistake
from engine.fields.texts import checked
from engine.samples import Samples
from engine.specimens import matching, specimen
from tests.engine.walks import TODAY, Walk, compiled


def tried(spec: str, when: str = "true", more: str = "", walkthroughs: str = "") -> list[Any]:
    """What is tried in the field x, declared like this, in a guide with this condition."""
    guides = compiled(
        f"fields: {{x: {{label: X, {spec}}}{more}}}\n"
        f'steps: {{ask: {{ask: [x], branch: [{{when: "{when}", to: end}}, {{to: end}}]}}, end: {{outcome: done}}}}'
        f"{walkthroughs}"
    )
    visit = Walk(guides, "small", {}).state.visit
    return list(dict.fromkeys(str(entry.get("x")) for entry in Samples(guides).entries(visit, TODAY)))


def test_the_field_s_own_kind_of_value_comes_first() -> None:
    assert tried("type: email") == ["name@example.com"]
    assert tried("type: boolean", "x") == ["true", "false"] or tried("type: boolean", "x") == ["True", "False"]
    assert tried("type: country", "x == 'FR'")[0] == "GB"


def test_a_number_is_tried_at_what_it_is_compared_with_and_beside_it() -> None:
    assert {"4", "5", "6"} <= set(tried("type: integer", "x > 5"))
    assert {"4.99", "5.00", "5.01"} <= set(tried("type: money, currency: EUR", "5 > x"))


def test_bounds_and_steps_are_kept_to() -> None:
    assert set(tried("type: integer, min: 3, max: 11, step: 4", "x > 4")) <= {"4", "8"}
    assert {"2026-03-02", "2026-03-03", "2026-03-05"} <= set(
        tried("type: date, min: today, max: today + days(3)", "x > today")
    )


def test_choices_are_tried_alone_together_and_with_none() -> None:
    spec = "type: choices, none_option: n, options: {a: A, b: B, n: None of these}"
    assert tried(spec, "any_of(x, 'a')") == ["['a']", "['b']", "['n']", "['a', 'b']"]


def test_every_option_of_a_choice_is_tried() -> None:
    options = ", ".join(f"o{n}: O{n}" for n in range(20))
    assert len(tried(f"type: choice, options: {{{options}}}", "x in ['o1', 'o2']")) == 20


def test_an_optional_field_is_also_left_blank() -> None:
    assert "None" in tried("type: integer, required: false", "is_answered(x)")


@pytest.mark.parametrize(
    ("type", "literal", "around"),
    [
        ("time", "14:00", {"13:59", "14:00", "14:01"}),
        ("month", "2026-01", {"2025-12", "2026-01", "2026-02"}),
        ("date", "date('2026-05-01')", {"2026-04-30", "2026-05-01", "2026-05-02"}),
    ],
)
def test_times_are_tried_on_both_sides(type: str, literal: str, around: set[str]) -> None:
    written = literal if literal.startswith("date") else f"'{literal}'"
    assert around <= set(tried(f"type: {type}", f"x >= {written}"))


def test_no_day_is_tried_after_the_last_one() -> None:
    more = ", late: {type: boolean, value: \"x >= date('9999-12-31')\"}"
    assert tried("type: date", "late", more) == ["2026-03-02", "9999-12-31"]


def test_a_date_is_tried_so_many_days_from_today_as_a_number_says() -> None:
    assert {"2026-01-31", "2026-01-30"} <= set(tried("type: date", "days_between(x, today) > 30"))


def test_what_a_computed_value_is_compared_with_is_tried_in_what_it_is_made_of() -> None:
    more = ", double: {type: integer, value: x * 2}"
    assert {"70", "71"} <= set(tried("type: integer", "double > 70", more))


def test_a_text_of_another_kind_of_field_is_no_time() -> None:
    more = ", words: {type: text, value: \"'late' if x > '12:00' else 'early'\"}"
    assert "12:01" in tried("type: time", "words == 'late' and not (x == '09:00')", more)


def test_a_text_and_a_length_of_centuries_are_no_dates() -> None:
    more = ", words: {type: text, value: \"'late' if x > today else 'early'\"}"
    assert set(tried("type: date", "words == 'late' or days_between(x, today) > 90000", more)) == {
        *("2026-03-01", "2026-03-02", "2026-03-03")
    }


def test_what_the_author_wrote_comes_first_and_a_default_next() -> None:
    played = "answers: [{ask: {values: {x: 77}}}]"
    walkthroughs = f"\nwalkthroughs: [{{name: A, {played}}}, {{name: B, {played}}}]"
    assert tried("type: integer, default: 55", "x > 5", walkthroughs=walkthroughs)[:2] == ["77", "55"]


def test_fields_of_one_step_are_tried_together() -> None:
    """steps: {ask: {ask: [a, b], branch: [{when: a > 5 and b == 'y', …"""
    guides = compiled(
        "fields: {a: {type: integer, label: A}, b: {type: choice, label: B, options: {x: X, y: Y}}}\n"
        "steps:\n  ask: {ask: [a, b], branch: [{when: \"a > 5 and b == 'y' or -a > (1 if a == 2 else 3)\", to: end},"
        " {to: end}]}\n  end: {outcome: done}"
    )
    entries = list(Samples(guides).entries(Walk(guides, "small", {}).state.visit, TODAY))
    assert any(entry["b"] == "y" and entry["a"] > 5 for entry in entries)


CONJUNCTION = """\
fields:
  a: {type: integer, label: A}
  b: {type: integer, label: B}
  c: {type: text, label: C}
  d: {type: integer, label: D, required: false}
  sum: {type: integer, value: a + b}
steps:
  ask:
    ask: [a, b, c, d]
    branch:
      - {when: a == 71, to: end}
      - {when: "a == 17 or sum > 900 and c == 'red' and not is_answered(d) and (a == 1 or b == 813)", to: end}
      - {to: end}
  end: {outcome: done}
"""


def test_whole_conditions_are_aimed_at_each_alternative_by_itself() -> None:
    guides = compiled(CONJUNCTION)
    visit = Walk(guides, "small", {}).state.visit
    one, met = Samples(guides).aimed(visit, TODAY)
    assert one["a"] == 17
    assert (met["a"] + met["b"] > 900, met["c"], "d" in met) == (True, "red", False)
    assert met["a"] == 1 or met["b"] == 813


def test_a_field_by_itself_needs_no_aim() -> None:
    """steps: {ask: {ask: [a], branch: [{when: a == 71, to: end}, {to: end}]}}"""
    guides = compiled(
        "fields: {a: {type: integer, label: A}}\n"
        "steps: {ask: {ask: [a], branch: [{when: a == 71, to: end}, {to: end}]}, end: {outcome: done}}"
    )
    assert list(Samples(guides).aimed(Walk(guides, "small", {}).state.visit, TODAY)) == []


def test_a_bound_that_leaves_nothing_is_left_blank() -> None:
    assert tried("type: integer, min: 5, max: 4") == ["None"]


def test_sessions_start_on_the_days_that_conditions_name() -> None:
    guides = compiled(
        "steps: {ask: {branch: [{when: \"today > date('2027-01-01')\", to: end}, {to: end}]}, end: {outcome: done}}"
    )
    days = Samples(guides).days(TODAY)
    assert days == [TODAY, date(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 2)]


def test_facts_are_first_those_of_a_client_without_records() -> None:
    """fields: {broken: {type: integer, fact: promises_broken}}"""
    guides = compiled(
        "fields: {broken: {type: integer, fact: promises_broken}}\n"
        "steps: {ask: {branch: [{when: broken > 2, to: end}, {to: end}]}, end: {outcome: done}}"
    )
    first, *others = Samples(guides).given(guides["small"], TODAY)
    assert (first, {"broken": 3} in others) == ({}, True)


def _drawn(numbers: Iterator[int]) -> Any:
    return lambda count: next(numbers) % count


def test_chance_chooses_among_all_values() -> None:
    guides = compiled(
        "fields: {g: {type: integer, label: G, given: true}, a: {type: integer, label: A}}\n"
        "steps: {ask: {ask: [a], next: end}, end: {outcome: done}}"
    )
    samples, visit = Samples(guides), Walk(guides, "small", {"g": 1}).state.visit
    assert samples.drawn(visit, TODAY, _drawn(iter([1]))) == {"a": 0}
    assert samples.drawn_given(guides["small"], TODAY, _drawn(iter([2]))) == {"g": 2}


def test_a_value_of_a_caller_is_tried_in_the_guide_it_called() -> None:
    """steps: {ask: {ask: [limit], next: over}, over: {call: {guide: other, take: {got: theirs}, …"""
    guides = compiled(
        "fields: {limit: {type: integer, label: L}, got: {type: integer, label: G}}\n"
        "steps:\n  ask: {ask: [limit], next: over}\n"
        "  over: {call: {guide: other, take: {got: theirs}, otherwise: then}}\n"
        "  then: {branch: [{when: got > limit, to: end}, {to: end}]}\n  end: {outcome: done}",
        "guide: other\nfields: {theirs: {type: integer, label: T}}\n"
        "steps: {q: {ask: [theirs], next: end}, end: {outcome: done}}",
    )
    visit = Walk(guides, "small", {}).answer(limit=4711).state.visit
    assert {"theirs": 4712} in list(Samples(guides).entries(visit, TODAY))


def test_what_is_handed_to_a_guide_decides_where_that_guide_asks_for_it() -> None:
    """steps: {over: {call: {guide: other, with: {g: a + b}, …}}}, and a branch on g there"""
    guides = compiled(
        "fields: {a: {type: integer, label: A}, b: {type: integer, label: B}}\n"
        "steps: {ask: {ask: [a, b], next: over}, "
        "over: {call: {guide: other, with: {g: a + b}, otherwise: end}}, end: {outcome: done}}",
        "guide: other\nfields: {g: {type: integer, label: G, given: true}}\n"
        "steps: {s: {branch: [{when: g > 2000, to: end}, {to: end}]}, end: {outcome: done}}",
    )
    samples = Samples(guides)
    assert samples.deciding == {("small", "a"), ("small", "b"), ("other", "g")}
    assert {"a": 2001, "b": 1} in list(samples.entries(Walk(guides, "small", {}).state.visit, TODAY))


def test_what_decides_is_what_conditions_are_made_of() -> None:
    guides = compiled(
        "fields:\n  a: {type: integer, label: A}\n  b: {type: integer, label: B}\n  c: {type: integer, label: C}\n"
        "anytime: [{id: on, label: On, allow: c > 1, because: No, set: {b: a + 1}, to: end}]\n"
        "steps:\n  ask: {ask: [a, c], set: {b: a}, question: Q, options: [{id: x, label: X, set: {b: c}, to: then}]}\n"
        "  then: {say: '{{ b }}', ask: [{field: a, when: not (b > 3)}], next: end}\n  end: {outcome: done}"
    )
    assert Samples(guides).deciding == {("small", "a"), ("small", "b"), ("small", "c")}


@pytest.mark.parametrize(
    "pattern",
    [
        "[A-Z]{2}-[0-9]{3,5}(x|y)?",
        r"\d{4}\s?\w+",
        "(?:AB|CD)[^A-Z]",
        "a.c*d+?",
        r"^(?P<year>20\d\d)(?=-)-\d{2}$",
        r"[\]x]{3}|other",
        "[^aA1 -]{1}",
        r"\(\+49\)",
        "[€]",
    ],
)
def test_a_text_in_the_form_of_a_pattern(pattern: str) -> None:
    assert not mistake(pattern)
    field = Field("x", "text", pattern=pattern)
    assert checked(field, matching(pattern), CANONICAL, 200) == matching(pattern)


def test_a_set_that_has_nothing_likely_in_it_gives_nothing() -> None:
    assert matching(r"[^\w\W]") == ""


def test_texts_have_the_lengths_that_are_asked_for() -> None:
    lengths = [len(text) for text in specimen(Field("x", "text", min_length=9, max_length=40))]
    assert lengths == [9, 40]
    assert [len(text) for text in specimen(Field("x", "text"))] == [6, 1, 200]
