"""The languages of the interface: what each calls things, and how its people write dates, times and numbers.

English is in the code and the templates; every other language is a catalogue, read once:
`locale/<language>/LC_MESSAGES/handrail.po`. `make strings` keeps the catalogues whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_datetime_format
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

from engine.fields.catalogue import show
from engine.fields.field import Field
from engine.fields.locales import date_text, manner
from engine.sentences import Fact, Sentence, Sum

FOLDER = Path(__file__).parent / "locale"
SOURCE = "en"
"""The language of the code."""
LANGUAGES = (SOURCE, *sorted(file.parent.parent.name for file in FOLDER.glob("*/LC_MESSAGES/handrail.po")))
"""What the interface speaks."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface by its `tag`, and the `locale` by which its reader writes: `de` and `de-AT`."""

    tag: str = SOURCE
    locale: str = SOURCE

    def message(self, message: str, plural: str = "", count: int = 1) -> str:
        """What a message is called here; with a plural, for so many."""
        known = _catalogue(self.tag)
        if known is None:
            return plural if plural and count != 1 else message
        return known.ngettext(message, plural, count) if plural else known.gettext(message)

    def told(self, text: str) -> str:
        """A sentence in this language, a sum in its manner; what is not translated, and any other text, as it is."""
        if isinstance(text, Sum):
            return show(Field("sum", "money", currency=text.currency), text.amount, self.locale)
        if self.tag == SOURCE or not isinstance(text, Sentence) or not text:
            return text
        count = text.facts.get("count", 1)
        pattern = self.message(text.pattern, text.plural, count if isinstance(count, int) else 1)
        return (
            pattern.format(**{name: self._fact(fact) for name, fact in text.facts.items()}) if text.facts else pattern
        )

    def number(self, number: int) -> str:
        """A number in groups of digits."""
        return format_decimal(number, locale=_babel(self.locale))

    def day(self, day: date) -> str:
        """A day: `22 Nov 2026`, `22.11.2026`."""
        return date_text(day, self.locale)

    def time(self, at: datetime, *, seconds: bool = False) -> str:
        """A time by the 24-hour clock, as fields of this type show it too."""
        return format_skeleton("Hms" if seconds else "Hm", at, tzinfo=at.tzinfo, locale=_babel(self.locale))

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """A day and a time in a zone."""
        there = at.astimezone(zone)
        pattern = str(get_datetime_format("medium", _babel(self.locale)))
        return pattern.replace("{1}", self.day(there.date())).replace("{0}", self.time(there))

    def of(self, language: str) -> Markup:
        """The `lang` attribute for the tag round a text; nothing for one of this language, or of none."""
        return Markup("") if language in ("", self.tag) else Markup(' lang="{}"').format(language)

    def tongue(self, text: str, language: str) -> str:
        """A text with its language, where that is another."""
        return text if language in ("", self.tag) else Markup('<span lang="{}">{}</span>').format(language, text)

    def _fact(self, fact: Fact) -> str:
        return self.number(fact) if isinstance(fact, int) else self.told(fact)


def choose(wanted: Iterable[str | None], house: str) -> Language:
    """The first language wanted that the interface speaks, else the installation's, else English.

    Wanted are tags like `de` or `de-AT`. Of which region dates and numbers are written is for the installation to say
    where its locale is one of that language, else for whoever asks.
    """
    tags = [tag for tag in (*wanted, house) if tag and language_of(tag) in LANGUAGES]
    if not tags:
        return Language()
    chosen = language_of(tags[0])
    regional = (tag for tag in (house, *tags) if language_of(tag) == chosen and tag.lower() != chosen)
    return Language(chosen, next(regional, chosen))


def regional(house: str, reader: Language) -> str:
    """The installation's locale; with the reader's region where it names none, and they share its language."""
    return reader.locale if house.lower() == reader.tag else house


def language_of(tag: str) -> str:
    """`de` of `de-AT`."""
    return tag.replace("_", "-").partition("-")[0].lower()


def own_name(language: str) -> str:
    """What a language is called by those who speak it; its tag where nobody knows it."""
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[0].upper() + name[1:]


@lru_cache(maxsize=16)
def _catalogue(language: str) -> GNUTranslations | None:
    """The messages of a language, with its rule for plurals; None for that of the code."""
    if language == SOURCE:
        return None
    with (FOLDER / language / "LC_MESSAGES" / "handrail.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _babel(locale: str) -> str:
    """The tag as babel knows it; one that it does not know counts as English."""
    return manner(locale).tag
