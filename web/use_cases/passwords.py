"""Passwords: what is accepted, and their argon2id hashes (argon2's home)."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.sentences import sentence
from web.use_cases.refusals import PasswordError

SHORTEST, LONGEST = 10, 200
"""Characters; length is what makes guessing slow, so nothing else is asked of a password."""


class Passwords:
    """Hashes and verifies. `hasher` is argon2's own choice of cost unless another is handed over (in tests)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("the password of nobody")

    def hashed(self, password: str, name: str) -> str:
        """The hash to keep of a new password. Raises `PasswordError` saying what is accepted."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise PasswordError(
                sentence(
                    "Choose a password of {shortest} to {longest} characters; a few words are a good one.",
                    shortest=SHORTEST,
                    longest=LONGEST,
                )
            )
        if password.casefold() in (name.casefold() * 3, name.casefold()) or len(set(password)) < 4:
            raise PasswordError(
                sentence("Choose a password that is not your name and not one character over and over.")
            )
        return self._hasher.hash(_typed(password))

    def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password; takes as long where there is none (None) to compare with."""
        if len(password) > LONGEST:
            password = ""
        try:
            self._hasher.verify(hashed or self._nobodys, _typed(password))
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None

    def renewed(self, password: str, hashed: str) -> str | None:
        """A new hash of the same password where the old one was made at another cost, else None."""
        return self._hasher.hash(_typed(password)) if self._hasher.check_needs_rehash(hashed) else None


def _typed(password: str) -> bytes:
    """The password in one form, whichever keyboard composed its accents."""
    return unicodedata.normalize("NFC", password).encode(errors="replace")
