"""Markdown as a PDF, set in a child process that can neither run long nor grow large."""

import json
import os
import subprocess
import sys

from engine.errors import HandrailError
from engine.sentences import sentence
from web.rich_text import outline

LONGEST = 100_000
"""Characters that are set: about fifty pages."""
SECONDS, MEGABYTES = 10, 1024
LETTER_PAPER = frozenset({"US", "CA", "MX", "CL", "CO", "VE", "PH"})
"""Where paper is US letter; it is A4 elsewhere."""
_GRACE = 2  # seconds for the child to start and to die by its own alarm, before it is killed


class PrintingError(HandrailError):
    """No PDF: its text says why, and what to do."""

    def __init__(self) -> None:
        super().__init__(
            sentence(
                "This text could not be made a PDF: it is too long, or it took too long. "
                "Take it as text or as Markdown, or print it from its page."
            )
        )


def pdf(title: str, text: str, manner: tuple[str, str], *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """The PDF of a Markdown text under its title, which may be ""; `manner` is its language and locale.

    Raises `PrintingError`.
    """
    sheet = _sheet(title, text, manner)
    command = [sys.executable, "-P", "-m", "web.typeset", str(seconds), str(megabytes)]
    limited = {**os.environ, "RAYON_NUM_THREADS": "1"}  # each thread more would count as memory that is not used
    try:
        done = subprocess.run(  # noqa: S603  (our own program and two numbers)
            command,
            input=sheet.encode(),
            capture_output=True,
            timeout=seconds + _GRACE,
            env=limited,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise PrintingError from error
    return done.stdout


def _sheet(title: str, text: str, manner: tuple[str, str]) -> str:
    """What `paper.typ` sets, as JSON."""
    language, locale = manner
    paper = "us-letter" if locale.replace("_", "-").rpartition("-")[2] in LETTER_PAPER else "a4"
    if len(text) > LONGEST:
        raise PrintingError
    try:
        parts = outline(text)
    except RecursionError as error:
        raise PrintingError from error
    return json.dumps({"title": title, "language": language.partition("-")[0], "paper": paper, "of": parts})
