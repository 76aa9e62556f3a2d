"""Parts of pages that stand alike on many of them: rendered once for all, and then only filled in."""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from secrets import token_hex
from typing import Any, cast

from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

from web.context import reader
from web.forms import NOTHING, Entered
from web.language import Language

MOST = 2048
"""How many are kept, of at most some 8 kB each."""
NO_GAPS: Mapping[str, str] = {}
_UNGUESSABLE = token_hex(8)
_MARK = re.compile(rf"([a-z_]+)-{_UNGUESSABLE}")


def _mark(name: str) -> Markup:
    """Stands where a gap is until it is filled; nobody can write it, since every process draws another."""
    return Markup(f"{name}-{_UNGUESSABLE}")  # noqa: S704 - letters and digits


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
        by = reader()
        session_id = by.session_id
        own = {"seq": seq, "session_id": session_id, "secret": by.form_secret, **gaps}
        if entered.refusals:
            return self.rendered(name, {**shown, **own, "entered": entered})
        for id, value in shown.items() if session_id else ():
            if type(value) is str and value[:1] == "/":  # an address of the session whose page it stands on
                shown[id] = value.replace(session_id, _mark("session_id"))
        filled = tuple([id for id, html in gaps.items() if html])
        return Markup(self._kept(name, by.language, filled, *shown.items()) % own)  # noqa: S704 - escaped when made

    def each_once(self, name: str, items: Iterable[Hashable], **shown: Hashable) -> Markup:
        """The same part for each `item`, one after the other."""
        by, rest = reader(), shown.items()
        parts = "".join([self._kept(name, by.language, (), ("item", item), *rest) for item in items])
        return Markup(parts % {"session_id": by.session_id, "secret": by.form_secret})  # noqa: S704 - escaped when made

    def _made(self, name: str, _speaks: Language, gaps: tuple[str, ...], *shown: tuple[str, Any]) -> str:
        """The HTML of a part as a pattern for `%`, with a place for each gap."""
        marks = {id: _mark(id) for id in ("seq", "session_id", *gaps)}
        html = self.rendered(name, {**dict(shown), **marks, "entered": NOTHING})
        for id, own in (("secret", reader().form_secret), ("session_id", reader().session_id)):
            html = html.replace(own, _mark(id)) if own else html
        return _MARK.sub(r"%(\1)s", html.replace("%", "%%"))

    def rendered(self, name: str, shown: Mapping[str, Any]) -> Markup:
        """A part for one page alone."""
        return Markup(self._environment.get_template(name).render(shown))  # noqa: S704 - the template has escaped it


def parts() -> Parts:
    """Those of the running application."""
    return cast(Parts, current_app.extensions["parts"])
