"""`long_text`: several lines."""

from engine.errors import Refusal
from engine.fields import texts
from engine.fields.entry import LONGEST
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """The lines as typed, joined by LF."""
    return texts.checked(field, text, manner, LONGEST)


KIND = Kind(parse, texts.show, texts.missing)
