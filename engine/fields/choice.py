"""`choice`: one of the field's options, its id."""

from engine.errors import Refusal
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.fields.wording import named
from engine.sentences import sentence


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """The id of one of the options."""
    if any(option.id == text for option in field.options):
        return text
    return Refusal("not-an-option", sentence("Choose {field} from the answers offered", field=named(field, manner)))


def show(field: Field, value: str, _manner: Manner) -> str:
    """The option's label."""
    return next((option.label for option in field.options if option.id == value), value)


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and nothing was chosen."""
    return Refusal("missing", sentence("Choose {field}", field=named(field, manner)))


KIND = Kind(parse, show, missing)
