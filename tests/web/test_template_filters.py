"""Times and durations as people read them."""

from datetime import UTC, datetime

import pytest

from web.template_filters import duration, machine_time

AT = datetime(2026, 7, 1, 22, 5, 9, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, ""), (0, "0 s"), (8.4, "8 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s"), (3780, "1 h 3 min")],
)
def test_a_duration_says_as_much_as_matters(seconds: float | None, shown: str) -> None:
    assert duration(seconds) == shown


def test_programs_read_times_in_utc() -> None:
    assert machine_time(AT) == "2026-07-01T22:05:09Z"
