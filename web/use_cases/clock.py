"""What time it is: handed to every use case, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

Clock: TypeAlias = Callable[[], datetime]
"""Gives the time now, in UTC."""


def now() -> datetime:
    """The time now, in UTC with microseconds."""
    return datetime.now(UTC)


def date_in(time_zone: str, at: datetime) -> date:
    """The date that it is in a time zone at a time."""
    return at.astimezone(ZoneInfo(time_zone)).date()
