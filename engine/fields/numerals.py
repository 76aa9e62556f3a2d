"""Reading and writing digits in the manner of a locale, exactly: no floating point, no guessing."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from engine.errors import Refusal
from engine.fields.entry import unmarked
from engine.fields.field import Field
from engine.fields.locales import Affixes, Manner
from engine.fields.wording import named
from engine.sentences import counted, sentence

MOST_DIGITS = 18
"""How many digits may stand before the decimal sign."""

TOO_LARGE = 10**MOST_DIGITS
"""The first number that has more."""

MOST_DECIMALS = 10
"""How many digits may stand after it where the field does not say."""

EXACT = Context(prec=80, rounding=ROUND_HALF_UP, traps=[])
"""Wide enough for every value a field can hold; never raises."""

PLAIN = Affixes("", "", "-", "")

_SIGNS = {"-": "-", "\u2212": "-", "+": ""}


class Numeral(NamedTuple):
    """A numeral as typed: `-` or nothing, digits before and after the decimal sign."""

    sign: str
    whole: str
    part: str

    @property
    def value(self) -> Decimal:
        """The number meant; zero has no sign."""
        return _unsigned_zero(Decimal(f"{self.sign}{self.whole}.{self.part}"))


def split_sign(text: str) -> tuple[str, str]:
    """`-` or nothing, and the rest; marks of writing direction are dropped."""
    text = unmarked(text).strip()
    if text[:1] in _SIGNS:
        return _SIGNS[text[0]], text[1:].lstrip()
    return "", text


def numeral(text: str, manner: Manner) -> Numeral | None:
    """The numeral that the whole text is, or None: groups must be complete, so `1,5` is never read as 15."""
    sign, rest = split_sign(text)
    found = manner.numeral.fullmatch(rest)
    if found is None:
        return None
    whole = "".join(filter(str.isdigit, found["whole"]))
    return Numeral(sign, whole, found["part"] or "")


def refusal(field: Field, found: Numeral, manner: Manner, places: int) -> Refusal | None:
    """Why a numeral has too many digits, before or after the decimal sign."""
    if len(found.whole.lstrip("0")) > MOST_DIGITS:
        code = "too-small" if found.sign else "too-large"
        return Refusal(
            code, sentence("Enter {field} with at most {most} digits", field=named(field, manner), most=MOST_DIGITS)
        )
    if len(found.part) > places:
        facts = {"field": named(field, manner), "sample": sample(places, manner)}
        told = (
            sentence("Enter {field} without decimals, like {sample}", **facts)
            if not places
            else counted(
                "Enter {field} with at most {count} decimal, like {sample}",
                "Enter {field} with at most {count} decimals, like {sample}",
                places,
                **facts,
            )
        )
        return Refusal("too-many-decimals", told)
    return None


def sample(places: int, manner: Manner) -> str:
    """An example for messages: `1,250.00` with two places."""
    return written(rounded(Decimal(1250), places), manner)


def rounded(number: Decimal | int, places: int) -> Decimal:
    """The number with exactly so many decimals, rounded half up."""
    return _unsigned_zero(Decimal(number).quantize(Decimal((0, (1,), -places)), context=EXACT))


def trimmed(number: Decimal) -> Decimal:
    """The number without zeros at the end of its decimals."""
    text = f"{number:f}"
    return _unsigned_zero(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))


def written(number: Decimal | int, manner: Manner, group_from: int = 1_000, around: Affixes = PLAIN) -> str:
    """The number with the locale's signs; from `group_from` on, its whole part is grouped."""
    whole, _, part = f"{Decimal(number).copy_abs():f}".partition(".")
    if manner.group and int(whole) >= group_from:
        whole = _grouped(whole, manner)
    digits = f"{whole}{manner.decimal}{part}" if part else whole
    if number < 0:
        return f"{around.before_negative}{digits}{around.after_negative}"
    return f"{around.before}{digits}{around.after}"


def _grouped(whole: str, manner: Manner) -> str:
    """Groups of three from the right, in India of two after the first."""
    size = 2 if manner.pairs else 3
    head, last = whole[:-3], whole[-3:]
    first = len(head) % size
    groups = [head[:first], *(head[at : at + size] for at in range(first, len(head), size)), last]
    return manner.group.join(filter(None, groups))


def _unsigned_zero(number: Decimal) -> Decimal:
    return number or number.copy_abs()
