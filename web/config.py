"""Settings: from flags, `HANDRAIL_*` in the environment, and a TOML file, in this order; then the defaults.

The file is `handrail.toml` in the data folder, or the one that `HANDRAIL_CONFIG` names. Its keys are the names of
`Config`'s fields; in the environment they are written in capitals: `HANDRAIL_TIME_ZONE=Europe/Berlin`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import HandrailError

PREFIX = "HANDRAIL_"
FILE_NAME = "handrail.toml"
_NAME = re.compile("[a-z][a-z0-9_]{0,63}")


class ConfigError(HandrailError):
    """Settings that cannot be used: every mistake on a line of its own."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, slots=True)
class Config:
    """What an installation can choose.

    `data` is the folder of the embedded store; `database_url` moves the store elsewhere (`postgresql://…`).
    `guides` is the folder imported at start. `locale`, `time_zone` and `currency` are what new sessions take.
    `dot` is the path of a system Graphviz `dot`, None for the one that comes with Handrail.
    `secure_cookie` None: secure unless served on a loopback address. `url` is the address people reach it by, where a
    proxy stands in front; `proxies` is how many proxies stand there. `settings`, a table of the file, holds by name
    what guides read `from: setting.<name>`: rates, the company's name.
    """

    data: Path = Path("var")
    database_url: str = ""
    guides: Path = Path(str(files("guides")))
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    locale: str = "en"
    time_zone: str = "UTC"
    currency: str = ""
    dot: str | None = None
    secure_cookie: bool | None = None
    url: str = ""
    proxies: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def store(self) -> str:
        """The URL of the store: the one set, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'handrail.db'}"

    @property
    def address(self) -> str:
        """Where a browser finds the pages, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def cookie_is_secure(self) -> bool:
        """Whether the sign-in cookie is for HTTPS only."""
        if self.secure_cookie is not None:
            return self.secure_cookie
        return self.url.startswith("https:") if self.url else not _is_loopback(self.host)


def load(environment: Mapping[str, str], flags: Mapping[str, Any] | None = None) -> Config:
    """The settings that flags (None: not given), environment and file make. Raises `ConfigError`."""
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    known = [field.name for field in fields(Config)]
    set_ = {name: environment[PREFIX + name.upper()] for name in known if environment.get(PREFIX + name.upper())}
    mistakes: list[str] = []
    file = _file(environment, given, set_)
    settings: dict[str, Any] = {}
    for source, raw in ((str(file), _read(file, known, mistakes)), ("the environment", set_), ("the command", given)):
        for name, value in raw.items():
            _take(settings, name, value, source, mistakes)
    if mistakes:
        raise ConfigError(mistakes)
    return Config(**settings)


def _file(environment: Mapping[str, str], given: Mapping[str, Any], set_: Mapping[str, str]) -> Path:
    named = environment.get(PREFIX + "CONFIG")
    if named:
        return Path(named)
    return Path(given.get("data") or set_.get("data") or Config().data) / FILE_NAME


def _read(file: Path, known: list[str], mistakes: list[str]) -> dict[str, Any]:
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        if file.name != FILE_NAME:
            mistakes.append(f"{file}: there is no such file; HANDRAIL_CONFIG names it.")
        return {}
    except (OSError, ValueError) as error:
        mistakes.append(f"{file}: cannot be read as TOML: {error}")
        return {}
    for name in settings.keys() - set(known):
        near = get_close_matches(name, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"settings are {', '.join(known)}."
        mistakes.append(f"{file}: '{name}' is not a setting; {hint}")
    return {name: settings[name] for name in known if name in settings}


def _take(settings: dict[str, Any], name: str, raw: Any, source: str, mistakes: list[str]) -> None:
    try:
        read: Callable[[Any], Any] = _READERS.get(name, _text)
        settings[name] = read(raw)
    except ValueError as error:
        mistakes.append(f"{name} (from {source}): {error}")


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"write it as text in quotes, not {raw!r}.")
    return raw.strip()


def _path(raw: Any) -> Path:
    return raw if isinstance(raw, Path) else Path(_text(raw)).expanduser()


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(raw: Any) -> int:
        text = str(raw).strip()
        if isinstance(raw, bool) or not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"'{raw}' is not a whole number from {low} to {high}.")
        return int(text)

    return read


def _boolean(raw: Any) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    word = str(raw).strip().lower()
    if word not in words:
        raise ValueError(f"'{raw}' is neither true nor false.")
    return words[word]


def _zone(raw: Any) -> str:
    try:
        return ZoneInfo(_text(raw)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"'{raw}' is not a time zone; write one like Europe/Berlin.") from error


def _currency(raw: Any) -> str:
    code = _text(raw)
    if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError(f"'{raw}' is not a currency; write its code, like EUR.")
    return code


def _url(raw: Any) -> str:
    url = _text(raw)
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"'{raw}' is not an address; write one like https://handrail.example.com.")
    return url


def _table(raw: Any) -> dict[str, str | int | bool]:
    """Names with plain values; each is read by the fields that name it, as their type says."""
    if not isinstance(raw, Mapping):
        raise ValueError('write it as a table of the file: [settings], then lines like company = "Acme".')
    return {_setting(name): _plain(name, value) for name, value in raw.items()}


def _setting(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is not a name for a setting; use small letters, digits and _, like company_name.")
    return name


def _plain(name: str, value: Any) -> str | int | bool:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str | int | Decimal):
        raise ValueError(f"'{name}' is neither text, a number, true, false nor a date.")
    return str(value) if isinstance(value, Decimal) else value


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_READERS: dict[str, Callable[[Any], Any]] = {
    "data": _path,
    "guides": _path,
    "port": _whole(0, 65535),
    "workers": _whole(1, 64),
    "threads": _whole(1, 64),
    "time_zone": _zone,
    "currency": _currency,
    "secure_cookie": _boolean,
    "url": _url,
    "proxies": _whole(0, 8),
    "settings": _table,
}
