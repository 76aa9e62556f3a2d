"""A state is its events folded; what no walk of `test_walks` meets stands here."""

import json
from collections.abc import Callable

import pytest

from engine import walker
from engine.errors import NotOnPathError
from engine.folds import restore, stored
from engine.replies import Reply
from engine.screen import build
from engine.state import find
from engine.walker import Opening
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]


def test_answers_typed_in_a_locale_survive_being_stored() -> None:
    guides = compiled(
        "fields:\n  sum: {type: money, currency: EUR, label: Sum}\n"
        "steps:\n  a: {ask: [sum], next: b}\n  b: {say: '{{ sum }}', next: c}\n  c: {outcome: done}"
    )
    begun = walker.start(guides, "small", Opening({}, "de"), NOW).state
    state = walker.answer(begun, Reply(values={"sum": "1.234,5"}, typed=True), NOW).state
    back = walker.back(restore(guides, json.loads(json.dumps(stored(state)))), NOW).state
    assert (build(back).asks[0].typed, build(back).asks[0].value) == ("1.234,5", "1234.50")


def test_a_visit_that_is_not_on_the_path_is_not_found(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    with pytest.raises(NotOnPathError, match="'end'"):
        find(walk().state, ("", "end", 1))
