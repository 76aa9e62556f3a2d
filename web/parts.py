"""Parts of pages that stand alike on many of them: rendered once for all, and then only filled in."""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from secrets import token_hex
from typing import Any, NamedTuple

from flask import g, request
from jinja2 import Environment
from markupsafe import Markup

from web.context import current, language
from web.forms import NOTHING, Entered
from web.language import Language
from web.security import csrf_token

MOST = 2048
"""How many are kept, of at most some 8 kB each."""
NO_GAPS: Mapping[str, str] = {}
_UNGUESSABLE = token_hex(8)
_MARK = re.compile(rf"([a-z_]+)-{_UNGUESSABLE}")


def _mark(name: str) -> Markup:
    """Stands where a gap is until it is filled; nobody can write it, since every process draws another."""
    return Markup(f"{name}-{_UNGUESSABLE}")  # noqa: S704 - letters and digits


class Part(NamedTuple):
    """HTML in pieces, and the names of the gaps between them."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]

    def filled(self, by: Mapping[str, str]) -> str:
        """The HTML with its gaps filled."""
        return "".join(chain.from_iterable(zip(self.pieces, (*map(by.__getitem__, self.gaps), ""))))


class Reader(NamedTuple):
    """Whose page is made: the language it speaks, the session it is of ("" for none), the secret of its forms."""

    speaks: Language
    session_id: str
    secret: str


class Parts:
    """The parts of a template environment's pages.

    A part gets nothing but what is named, so that it can show nothing else; it may be shown to anybody. What differs
    from page to page is filled in afterwards: its `seq`, `session_id` and form secret, and the `gaps`, which are HTML.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._kept = lru_cache(maxsize=MOST)(self._made)

    def once(
        self, name: str, entered: Entered = NOTHING, seq: int = 0, gaps: Mapping[str, str] = NO_GAPS, **shown: Hashable
    ) -> Markup:
        """A part by its template's name. One with a form that was refused is made for its page alone."""
        reader = _reader()
        own = {"seq": str(seq), "session_id": reader.session_id, "secret": reader.secret, **gaps}
        if entered.refusals:
            return Markup(self._rendered(name, {**shown, **own, "entered": entered}))  # noqa: S704 - it is escaped
        if reader.session_id:
            shown = {id: _anybodys(value, reader.session_id) for id, value in shown.items()}
        filled = tuple([id for id, html in gaps.items() if html])
        part = self._kept(name, reader.speaks, filled, tuple(shown.items()))
        return Markup(part.filled(own))  # noqa: S704 - the templates have escaped it

    def each_once(self, name: str, items: Iterable[Hashable], **shown: Hashable) -> Markup:
        """The same part for each `item`, one after the other."""
        reader, rest = _reader(), tuple(shown.items())
        own = {"session_id": reader.session_id, "secret": reader.secret}
        parts = [self._kept(name, reader.speaks, (), (("item", item), *rest)).filled(own) for item in items]
        return Markup("".join(parts))  # noqa: S704 - the template has escaped them

    def _made(self, name: str, _speaks: Language, gaps: tuple[str, ...], shown: tuple[tuple[str, Any], ...]) -> Part:
        marks = {id: _mark(id) for id in ("seq", "session_id", *gaps)}
        html = self._rendered(name, {**dict(shown), **marks, "entered": NOTHING})
        reader = _reader()
        for id, own in (("secret", reader.secret), ("session_id", reader.session_id)):
            html = html.replace(own, _mark(id)) if own else html
        pieces = _MARK.split(html)
        return Part(tuple(pieces[::2]), tuple(pieces[1::2]))

    def _rendered(self, name: str, shown: Mapping[str, Any]) -> str:
        return self._environment.get_template(name).render(shown)


def _reader() -> Reader:
    """Whose page this request makes."""
    known: Reader | None = g.get("reader")
    if known is None:
        session_id = (request.view_args or {}).get("session_id", "")
        known = g.reader = Reader(language(), session_id, csrf_token() if current() else "")
    return known


def _anybodys(value: Hashable, session_id: str) -> Hashable:
    """An address without the id of the session whose page it stands on."""
    return value.replace(session_id, _mark("session_id")) if type(value) is str and value[:1] == "/" else value
