"""Events to and from their plain form."""

import json
from collections.abc import Callable
from datetime import timedelta, timezone

import pytest

from engine.errors import UnknownEventError
from engine.journal import from_dict, joined, split, to_dict
from tests.engine.walks import Walk

Start = Callable[..., Walk]


def test_every_kind_of_event_survives_json(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true}
      sum: {type: money, currency: EUR, label: Sum}
      day: {type: date, label: Day}
      left: {type: money, currency: EUR, label: Left}
    steps:
      ask: {ask: [sum, day], set: {left: sum - 1}, branch: [{when: sum > 5, to: over}, {to: end}]}
      over: {call: {guide: other, with: {sum: sum, day: day}, take: {left: sum}, otherwise: end}}
      end: {say: "{{ left }} {{ name }}", outcome: done}
    ---
    guide: other
    fields:
      sum: {type: money, currency: EUR, label: Sum, given: true}
      day: {type: date, label: Day, given: true}
    steps:
      read: {say: "{{ sum }} {{ day }}", next: end}
      end: {outcome: done}
    """
    walked = walk(name="Ann").answer(sum="7.50", day="2026-03-09").note("Calm").answer()
    walked.back("ask").answer(sum="8.00", day="2026-03-09").end()
    told = [json.loads(json.dumps(to_dict(event))) for event in walked.events]
    assert tuple(map(from_dict, told)) == walked.events
    kinds = "session_started step_shown answered changed branched called returned went_back note_added outcome_reached"
    assert {*kinds.split(), "session_ended", "reopened"} == set(walked.kinds)


def test_times_are_written_in_utc_with_microseconds(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    first = walk().events[0]
    elsewhere = first._replace(at=first.at.astimezone(timezone(timedelta(hours=2))))
    assert to_dict(elsewhere)["at"] == "2026-03-02T09:30:15.250000Z"


def test_an_event_of_a_newer_version_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownEventError, match=r"'session_sung'.*upgrade Handrail"):
        from_dict({"kind": "session_sung"})


def test_personal_values_are_kept_apart_and_joined_again(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true, personal: true}
      place: {type: text, label: Place, given: true}
    steps:
      read: {say: "{{ name }} {{ place }}", next: end}
      end: {outcome: done}
    """
    told = to_dict(walk(name="Ann", place="Ulm").events[0])
    payload, personal = split(told, frozenset({"name"}))
    assert payload["given"] == {"place": "Ulm"}
    assert personal == {"given": {"name": "Ann"}}
    assert joined(payload, personal) == told


def test_what_was_agreed_with_somebody_can_be_personal() -> None:
    started = {"kind": "session_started", "facts": {"agreement.terms.name": "Ann", "contacts": 2}}
    payload, personal = split(started, frozenset({"agreement.terms.name"}))
    assert payload["facts"] == {"contacts": 2}
    assert personal == {"facts": {"agreement.terms.name": "Ann"}}


def test_an_event_without_personal_values_has_nothing_to_keep_apart(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    told = to_dict(walk().events[1])
    assert split(told, frozenset({"name"})) == (told, {})
