"""What text and long_text share: length, pattern, and characters that no page, log or export can carry."""

import re
from functools import lru_cache

from engine.errors import Refusal
from engine.fields.entry import LONGEST
from engine.fields.field import Field
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

LONGEST_WITH_PATTERN = 200
"""Texts matched against a `pattern` are no longer, so that a slow pattern stays bearable."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def checked(field: Field, text: str, manner: Manner, cap: int) -> str | Refusal:
    """The text, if its characters, length (at most `cap` where the field does not say) and form are right."""
    longest = min(field.max_length or cap, LONGEST_WITH_PATTERN if field.pattern else LONGEST)
    if _CONTROL.search(text):
        return Refusal(
            "control-character",
            sentence("Enter {field} without control characters; type it anew", field=named(field, manner)),
        )
    if len(text) > longest:
        return Refusal(
            "too-long",
            sentence(
                "Enter {field} with at most {most} characters, not {length}",
                field=named(field, manner),
                most=longest,
                length=len(text),
            ),
        )
    if field.min_length and len(text) < field.min_length:
        return Refusal(
            "too-short",
            sentence(
                "Enter {field} with at least {least} characters", field=named(field, manner), least=field.min_length
            ),
        )
    if field.pattern and not _compiled(field.pattern).fullmatch(text):
        mend = field.message or sentence("Enter {field} in the form that is asked for", field=named(field, manner))
        return Refusal("wrong-pattern", mend)
    return text


def show(_field: Field, value: str, _manner: Manner) -> str:
    """The text itself."""
    return value


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when the text is needed and was left blank."""
    return Refusal("missing", sentence("Enter {field}", field=named(field, manner)))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
