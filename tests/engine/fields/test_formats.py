"""The formats of `{{ value | format }}`."""

from datetime import date
from decimal import Decimal

import pytest

from engine.fields.catalogue import TYPES
from engine.fields.field import Choice, Field, Value
from engine.fields.formats import FORMATS, formatted

MONEY = Field("due", "money", currency="EUR")
NUMBER = Field("rate", "number")
DATE = Field("when", "date")
MONTH = Field("start", "month")
SHARE = Field("share", "percent")
MOOD = Field("mood", "rating")
HOME = Field("home", "country")
TEXT = Field("name", "text")
FAULTS = Field("faults", "choices", options=(Choice("late", "Late"), Choice("broken", "Broken")))


@pytest.mark.parametrize(
    ("field", "value", "name", "locale", "text"),
    [
        (MONEY, Decimal(1250), "money", "en", "€1,250.00"),
        (MONEY, Decimal("1250.005"), "money", "de", "1.250,01\u00a0€"),
        (MONEY, Decimal("156.250"), "", "en", "€156.25"),
        (MONEY, Decimal("1250.50"), "number", "en", "1,250.50"),
        (NUMBER, Decimal("-12.5"), "percent", "en", "-12.5%"),
        (NUMBER, Decimal("12.5"), "percent", "de", "12,5\u00a0%"),
        (DATE, date(2026, 3, 9), "date", "en-GB", "9 Mar 2026"),
        (DATE, date(2026, 3, 9), "long_date", "de", "9. März 2026"),
        (MONTH, "2026-03", "date", "en", "Mar 2026"),
        (MONTH, "2026-03", "long_date", "es", "marzo de 2026"),
        (SHARE, Decimal("12.5"), "", "en", "12.5%"),
        (SHARE, Decimal("12.5"), "number", "de", "12,5"),
        (SHARE, Decimal("12.5"), "percent", "de", "12,5\u00a0%"),
        (MOOD, 4, "number", "de", "4"),
        (HOME, "AT", "upper", "de", "ÖSTERREICH"),
        (TEXT, "Zoë", "upper", "en", "ZOË"),
        (FAULTS, ("late", "broken"), "list", "en", "Late and Broken"),
        (TEXT, "Zoë", "", "en", "Zoë"),
        (DATE, None, "long_date", "en", ""),
    ],
)
def test_a_value_is_written_in_the_format_asked_for(
    field: Field, value: Value, name: str, locale: str, text: str
) -> None:
    assert formatted(field, value, name, locale) == text


def test_every_format_names_the_types_it_can_write() -> None:
    assert all(types and types <= set(TYPES) for types in FORMATS.values())
