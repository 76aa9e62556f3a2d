"""What a browser sent, as the replies and texts that use cases take, and the inputs that a form shows.

Names in a form: `field.<id>` for values, `check` for each ticked check, `option`, `reason:<id>` for why a locked
option is chosen or a check left open, `seq`, `text`, `reason`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from secrets import token_urlsafe
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from engine.errors import HandrailError, Refusal
from engine.fields.catalogue import plain, read
from engine.fields.field import Field
from engine.fields.hands import Hands, hands, parse_by
from engine.replies import Reply
from engine.sentences import sentence
from engine.shown import ShownAsk
from engine.state import State
from web.language import own_name
from web.samples import Choices, choices, marks, sample, written
from web.storage.clients import Client
from web.use_cases.changes import Change, found
from web.use_cases.clients import DETAILS, Filter
from web.use_cases.desk import Start, StartForm
from web.use_cases.endings import KINDS, STATUSES
from web.use_cases.listing import Filter as Wanted

PREFIX = "field."
REASON = "reason:"
LAST_YEAR = 9999
MOST_PARTS = 200
"""More entries than any form of ours has; a body with more was not made by one."""

CHOSEN = frozenset({"boolean", "choice", "choices", "rating", "country"})
"""The types whose values are chosen, not typed."""

TEXTS = frozenset({"text", "long_text", "email", "phone", "url"})
"""The types whose values are written as they are, in whatever language."""

_UNITS = {"percent": "%"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NUMBER = re.compile("[0-9]{1,12}")
_LOCALE = re.compile("[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_CURSOR = re.compile("[A-Za-z0-9_.:=~-]{1,200}")


class Sent(Protocol):
    """A form or query as it was sent: every name with one text or more."""

    def get(self, name: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...
    def keys(self, /) -> Iterable[str]: ...


class UnreadableFormError(HandrailError):
    """A form that no page of ours makes."""

    def __init__(self) -> None:
        super().__init__(sentence("This form could not be read. Go back, reload the page, and send it again."))


_FORM_TYPES = frozenset(
    f"application/x-www-form-urlencoded{charset}" for charset in ("", ";charset=UTF-8", "; charset=utf-8")
)
"""How browsers say so, for a form and for what a script sends."""


class SentRequest(Request):
    """A request whose form is read in one go: the forms of our pages are small, and bring no files."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """Every name with its texts. Raises `RequestEntityTooLarge`."""
        if self.environ.get("CONTENT_TYPE") not in _FORM_TYPES:
            return super().form
        self.__dict__["files"] = ImmutableMultiDict()  # else Werkzeug would look for them in a form that is read
        text = self.get_data().decode(errors="replace")
        return ImmutableMultiDict(parse_qsl(text, keep_blank_values=True, errors="replace"))


@dataclass(frozen=True, slots=True)
class Input:
    """One field as a form shows it. `entered` is what stands in it: texts, several only for `choices`.

    `options` have id, label and hint; `sample` shows how it may be written, where that is not plain; `error` says why
    what was entered is not accepted. The `first` of a page is where typing begins when it opens. Words of a guide are
    in its `language`; "" for those of the page.
    """

    id: str
    type: str
    label: str
    help: str
    required: bool
    options: Choices
    unit: str
    sample: str
    entered: tuple[str, ...]
    error: str
    first: bool = False
    language: str = ""

    @property
    def text(self) -> str:
        """What stands in an input of one text."""
        return self.entered[0] if self.entered else ""


class Entered(NamedTuple):
    """What a person sent that was not accepted: the form as it came, and why by field.

    A form `beside` the step, like that of the note, says nothing about the step's own fields.
    """

    form: Sent | None = None
    refusals: Mapping[str, Refusal] = {}
    beside: bool = False

    @property
    def own(self) -> Sent | None:
        """The step's own form, where that was sent."""
        return None if self.beside else self.form

    def values(self, id: str) -> tuple[str, ...] | None:
        """The texts sent for a field; None where the form did not come from the screen that shows it."""
        return None if self.own is None else tuple(CONTROL.sub("", text) for text in self.own.getlist(PREFIX + id))

    def error(self, key: str) -> str:
        """Why a field, a check or the option was not accepted, or nothing."""
        refusal = self.refusals.get(key)
        return refusal.message if refusal else ""

    def ticked(self, check: str, before: bool) -> bool:
        """Whether a check is shown ticked: as it was sent, else as it was `before`."""
        return before if self.own is None else check in self.own.getlist("check")

    @property
    def option(self) -> str | None:
        """The answer that was sent."""
        return None if self.own is None else self.own.get("option")

    def text(self, name: str) -> str:
        """The words that were sent under a name."""
        return "" if self.form is None else line(self.form, name)

    def reason(self, id: str, before: Mapping[str, str]) -> str:
        """The reason shown for an option or a check: as it was sent, else as it was `before`."""
        return before.get(id, "") if self.own is None else reason(self.own, id)


class Tongue(NamedTuple):
    """A language to start a guide in, by its own name; `link` leads to the start page in it."""

    name: str
    language: str
    link: str
    chosen: bool


NOTHING = Entered()


def inputs(asks: Sequence[ShownAsk], by: Hands, entered: Entered = NOTHING, language: str = "") -> tuple[Input, ...]:
    """The fields of a step's form, with what was sent, else answered before, else their default."""
    return tuple(replace(_asked(ask, by, entered), language=language) for ask in asks)


def starting(form: StartForm, reader: str, link: Sent, entered: Entered = NOTHING) -> tuple[Input, ...]:
    """The fields of a start page, with what was sent, else what the link says, else their default."""
    known = {field.id: tuple(CONTROL.sub("", text) for text in link.getlist(field.id)) for field in form.fields}
    by = hands(reader, form.locale)
    asked = tuple(_given(field, known[field.id], by, entered) for field in form.fields)
    told = tuple(replace(each, language=form.language) for each in asked)
    return told if entered.form else tuple(replace(each, first=each is told[0]) for each in told)


def languages(form: StartForm, link: Sent) -> tuple[Tongue, ...]:
    """The languages of a start page, where there is a choice; each link says what the page's own says."""
    names = (*(field.id for field in form.fields), "client", "reference")
    said = [(name, text) for name in names if name != "locale" for text in link.getlist(name)]
    tongues = (
        Tongue(own_name(each), each, "?" + urlencode([("locale", locale), *said]), chosen=each == form.language)
        for locale, each in form.languages
    )
    return tuple(tongues) if len(form.languages) > 1 else ()


def reply(form: Sent, reader: str = "") -> Reply:
    """The answer that a step's form holds, typed by a `reader` of this locale.

    A check that is ticked needs no reason, whatever stands there.
    """
    sent, checks = given(form), tuple(form.getlist("check"))
    names = (name.removeprefix(REASON) for name in list(form.keys()) if name.startswith(REASON))
    reasons = {id: reason(form, id) for id in names if id not in checks}
    return Reply(form.get("option"), sent, checks, typed=True, reasons=reasons, reader=reader)


def change(form: Sent, reader: str = "") -> Change:
    """An earlier answer, given anew. Raises `NotFoundError`."""
    sent = reply(form, reader)
    return Change(found(line(form, "at")), sent._replace(option=sent.option or None), line(form, "why"))


class Detour(NamedTuple):
    """The fields of a guide that is opened during a call: those to ask for, and those `known` there already."""

    inputs: tuple[Input, ...]
    known: tuple[Input, ...]


def detour(form: StartForm, reader: str, state: State, entered: Entered = NOTHING) -> Detour:
    """What a guide asks for that is opened where the session stands, with what was sent."""
    carried = _carried(form, state)
    every = starting(form, reader, carried, entered)
    known = tuple(each for each in every if carried.get(each.id) and not each.error)
    asked = [_on_its_own(each, form) for each in every if each not in known]
    return Detour(tuple(replace(each, first=each is asked[0] and not entered.form) for each in asked), known)


def _on_its_own(input: Input, form: StartForm) -> Input:
    """A field without what it says of where else its value may come from: a call that knows it does not ask."""
    elsewhere = any(field.id == input.id and field.source for field in form.fields)
    return replace(input, help="") if elsewhere else input


def _carried(form: StartForm, state: State) -> Sent:
    """What is known where the session stands, by fields of the same name and type: texts only."""
    fields, known = state.visit.frame.guide.fields, state.values
    same = (each for each in form.fields if each.id in fields and each.type == fields[each.id].type)
    found = {each.id: known.get(each.id) for each in same if each.type in TEXTS}
    return MultiDict({id: value for id, value in found.items() if isinstance(value, str)})


def opening(form: Sent, reader: str = "") -> Start:
    """How the start page's form asks a session to start."""
    reference, key = line(form, "reference") or None, line(form, "key") or None
    practice = bool(line(form, "practise"))
    client, tongue = line(form, "client"), locale(form)
    said = Start(given(form), client=client, reference=reference, locale=tongue, reader=reader)
    return replace(said, key=key, practice=practice)


def locale(sent: Sent) -> str | None:
    """The locale that a form or a link names for a new session; None where it names none, or nothing like one."""
    found = line(sent, "locale")
    return found if _LOCALE.fullmatch(found) else None


def seq(form: Sent) -> int:
    """The number of the last event that the page knew. Raises `UnreadableFormError`."""
    return number(form, "seq")


def number(form: Sent, name: str) -> int:
    """A number that a page of ours holds. Raises `UnreadableFormError`."""
    sent = form.get(name) or ""
    if not _NUMBER.fullmatch(sent):
        raise UnreadableFormError
    return int(sent)


def due(sent: Sent) -> Filter:
    """Which promises a page lists."""
    by = line(sent, "by")
    return Filter(by if by in ("client", "us") else "", bool(line(sent, "mine")))


def wanted(sent: Sent) -> Wanted:
    """What the list of sessions is narrowed to; what cannot be read narrows nothing."""
    how, who = line(sent, "how"), line(sent, "who")
    return Wanted(
        guide=line(sent, "guide")[:100],
        how=how if how in (*KINDS, *STATUSES) else "",
        who=int(who) if _NUMBER.fullmatch(who) else None,
        client=line(sent, "client")[:200],
        flagged=bool(line(sent, "flagged")),
        first=_day(line(sent, "first")),
        last=_day(line(sent, "last")),
    )


def details(form: Sent) -> dict[str, str]:
    """What a form says of a client."""
    return {id: form.get(PREFIX + id) or "" for id in DETAILS if form.get(PREFIX + id) is not None}


def details_of(client: Client, entered: Entered = NOTHING) -> tuple[Input, ...]:
    """The form with what is known of a client."""
    return tuple(
        Input(
            id=id,
            type=field.type,
            label=field.label,
            help=sentence("Like en or de-CH") if id == "language" else "",
            required=False,
            options=(),
            unit="",
            sample="",
            entered=entered.values(id) or (getattr(client, id) or "",),
            error=entered.error(id),
        )
        for id, field in DETAILS.items()
    )


def line(form: Sent, name: str) -> str:
    """One text of a form or query without control characters; empty where it was not sent."""
    return CONTROL.sub("", form.get(name) or "").strip()[:10_001]


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


def given(form: Sent) -> dict[str, Any]:
    """The values that a form holds, by field id. Raises `UnreadableFormError`."""
    names = list(form.keys())
    if len(names) > MOST_PARTS:
        raise UnreadableFormError
    sent = {name.removeprefix(PREFIX): form.getlist(name) for name in names if name.startswith(PREFIX)}
    return {id: found[0] if len(found) == 1 else found for id, found in sent.items()}


def reason(form: Sent, id: str) -> str:
    """The first words sent as a reason for an option or a check: a page may ask for them in two places."""
    texts = (CONTROL.sub("", text) for text in form.getlist(REASON + id))
    return next((text for text in texts if text.strip()), "")


def _day(text: str) -> date | None:
    """A day that a date field of a browser sends."""
    found = read(Field("day", "date"), text)
    return found if isinstance(found, date) and found.year < LAST_YEAR else None


def _asked(ask: ShownAsk, by: Hands, entered: Entered) -> Input:
    sent = entered.values(ask.field)
    field = Field(ask.field, ask.type, currency=ask.currency)
    known = (ask.typed or "",) if _as_typed(ask, field, by) else written(field, ask.value, by)
    return Input(
        id=ask.field,
        type=ask.type,
        label=ask.label,
        help=ask.help,
        required=ask.required,
        options=marks(ask.max) if ask.type == "rating" else choices(ask.type, ask.options, by.own),
        unit=_UNITS.get(ask.type) or ask.currency or ask.unit,
        sample=sample(ask.type, by),
        entered=known if sent is None else sent,
        error=entered.error(ask.field),
    )


def _as_typed(ask: ShownAsk, field: Field, by: Hands) -> bool:
    """Whether what was typed before can stand there again: a colleague may write in another manner."""
    if ask.typed is None or ask.type in CHOSEN:
        return False
    return ask.type in TEXTS or parse_by(field, ask.typed, by) == read(field, ask.value)


def _given(field: Field, known: tuple[str, ...], by: Hands, entered: Entered) -> Input:
    sent = entered.values(field.id)
    default = read(field, field.default)
    assert not isinstance(default, Refusal), "a default was read when the guide compiled"
    own = tuple({"id": choice.id, "label": choice.label, "hint": choice.hint} for choice in field.options)
    return Input(
        id=field.id,
        type=field.type,
        label=field.label,
        help=field.help,
        required=field.required,
        options=marks(field.highest) if field.type == "rating" else choices(field.type, own, by.own),
        unit=_UNITS.get(field.type) or field.currency or field.unit,
        sample=sample(field.type, by),
        entered=(known or written(field, plain(default), by)) if sent is None else sent,
        error=entered.error(field.id),
    )
