"""`choices`: any of the field's options, a tuple of ids in the field's order."""

from collections.abc import Iterable

from engine.errors import Refusal
from engine.fields import choice
from engine.fields.entry import several
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import CANONICAL, Manner, list_text
from engine.fields.wording import named
from engine.sentences import sentence


def parse(field: Field, texts: Iterable[str], manner: Manner) -> tuple[str, ...] | Refusal:
    """The ids of the options chosen, each once; the field's `none_option` stands alone."""
    chosen = set(texts)
    if not chosen <= {option.id for option in field.options}:
        return Refusal("not-an-option", sentence("Choose {field} from the answers offered", field=named(field, manner)))
    if field.none_option in chosen and len(chosen) > 1:
        none = choice.show(field, field.none_option, CANONICAL)
        return Refusal(
            "excludes-others", sentence("Choose “{option}” alone, or leave it out and choose others", option=none)
        )
    return tuple(option.id for option in field.options if option.id in chosen)


def show(field: Field, value: tuple[str, ...], manner: Manner) -> str:
    """The labels as a list in the locale's words."""
    return list_text([choice.show(field, item, manner) for item in value], manner.tag or "en")


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and nothing was chosen."""
    return Refusal("missing", sentence("Choose at least one of {field}", field=named(field, manner)))


KIND = Kind(parse, show, missing, several)
