"""`url`: the address of a page on the web, as typed."""

import re

from engine.errors import Refusal
from engine.fields import texts
from engine.fields.field import Field
from engine.fields.hosts import as_on_the_net
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

LONGEST = 2_000
"""Characters an address has at most; browsers and programs that take it further cut longer ones."""

_ADDRESS = re.compile(r'https?://([^\s/?#@:\\]+)(?::([0-9]{1,5}))?(?:[/?#][^\s\\<>"]*)?', re.IGNORECASE)
_HIGHEST_PORT = 65_535
_SAMPLE = "https://example.com/page"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """An address with http or https and the name of a computer, without a user name or password in it."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST and text.isprintable() else None
    if found and as_on_the_net(found[1]) and 0 < int(found[2] or 80) <= _HIGHEST_PORT:
        return text
    return Refusal(
        "not-a-url",
        sentence("Enter {field} as a web address, like {sample}", field=named(field, manner), sample=_SAMPLE),
    )


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal("missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_SAMPLE))


KIND = Kind(parse, texts.show, missing)
