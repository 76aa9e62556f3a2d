"""What text and long_text share: length, pattern, and characters that no page, log or export can carry."""

import re
from functools import lru_cache

from engine.errors import Refusal
from engine.fields.entry import LONGEST
from engine.fields.field import Field
from engine.fields.locales import Manner
from engine.fields.wording import named

LONGEST_WITH_PATTERN = 200
"""Texts matched against a `pattern` are no longer, so that a slow pattern stays bearable."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def checked(field: Field, text: str, manner: Manner, cap: int) -> str | Refusal:
    """The text, if its characters, length (at most `cap` where the field does not say) and form are right."""
    longest = min(field.max_length or cap, LONGEST_WITH_PATTERN if field.pattern else LONGEST)
    if _CONTROL.search(text):
        return _refused("control-character", field, manner, "without control characters; type it anew")
    if len(text) > longest:
        return _refused("too-long", field, manner, f"with at most {longest:,} characters, not {len(text):,}")
    if field.min_length and len(text) < field.min_length:
        return _refused("too-short", field, manner, f"with at least {field.min_length:,} characters")
    if field.pattern and not _compiled(field.pattern).fullmatch(text):
        mend = field.message or f"Enter {named(field, manner)} in the form that is asked for"
        return Refusal("wrong-pattern", mend)
    return text


def show(_field: Field, value: str, _manner: Manner) -> str:
    """The text itself."""
    return value


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when the text is needed and was left blank."""
    return Refusal("missing", f"Enter {named(field, manner)}")


def _refused(code: str, field: Field, manner: Manner, how: str) -> Refusal:
    return Refusal(code, f"Enter {named(field, manner)} {how}")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
