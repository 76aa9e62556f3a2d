"""`boolean`: yes or no, a bool."""

from engine.errors import Refusal
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner
from engine.sentences import sentence

_WORDS = {
    "ar": ("نعم", "لا"),
    "de": ("Ja", "Nein"),
    "en": ("Yes", "No"),
    "es": ("Sí", "No"),
    "fr": ("Oui", "Non"),
    "hi": ("हाँ", "नहीं"),
    "it": ("Sì", "No"),
    "nl": ("Ja", "Nee"),
    "pl": ("Tak", "Nie"),
    "pt": ("Sim", "Não"),
}


def parse(field: Field, text: str, manner: Manner) -> bool | Refusal:
    """`true` or `false`; from people also the locale's words for yes and no."""
    word = text.casefold()
    yes, no = (name.casefold() for name in words(manner)) if manner.tag else ("true", "false")
    if word in ("true", yes):
        return True
    return False if word in ("false", no) else _refused("not-yes-or-no", field)


def words(manner: Manner) -> tuple[str, str]:
    """The words for yes and no; English where we have none."""
    return _WORDS.get(manner.language, _WORDS["en"])


def show(_field: Field, value: bool, manner: Manner) -> str:
    """The word for it."""
    return words(manner)[0 if value else 1]


def missing(field: Field, _manner: Manner) -> Refusal:
    """What to say when it is needed and was left blank."""
    return _refused("missing", field)


def _refused(code: str, field: Field) -> Refusal:
    return Refusal(code, sentence("Answer yes or no: {field}", field=field.label or field.id.replace("_", " ")))


KIND = Kind(parse, show, missing)
