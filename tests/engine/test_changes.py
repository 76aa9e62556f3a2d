"""Changing an earlier answer: what comes back, what is told, what an answer counts as while it is taken (FORMAT §6)."""

from collections.abc import Callable

import pytest

from engine import walker
from engine.errors import NotOnPathError
from engine.events import Changed, Recorded, Reopened
from engine.replies import Reply
from engine.state import path
from tests.engine.walks import NOW, Walk


def test_a_value_that_a_change_hid_comes_back_when_it_is_asked_again(walk: Callable[..., Walk]) -> None:
    """
    fields:
      kind: {type: choice, label: Kind, options: [{id: big, label: Big}, {id: small, label: Small}]}
      amount: {type: integer, label: Amount}
      name: {type: text, label: Name}
    steps:
      first: {ask: [kind], next: second}
      second: {ask: [{field: amount, when: kind == 'big'}, name], next: third}
      third: {say: "{{ amount }} for {{ name }}", next: end}
      end: {outcome: done}
    """
    small = walk().answer(kind="big").answer(amount=120, name="Ann").change("first", kind="small")
    assert (small.here, small.screen.content.say) == ("third", "[amount] for Ann")
    assert small.restored.visit.key == small.state.visit.key
    big = small.change("first", kind="big")
    assert (big.here, big.screen.content.say) == ("third", "120 for Ann")


def test_a_change_after_the_end_opens_the_session_again(walk: Callable[..., Walk]) -> None:
    """
    fields: {name: {type: text, label: Name}}
    steps:
      first: {ask: [name], next: end}
      end: {outcome: done}
    """
    over = walk().answer(name="Ann")
    turn = walker.change(over.state, "first", Reply(values={"name": "Bo"}), NOW, "misheard")
    assert [type(event.body) for event in turn.events[:2]] == [Reopened, Changed]
    assert [event.seq for event in turn.events] == list(range(over.state.seq + 1, turn.state.seq + 1))


def test_an_answer_counts_as_given_in_what_its_step_sets_and_records(walk: Callable[..., Walk]) -> None:
    """
    fields: {eager: {type: boolean, label: Eager}}
    steps:
      ask:
        options: [{id: again, label: Again, to: ask}, {id: enough, label: Enough, to: end}]
        set: {eager: "answered('ask', 'again')"}
        records: [{recognition: {what: Patient, when: "answered('ask', 'again')"}}]
      end: {outcome: done}
    """
    again = walk().answer("again")
    assert again.values == {"eager": True}
    assert [type(event.body) for event in again.events].count(Recorded) == 1
    assert again.answer("enough").values == {"eager": False}


def test_an_earlier_visit_is_changed_by_its_key(walk: Callable[..., Walk]) -> None:
    """
    fields: {name: {type: text, label: Name}}
    steps:
      ask:
        ask: [name]
        options: [{id: again, label: Again, to: ask}, {id: enough, label: Enough, to: last}]
      last: {say: "{{ name }}", next: end}
      end: {outcome: done}
    """
    asked = walk().answer("again", name="Ann").answer("enough", name="Bo")
    first = asked.state.visit.frame.id, "ask", 1
    turn = walker.change(asked.state, first, Reply("again", {"name": "Zoë"}), NOW)
    assert [visit.answer.values for visit in path(turn.state) if visit.answer] == [{"name": "Zoë"}, {"name": "Bo"}]
    assert turn.state.visit.key == asked.state.visit.key
    assert walker.says(turn.state, walker.earlier(turn.state, first), Reply("again", {"name": "Zoë"}))
    assert not walker.says(turn.state, walker.earlier(turn.state, first), Reply("again", {"name": "Ann"}))


def test_a_visit_without_an_answer_on_the_path_is_none_to_change(walk: Callable[..., Walk]) -> None:
    """
    steps:
      first: {say: Hello, next: second}
      second: {say: Well, next: end}
      end: {outcome: done}
    """
    second = walk().answer()
    for key in (second.state.visit.key, ("", "first", 2)):
        with pytest.raises(NotOnPathError, match=key[1]):
            walker.change(second.state, key, Reply(), NOW)
