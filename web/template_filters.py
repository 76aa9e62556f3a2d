"""What templates can do with a value: text to HTML, times to words, names of files to addresses."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, url_for

from engine.fields.locales import date_text
from web.context import current
from web.keys import KEYS
from web.rich_text import rich, rich_line

STATIC = Path(__file__).parent / "static"


def install(app: Flask, time_zone: str, locale: str) -> None:
    """Give the templates their filters and globals."""
    zone = ZoneInfo(time_zone)
    app.jinja_env.filters.update(
        rich=rich,
        rich_line=rich_line,
        moment=lambda at: moment(at, zone, locale),
        clock=lambda at: at.astimezone(zone).strftime("%H:%M:%S"),
        machine_time=machine_time,
        duration=duration,
        day=lambda at: date_text(at, locale),
    )
    app.jinja_env.globals.update(asset=_assets(), current=current, keys=KEYS)


def moment(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """A time for people, to the minute: `22 Nov 2026, 14:05`."""
    there = at.astimezone(zone)
    return f"{date_text(there.date(), locale)}, {there:%H:%M}"


def machine_time(at: datetime) -> str:
    """A time for programs: RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float | None) -> str:
    """How long something took: `8 s`, `2 min 5 s`, `1 h 3 min`; nothing where it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _assets() -> Callable[[str], str]:
    """Addresses of files under static/ that change with what is in them; read once."""
    digests: dict[str, str] = {}

    def address(name: str) -> str:
        if name not in digests:
            digests[name] = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
        return url_for("assets.file", name=name, v=digests[name])

    return address
