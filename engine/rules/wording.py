"""How findings put lists into words."""

from collections.abc import Sequence

MOST = 4


def listed(names: Sequence[str]) -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`; of many, the first ones and how many more there are."""
    shown = [f"'{name}'" for name in names[:MOST]]
    if len(names) > MOST:
        return f"{', '.join(shown)} and {len(names) - MOST} more"
    *most, last = shown
    return f"{', '.join(most)} and {last}" if most else last
