"""`email`: an e-mail address as typed, its domain in small letters."""

import re
import unicodedata

from engine.errors import Refusal
from engine.fields import texts
from engine.fields.field import Field
from engine.fields.hosts import as_on_the_net
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

LONGEST, LONGEST_MAILBOX = 254, 64
"""Characters an address has at most, and bytes what stands before the @ (RFC 5321 §4.5.3.1)."""

_MAILBOX = re.compile(r'[^\s@.,:;"()<>\[\]\\]+(?:\.[^\s@.,:;"()<>\[\]\\]+)*')
_SAMPLE = "name@example.com"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """One address, also with letters beyond ASCII before and after its @."""
    mailbox, _, domain = text.partition("@")
    domain = unicodedata.normalize("NFC", domain.lower())
    if _is_mailbox(mailbox) and _is_domain(domain) and len(text) <= LONGEST:
        return f"{mailbox}@{domain}"
    return Refusal(
        "not-an-email",
        sentence("Enter {field} as one e-mail address, like {sample}", field=named(field, manner), sample=_SAMPLE),
    )


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return Refusal("missing", sentence("Enter {field}, like {sample}", field=named(field, manner), sample=_SAMPLE))


def _is_mailbox(text: str) -> bool:
    known = text.isprintable() and _MAILBOX.fullmatch(text)
    return bool(known) and len(text.encode()) <= LONGEST_MAILBOX


def _is_domain(text: str) -> bool:
    """Whether mail can be sent there from anywhere: a name with a dot, no number."""
    *above, last = as_on_the_net(text).split(".")
    return bool(above) and text.isprintable() and not last.isdigit()


KIND = Kind(parse, texts.show, missing)
