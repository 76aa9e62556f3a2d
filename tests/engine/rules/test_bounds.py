"""A field's bounds are relied on where every value of it is held against them, and not where it comes from outside."""

import pytest

from tests.engine.guides import check_text

GUIDE = """\
guide: bounds
title: Bounds
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  a: {{type: integer, label: A, given: true}}
  n: {{type: integer, label: N, min: 1, max: 5, {source}}}
steps:
  ask: {{say: "{{{{ a }}}}", {asks}next: sort}}
  sort:
    branch:
      - {{when: n > 5, to: high}}
      - {{to: bye}}
  high: {{say: High, next: bye}}
  bye: {{say: "Bye", outcome: done}}
"""


@pytest.mark.parametrize(("source", "asks"), [("required: true", "ask: [n], "), ("given: true", "")])
def test_what_is_entered_lies_within_its_bounds(source: str, asks: str) -> None:
    assert check_text(GUIDE.format(source=source, asks=asks)) == [("never-fires", 11, 16), ("never-fires", 13, 3)]


@pytest.mark.parametrize("source", ["fact: promises_open", "from: setting.n", "value: a + 1"])
def test_what_comes_from_elsewhere_may_lie_beyond_them(source: str) -> None:
    assert check_text(GUIDE.format(source=source, asks="")) == []
