"""What templates can do with a value: text to HTML, times to words, names of files to addresses."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request, url_for
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from engine.errors import HandrailError
from engine.sentences import Sentence, Sum, sentence
from web.context import current, language
from web.forms import NOTHING, Entered
from web.keys import KEYS
from web.language import LANGUAGES, Language, own_name
from web.rich_text import rich, rich_line
from web.security import csrf_token

STATIC = Path(__file__).parent / "static"
SEQ = "\ue000"
"""Stands where a part has the `seq`, until it is shown; no text has this character."""
MOST_PARTS, MOST_ADDRESSES = 2048, 4096
"""How many are kept: of at most some 8 kB and 100 B each."""


class Page(Template):
    """A template whose macros are made once for all pages: no page of ours is given globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        return super()._get_default_module()  # Jinja compares all names of globals at each import, to be told the same


def install(app: Flask, time_zone: str) -> None:
    """Give the templates their filters and globals, and the language of whoever reads them."""
    zone, environment = ZoneInfo(time_zone), app.jinja_env
    environment.template_class = Page
    environment.filters.update(
        own_name=own_name,
        rich=rich,
        rich_line=rich_line,
        moment=lambda at: language().moment(at, zone),
        clock=lambda at: language().time(at.astimezone(zone), seconds=True),
        machine_time=machine_time,
        duration=lambda seconds: language().told(duration(seconds)),
        day=lambda day: language().day(day),
        stamp=lambda at: stamp(at, zone),
        tongue=lambda text, tag: told(text) if isinstance(text, Sentence) else language().tongue(text, tag),
        number=lambda number: language().number(number),
    )
    environment.globals.update(
        asset=_assets(), current=current, keys=KEYS, language=language, interface_languages=LANGUAGES
    )
    once, once_each = _parts(environment)
    environment.globals.update(once=once, once_each=once_each, url_for=_addresses())
    environment.add_extension("jinja2.ext.i18n")
    environment.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.finalize = told


def told(value: Any) -> Any:
    """What a page shows of a value: sentences, also those of refusals, in the language of the page."""
    if isinstance(value, HandrailError):
        value = value.sentence
    return language().told(value) if isinstance(value, Sentence | Sum) else value


def gettext(message: str, /, **facts: Any) -> Markup:
    """A message of a template in the language of the page, safe as HTML; the facts in it are escaped."""
    return _filled(language().message(message), facts) if facts else _safe(language(), message)


@lru_cache(maxsize=2048)
def _safe(speaks: Language, message: str) -> Markup:
    return Markup(speaks.message(message))  # noqa: S704 - it comes from a template or a catalogue of ours


def ngettext(one: str, many: str, num: int, /, **facts: Any) -> Markup:
    """One of two messages, by a number that both may show as `%(num)s`."""
    speaks = language()
    return _filled(speaks.message(one, many, num), {"num": speaks.number(num), **facts})


def _filled(message: str, facts: dict[str, Any]) -> Markup:
    safe = Markup(message)  # noqa: S704 - it comes from a template or a catalogue of ours
    return safe % {name: told(fact) for name, fact in facts.items()}


def stamp(at: datetime | date, zone: ZoneInfo) -> Markup:
    """A time or a day as people read it, with what programs read beside it."""
    if isinstance(at, datetime):
        return Markup('<time datetime="{}">{}</time>').format(machine_time(at), language().moment(at, zone))
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), language().day(at))


def machine_time(at: datetime) -> str:
    """A time for programs: RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float | None) -> str:
    """How long something took: `8 s`, `2 min 5 s`, `1 h 3 min`; nothing where it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return sentence("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return sentence("{minutes} min {seconds} s", minutes=minutes, seconds=rest) if minutes else f"{rest} s"


def _parts(environment: Environment) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
    """What stands alike on all pages that one sign-in sees of a session, but for the `seq`: rendered once for them all.

    Such a part gets nothing but what is named, so that it can show nothing else. A form that was refused is not kept.
    The second is for lists: the same for each `item`.
    """

    def render(name: str, shown: Mapping[str, object]) -> Markup:
        return Markup(environment.get_template(name).render(shown))  # noqa: S704 - the template has escaped it

    @lru_cache(maxsize=MOST_PARTS)
    def kept(name: str, _secret: str, _speaks: Language, shown: tuple[tuple[str, Hashable], ...]) -> Markup:
        return render(name, {**dict(shown), "entered": NOTHING, "seq": SEQ})

    def once(name: str, entered: Entered = NOTHING, seq: int = 0, **shown: Hashable) -> Markup:
        if entered.refusals:
            return render(name, {**shown, "entered": entered, "seq": seq})
        return kept(name, csrf_token(), language(), tuple(shown.items())).replace(SEQ, str(seq))

    def once_each(name: str, items: Iterable[Hashable], **shown: Hashable) -> Markup:
        secret, speaks, rest = csrf_token(), language(), tuple(shown.items())
        parts = "".join([kept(name, secret, speaks, (("item", item), *rest)) for item in items])
        return Markup(parts)  # noqa: S704 - each part is escaped

    return once, once_each


def _addresses() -> Callable[..., str]:
    """`url_for`, which a page asks for the same addresses again and again."""

    @lru_cache(maxsize=MOST_ADDRESSES)
    def kept(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return url_for(endpoint, **dict(values))

    return lambda endpoint, **values: kept(request.script_root, endpoint, tuple(values.items()))


def _assets() -> Callable[[str], str]:
    """Addresses of files under static/ that change with what is in them; read once."""
    digests: dict[str, str] = {}

    def address(name: str) -> str:
        if name not in digests:
            digests[name] = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
        return url_for("assets.file", name=name, v=digests[name])

    return address
