"""What was worked out lately and need not be again."""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """The values that were kept or asked for last, at `most` so many, by what they were made of.

    Unlike `functools.lru_cache` it can be told what it was never asked for: where a turn leads is known beforehand.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}
        self._lock = Lock()

    def of(self, key: Key) -> Value | None:
        """What was kept under a key, or None."""
        with self._lock:
            value = self._kept.pop(key, None)
            if value is not None:
                self._kept[key] = value
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value; the one that nobody asked for longest makes room."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = value
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
