"""`country`: a country, the two letters of its ISO 3166-1 code."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from engine.errors import Refusal
from engine.fields.entry import folded
from engine.fields.field import Field
from engine.fields.kind import Kind
from engine.fields.locales import Manner, territories
from engine.fields.wording import named
from engine.sentences import sentence

_ISO = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
"""
CODES = frozenset(_ISO.split())
"""ISO 3166-1 alpha-2: the codes officially assigned."""

_OTHER_NAMES = {
    "czech republic": "CZ",
    "great britain": "GB",
    "ivory coast": "CI",
    "turkey": "TR",
    "uk": "GB",
    "usa": "US",
}
_SAMPLE = "AT"


def parse(field: Field, text: str, manner: Manner) -> str | Refusal:
    """The code; from people also in small letters, or the country's name in the locale or in English."""
    code = _meant(text, manner.tag) if manner.tag else text
    if code in CODES:
        return code
    if not manner.tag:
        told = sentence("Enter {field} by its two letters, like {sample}", field=named(field, manner), sample=_SAMPLE)
        return Refusal("not-a-country", told)
    told = sentence(
        "Enter {field} by its name or its two letters, like {name} or {sample}",
        field=named(field, manner),
        name=names(manner.tag)[_SAMPLE],
        sample=_SAMPLE,
    )
    return Refusal("not-a-country", told)


def show(_field: Field, value: str, manner: Manner) -> str:
    """The country's name in the locale."""
    return names(manner.tag)[value] if manner.tag else value


def missing(field: Field, manner: Manner) -> Refusal:
    """What to say when it is needed and none was chosen."""
    return Refusal("missing", sentence("Choose {field}", field=named(field, manner)))


@lru_cache(maxsize=64)
def names(tag: str) -> Mapping[str, str]:
    """Every country's name in a locale, by code; English where the locale has none."""
    known = territories("en") | territories(tag)
    return MappingProxyType({code: known[code] for code in sorted(CODES)})


def _meant(text: str, tag: str) -> str:
    code = text.upper()
    return code if code in CODES else _codes(tag).get(_folded(text), "")


@lru_cache(maxsize=64)
def _codes(tag: str) -> Mapping[str, str]:
    """The codes by the names people may write; no locale has a name that is another country's in English."""
    written = {_folded(name): code for known in (names("en"), names(tag)) for code, name in known.items()}
    return {**_OTHER_NAMES, **written}


def _folded(name: str) -> str:
    return folded(name).replace("\u2019", "'").replace(" & ", " and ")


KIND = Kind(parse, show, missing)
