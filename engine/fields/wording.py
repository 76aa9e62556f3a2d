"""How messages name a field: in the middle of a sentence, by the label its author gave it."""

from engine.fields.field import Field
from engine.fields.locales import Manner

_DETERMINERS = "a an the this that these those my your our their his her its"
_QUESTIONS = "how what when where whether which who whose why is are was were do does did has have can will"
_DETERMINED = frozenset([*_DETERMINERS.split(), *_QUESTIONS.split()])
"""First words that take no `the` before them."""


def named(field: Field, manner: Manner) -> str:
    """`Amount due` → `the amount due`, `Your name` → `your name`, `IBAN` → `the IBAN`; else in quotes."""
    label = field.label.strip().rstrip(":") or field.id.replace("_", " ")
    if manner.language != "en" or label.endswith("?"):
        return f"“{label}”"
    if label[1:2].islower():
        label = label[0].lower() + label[1:]
    return label if label.split()[0].casefold() in _DETERMINED else f"the {label}"
