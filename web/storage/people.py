"""People, their sign-ins and what throttles guessing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in. `role` is a `Role` of web.use_cases.permissions; `team` may be missing."""

    id: int
    name: str
    role: str
    team: str | None
    disabled: bool
    has_password: bool
