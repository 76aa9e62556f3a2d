"""How messages name a field: in the middle of a sentence, by the label its author gave it."""

from engine.fields.field import Field
from engine.fields.locales import Manner
from engine.sentences import Sentence, sentence

_DETERMINERS = "a an the this that these those my your our their his her its"
_QUESTIONS = "how what when where whether which who whose why is are was were do does did has have can will"
_DETERMINED = frozenset([*_DETERMINERS.split(), *_QUESTIONS.split()])
"""First words that take no `the` before them."""


def either(one: str, other: str) -> str:
    """Two ways to write a thing, once where they are the same."""
    return one if one == other else sentence("{one} or {other}", one=one, other=other)


def named(field: Field, manner: Manner) -> Sentence:
    """`Amount due` → `the amount due`, `Your name` → `your name`, `IBAN` → `the IBAN`; else in quotes.

    In other languages than English it is always told in quotes.
    """
    label = field.label.strip().rstrip(":") or field.id.replace("_", " ")
    quoted = sentence("“{label}”", label=label)
    if manner.language != "en" or label.endswith("?"):
        return quoted
    if label[1:2].islower():
        label = label[0].lower() + label[1:]
    told = label if label.split()[0].casefold() in _DETERMINED else f"the {label}"
    return Sentence(told, quoted.pattern, quoted.facts)
