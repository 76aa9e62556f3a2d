"""What a browser sent, as the replies and texts that use cases take, and the inputs that a form shows.

Names in a form: `field.<id>` for values, `check` for each ticked check, `option`, `seq`, `text`, `reason`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from secrets import token_urlsafe
from typing import Any, NamedTuple, Protocol

from engine.errors import HandrailError, Refusal
from engine.fields.field import Field
from engine.fields.locales import date_text, manner
from engine.replies import Reply
from engine.screen import ShownAsk
from web.use_cases.desk import Start

PREFIX = "field."
MOST_PARTS = 200
"""More entries than any form of ours has; a body with more was not made by one."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile("[0-9]{1,12}")
_CURSOR = re.compile("[A-Za-z0-9_.:=~-]{1,200}")


class Sent(Protocol):
    """A form or query as it was sent: every name with one text or more."""

    def get(self, name: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...
    def keys(self, /) -> Iterable[str]: ...


class UnreadableFormError(HandrailError):
    """A form that no page of ours makes."""

    def __init__(self) -> None:
        super().__init__("This form could not be read. Go back, reload the page, and send it again.")


@dataclass(frozen=True, slots=True)
class Input:
    """One field as a form shows it. `entered` is what stands in it: texts, several only for `choices`.

    `options` have id, label and hint; `error` says why what was entered is not accepted.
    """

    id: str
    type: str
    label: str
    help: str
    required: bool
    options: tuple[Mapping[str, str], ...]
    unit: str
    entered: tuple[str, ...]
    error: str

    @property
    def text(self) -> str:
        """What stands in an input of one text."""
        return self.entered[0] if self.entered else ""


class Entered(NamedTuple):
    """What a person sent that was not accepted: the form as it came, and why by field."""

    form: Sent | None = None
    refusals: Mapping[str, Refusal] = {}

    def values(self, id: str) -> tuple[str, ...] | None:
        """The texts sent for a field; None where the form did not come from the screen that shows it."""
        return None if self.form is None else tuple(self.form.getlist(PREFIX + id))

    def error(self, key: str) -> str:
        """Why a field, a check or the option was not accepted, or nothing."""
        refusal = self.refusals.get(key)
        return refusal.message if refusal else ""

    def ticked(self, check: str, before: bool) -> bool:
        """Whether a check is shown ticked: as it was sent, else as it was `before`."""
        return before if self.form is None else check in self.form.getlist("check")


NOTHING = Entered()


def inputs(asks: Sequence[ShownAsk], locale: str, entered: Entered = NOTHING) -> tuple[Input, ...]:
    """The fields of a step's form, with what was sent, else answered before, else their default."""
    return tuple(_asked(ask, locale, entered) for ask in asks)


def starting(fields: Sequence[Field], link: Sent, name: str, entered: Entered = NOTHING) -> tuple[Input, ...]:
    """The fields of a start page, with what was sent, else what the link says, else their default.

    A field called `agent` is filled in with the signed-in person's `name`.
    """
    known = {field.id: tuple(_CONTROL.sub("", text) for text in link.getlist(field.id)) for field in fields}
    known["agent"] = known.get("agent") or (name,)
    return tuple(_given(field, known[field.id], entered) for field in fields)


def reply(form: Sent) -> Reply:
    """The answer that a step's form holds."""
    return Reply(form.get("option"), _values(form), tuple(form.getlist("check")), typed=True)


def opening(form: Sent) -> Start:
    """How the start page's form asks a session to start."""
    return Start(_values(form), reference=line(form, "reference") or None, key=line(form, "key") or None)


def seq(form: Sent) -> int:
    """The number of the last event that the page knew. Raises `UnreadableFormError`."""
    sent = form.get("seq") or ""
    if not _NUMBER.fullmatch(sent):
        raise UnreadableFormError
    return int(sent)


def kept(form: Sent, labels: Mapping[str, str]) -> dict[str, str]:
    """What a person entered, by what they know it as, for a page that could not take it; `labels` by field id."""
    sent = {name: ", ".join(filter(None, form.getlist(name))) for name in islice(form.keys(), MOST_PARTS)}
    names = {"option": "Answer", "check": "Checked", "text": "Note", "reason": "Reason"}
    names |= {PREFIX + id: label for id, label in labels.items()}
    words = ("option", "check")
    shown = {names[name]: _in_words(text) if name in words else text for name, text in sent.items() if name in names}
    return {label: text for label, text in shown.items() if text}


def line(form: Sent, name: str) -> str:
    """One text of a form or query without control characters; empty where it was not sent."""
    return _CONTROL.sub("", form.get(name) or "").strip()[:10_001]


def secret(form: Sent, name: str) -> str:
    """A password exactly as it was typed, but never with a NUL, which no keyboard types."""
    return (form.get(name) or "").replace("\0", "")[:1_000]


def cursor(query: Sent) -> str | None:
    """Where a list goes on; one that nobody made is taken as it is written, and finds nothing."""
    sent = query.get("cursor")
    return sent if sent is None or _CURSOR.fullmatch(sent) else "?"


def fresh_key() -> str:
    """A random word for a form that must not be carried out twice."""
    return token_urlsafe(18)


def _values(form: Sent) -> dict[str, Any]:
    names = list(form.keys())
    if len(names) > MOST_PARTS:
        raise UnreadableFormError
    sent = {name.removeprefix(PREFIX): form.getlist(name) for name in names if name.startswith(PREFIX)}
    return {id: found[0] if len(found) == 1 else found for id, found in sent.items()}


def _in_words(id: str) -> str:
    return id.replace("-", " ").capitalize()


def _asked(ask: ShownAsk, locale: str, entered: Entered) -> Input:
    sent = entered.values(ask.field)
    shown = _written(ask, locale) if sent is None else sent
    unit = ask.currency or ask.unit
    return Input(
        ask.field, ask.type, ask.label, ask.help, ask.required, ask.options, unit, shown, entered.error(ask.field)
    )


def _given(field: Field, known: tuple[str, ...], entered: Entered) -> Input:
    sent = entered.values(field.id)
    default = (field.default,) if field.default else ()
    shown = (known or default) if sent is None else sent
    options = tuple({"id": choice.id, "label": choice.label, "hint": choice.hint} for choice in field.options)
    unit = field.currency or field.unit
    return Input(
        field.id, field.type, field.label, field.help, field.required, options, unit, shown, entered.error(field.id)
    )


def _written(ask: ShownAsk, locale: str) -> tuple[str, ...]:
    """An earlier answer or the default as the person would type it."""
    if ask.typed is not None and ask.type not in ("boolean", "choice", "choices"):
        return (ask.typed,)
    match ask.value:
        case None:
            return ()
        case bool():
            return ("true" if ask.value else "false",)
        case list() | tuple():
            return tuple(ask.value)
    text = str(ask.value)
    if ask.type in ("number", "money"):
        return (text.replace(".", manner(locale).decimal),)
    return (date_text(date.fromisoformat(text), locale),) if ask.type == "date" else (text,)
