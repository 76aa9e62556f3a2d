"""What templates can do with a value: text to HTML, times to words, names of files to addresses."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request, url_for
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from engine.errors import HandrailError
from engine.sentences import Sentence, Sum, sentence
from web.context import current, language
from web.keys import KEYS
from web.language import LANGUAGES, Language, own_name
from web.parts import Parts
from web.rich_text import rich, rich_line

STATIC = Path(__file__).parent / "static"
MOST_ADDRESSES = 4096
"""How many are kept, of at most some 100 B each."""


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
    parts = app.extensions["parts"] = Parts(environment)
    environment.globals.update(once=parts.once, url_for=_addresses())
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
