"""What leaves the server in a public guide, and what comes in."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.audience import for_client, from_client
from engine.errors import NotPublicError, RefusedError
from engine.replies import Reply
from tests.engine.walks import Walk

Start = Callable[..., Walk]


def test_a_client_sees_what_is_said_and_asked(walk: Start) -> None:
    """
    audience: public
    stages: {talk: Talk}
    fields: {sum: {type: integer, label: Sum, default: 9}}
    anytime: [{id: human, label: Talk to us, outcome: done}]
    documents: {letter: {kind: letter, title: Letter, body: Dear you}}
    steps:
      ask:
        stage: talk
        title: A title
        say: Hello
        question: Well?
        ask: [sum]
        documents: [letter]
        options: [{id: go, label: Go, to: end}]
      end: {say: Goodbye, outcome: done}
    """
    screen = for_client(walk().state)
    assert screen.content == ("A title", "Hello", "Well?")
    assert (screen.stage, screen.progress, screen.ended) == ("Talk", {"stage": 1, "of": 1}, False)
    shown = [[each[0] for each in part] for part in (screen.asks, screen.options, screen.anytime, screen.documents)]
    assert shown == [["sum"], ["go"], ["human"], ["letter"]]
    assert for_client(walk().answer("go", sum=3).state).ended


def test_what_is_for_staff_never_leaves_the_server(walk: Start) -> None:
    """
    audience: public
    fields: {secret: {type: text, label: SECRET field, given: true, required: false}}
    outcomes: {done: {label: SECRET outcome, kind: failure}}
    anytime: [{id: secret-out, label: SECRET way out, staff: true, outcome: done}]
    steps:
      ask:
        say: Hello
        points: [SECRET points]
        never: [SECRET words]
        note: "SECRET note {{ coalesce(secret, 'SECRET value') }}"
        checks: [{id: secret, label: SECRET check, source: SECRET source}]
        skippable: true
        next: end
      end: {say: Goodbye, note: SECRET end, outcome: done}
    """
    walked = walk()
    assert "secret" in repr(walked.screen).lower()
    for state in (walked.state, walked.answer().state):
        assert "secret" not in repr(for_client(state)).lower()


def test_a_lock_shows_why_and_not_who_can_open_it(walk: Start) -> None:
    """
    audience: public
    fields: {sum: {type: integer, label: Sum, given: true}}
    steps:
      ask:
        question: Well?
        options:
          - {id: go, label: Go, to: end}
          - {id: more, label: More, to: end, allow: sum > 9, because: Too little, override: reason}
      end: {outcome: done}
    """
    locked = for_client(walk(sum=1).state).options[1]
    assert (locked.allowed, locked.because, locked.override) == (False, "Too little", None)


def test_a_guide_for_staff_is_not_shown(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: other, otherwise: then}}
      then: {say: And then, next: end}
      end: {outcome: done}
    ---
    guide: other
    audience: public
    steps:
      hello: {say: Hello, next: end}
      end: {say: Goodbye, outcome: done}
    """
    with pytest.raises(NotPublicError, match="'small' is for staff"):
        for_client(walk().state)


def test_closing_words_are_shown_of_public_guides_only(walk: Start) -> None:
    """
    audience: public
    anytime: [{id: inside, label: Inside, staff: true, call: {guide: inner}}]
    steps:
      over: {call: {guide: other, otherwise: then}}
      then: {say: And then, images: [{file: then.png, alt: Then}], next: end}
      end: {outcome: done}
    ---
    guide: other
    audience: public
    steps:
      hello: {say: Hello, next: end}
      end: {say: Goodbye, note: Wave, images: [{file: wave.png, alt: Waving}], outcome: done}
    ---
    guide: inner
    steps:
      hello: {say: Hello, next: end}
      end: {say: Not for you, documents: [letter], images: [{file: us.png, alt: Us}], outcome: done}
    documents: {letter: {kind: letter, title: Not for you, body: Dear us}}
    """
    walked = walk().answer()
    assert for_client(walked.state).before == (("End", "Goodbye", ""),)
    assert [image.file for image in for_client(walked.state).images] == ["wave.png", "then.png"]
    walked = walked.answer("inside")
    with pytest.raises(NotPublicError, match="'inner' is for staff"):
        for_client(walked.state)
    walked = walked.answer()
    assert (len(walked.screen.before), len(walked.screen.documents), len(walked.screen.images)) == (1, 1, 2)
    assert [image.file for image in for_client(walked.state).images] == ["then.png"]
    assert (for_client(walked.state).before, for_client(walked.state).documents) == ((), ())


ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"option": "secret-out"}, "option"),
    ({"option": "nothing"}, "option"),
    ({"option": "more", "reasons": {"more": "Because"}}, "option"),
]


@pytest.mark.parametrize(("sent", "refused"), ANSWERS)
def test_a_client_chooses_what_is_open_to_clients(walk: Start, sent: dict[str, Any], refused: str) -> None:
    """
    audience: public
    fields: {sum: {type: integer, label: Sum, given: true}}
    anytime:
      - {id: secret-out, label: Out, staff: true, outcome: done}
      - {id: human, label: Talk to us, outcome: done}
    steps:
      ask:
        question: Well?
        options:
          - {id: go, label: Go, to: end}
          - {id: more, label: More, to: end, allow: sum > 9, because: Too little, override: reason}
      end: {outcome: done}
    """
    state = walk(sum=1).state
    with pytest.raises(RefusedError) as told:
        from_client(state, Reply(**sent))
    assert list(told.value.refusals) == [refused]
    assert "secret" not in str(told.value)
    assert from_client(state, Reply("human")) == Reply("human")
    assert from_client(state, Reply("go", checks=("a",), reasons={"a": "b"})) == Reply("go")


def test_a_client_goes_on_where_there_is_nothing_to_choose(walk: Start) -> None:
    """
    audience: public
    steps:
      hello: {say: Hello, next: end}
      end: {outcome: done}
    """
    assert from_client(walk().state, Reply()) == Reply()
