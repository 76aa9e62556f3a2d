"""`text`: one line."""

from engine.errors import Refusal
from engine.fields import texts
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence

LONGEST = 1_000
"""Characters a text may have where its field does not say."""


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """The line as typed."""
    if "\n" in text:
        return Refusal("control-character", sentence("Enter {field} on one line", field=named(field, manner)))
    return texts.checked(field, text, manner, LONGEST)


KIND = Kind(parse, texts.show, texts.missing)
