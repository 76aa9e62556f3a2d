"""z3, which proves what is too much to try; it comes with the extra `prove` (`pip install handrail[prove]`)."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any


def solver() -> Callable[[], Any] | None:
    """What loads z3 when it is needed; None where it is not installed."""
    return _z3 if find_spec("z3") else None


def _z3() -> Any:
    import z3

    return z3
