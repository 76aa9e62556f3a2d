"""Conditions as books tell them to people who know no expressions."""

import pytest

from engine.exports.playbook import playbook
from tests.engine.exports.books import graph_of

GUIDE = """\
guide: told
title: Told
outcomes: {{done: {{label: All done, kind: success}}}}
fields:
  n: {{type: integer, label: Days late}}
  x: {{type: number, label: Rate}}
  day: {{type: date, label: Day}}
  on_record: {{type: boolean, label: On record}}
  name: {{type: text, label: Name}}
  way: {{type: choice, label: Way, options: {{once: At once, parts: In parts, never: Not at all}}}}
  faults: {{type: choices, label: Faults, options: {{late: Late, lost: Lost, cold: Cold}}}}
  last: {{type: text, fact: last_outcome}}
steps:
  start:
    title: Begin well
    ask: [n, x, day, on_record, name, way, faults]
    question: Which?
    options: [{{id: far, label: Go far, to: there}}]
  there: {{title: Look there, say: Look., next: route}}
  route:
    branch: [{{when: "{condition}", to: end}}, {{to: other}}]
  other: {{say: Other., next: end}}
  end: {{say: Bye, outcome: done}}
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("n >= 60", "Days late ≥ 60"),
        ("1 < n <= 3", "1 < Days late ≤ 3"),
        ("n != 2", "Days late is not 2"),
        ("on_record", "On record"),
        ("not on_record", "not On record"),
        ("on_record == true", "On record is yes"),
        ("on_record == false", "On record is no"),
        ("not (n > 2)", "not (Days late > 2)"),
        ("not is_answered(day)", "Day is not known"),
        ("is_answered(day) and (n > 2 or on_record)", "Day is known and (Days late > 2 or On record)"),
        ("way == 'parts'", "Way is In parts"),
        ("way in ['once', 'parts']", "Way is one of At once or In parts"),
        ("way not in ['never']", "Way is none of Not at all"),
        ("n in [1, 2]", "Days late is one of 1 or 2"),
        ("name == 'Ann'", "Name is “Ann”"),
        ("last == 'done'", "last is “All done”"),
        ("coalesce(way, 'once') == 'parts'", "Way (At once if not known) is In parts"),
        ("coalesce(n, 0) > 2", "Days late (0 if not known) > 2"),
        ("any_of(faults, 'late', 'lost', 'cold')", "Faults has Late, Lost or Cold"),
        ("all_of(faults, 'late', 'lost')", "Faults has Late and Lost"),
        ("count(faults) > 1", "number of Faults > 1"),
        ("count(n > 1, x > 1) > 1", "number of Days late > 1, Rate > 1 > 1"),
        ("visits('there') < 2", "visits of “Look there” < 2"),
        ("answered('start', 'far')", "“Begin well” was answered “Go far”"),
        ("day < today - days(1)", "Day < (today - 1 day)"),
        ("day <= today + weeks(2)", "Day ≤ (today + 2 weeks)"),
        ("day < date('2026-03-01')", "Day < 2026-03-01"),
        ("days_between(day, today) > 3", "days from Day to today > 3"),
        ("round(x * 2 + n, 2) > 1.5", "((Rate times 2) + Days late) > 1.5"),
        ("abs(-x) > 1", "-Rate without its sign > 1"),
        ("max(n, x) > 1", "greatest of Days late, Rate > 1"),
        ("length(lower(name)) > 3", "characters of Name > 3"),
        ("contains(name, 'GmbH')", "Name contains “GmbH”"),
        ("starts_with(name, 'Dr')", "Name starts with “Dr”"),
        ("(1 if on_record else 2 if n > 1 else 3) > 1", "(1 if On record, 2 if Days late > 1, else 3) > 1"),
    ],
)
def test_a_condition_is_told_in_words(condition: str, words: str) -> None:
    """The guide is `GUIDE`, whose branch has the condition."""
    chapters = playbook(graph_of(GUIDE.format(condition=condition))).chapters
    ways = next(page.ways for chapter in chapters for page in chapter.pages if page.id == "route")
    assert [way.condition for way in ways] == [words, "otherwise"]
