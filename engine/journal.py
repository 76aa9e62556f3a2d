"""Events in their plain form, for storage and exports: JSON types, read again as they were (FORMAT §6)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from engine.errors import UnknownEventError
from engine.events import KINDS, Body, Event

SCHEMA_VERSION = 1
"""The version of the plain form; raised when a stored event could no longer be read as it was written."""

VALUE_MEMBERS = frozenset({"values", "typed", "given", "set", "old", "saw", "taken", "sources", "facts"})
"""The members of events that hold values by field id, or by where they are from."""
TEXTS = "texts"
"""The member of events that holds texts in which anybody may be named."""

_AS_IT_IS = frozenset({str, int, bool, type(None)})

AnyBody = TypeVar("AnyBody", bound=Body)


def to_dict(event: Event) -> dict[str, Any]:
    """The plain form: JSON types only, times as RFC 3339 in UTC with microseconds."""
    return {
        "seq": event.seq,
        "at": _stamp(event.at),
        "kind": event.kind,
        "actor": event.actor,
        "guide": event.guide,
        "step": event.step,
        "frame": event.frame,
        **to_plain(event.body),
    }


@lru_cache(maxsize=64)
def _stamp(at: datetime) -> str:
    """As RFC 3339 in UTC: the events of a turn happened at one time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_dict(plain: Mapping[str, Any]) -> Event:
    """The event that `to_dict` wrote. Raises `UnknownEventError` for a kind of a newer version."""
    kind = plain["kind"]
    body = KINDS.get(kind)
    if body is None:
        raise UnknownEventError(kind)
    at = datetime.fromisoformat(plain["at"])
    return Event(
        plain["seq"],
        at,
        plain["actor"],
        plain["guide"],
        plain["step"],
        plain["frame"],
        from_plain(body, plain),
    )


def to_plain(body: Body) -> dict[str, Any]:
    """A body's own members as JSON types."""
    told = zip(body._fields, body)
    return {name: value if type(value) in _AS_IT_IS else _plain(value) for name, value in told}


def from_plain(body: type[AnyBody], plain: Mapping[str, Any]) -> AnyBody:
    """The body of this kind that `to_plain` wrote; further members of `plain` are passed over."""
    return body(**{name: _typed(name, plain[name]) for name in body._fields if name in plain})


def split(plain: Mapping[str, Any], personal: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A plain event as (what the hash chain covers, what can be erased): the `personal` values apart."""
    payload, apart = dict(plain), {}
    for name in VALUE_MEMBERS & plain.keys():
        values = plain[name]
        apart[name] = {id: values[id] for id in values if id in personal}
        payload[name] = {id: values[id] for id in values if id not in personal}
    if TEXTS in plain:
        apart[TEXTS], payload[TEXTS] = dict(plain[TEXTS]), {}
    return payload, {name: values for name, values in apart.items() if values}


def joined(payload: Mapping[str, Any], personal: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The plain event again; what was erased from `personal` stays away."""
    return {**payload, **{name: {**payload[name], **values} for name, values in personal.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: Any) -> Any:
    if name == "today":
        return date.fromisoformat(value)
    return tuple(value) if name == "checks" else value
