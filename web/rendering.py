"""DOT text to a picture, in a child process that can neither run long nor grow large: graphviz's home.

Laying out a thousand steps can take minutes, and a crash in C must not be ours. No `dot` needs to be
installed: pygraphviz's wheels carry Graphviz's libraries, and `dot.py` beside this file stands in for it.
DOT text can name files to show (`image=`): render only what `engine.diagram` wrote, where words are escaped.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from graphviz.backend import CalledProcessError
from graphviz.backend.dot_command import command as dot_command
from graphviz.backend.execute import run_check

from engine.errors import HandrailError
from engine.sentences import sentence

FORMATS = ("svg", "png", "pdf")

_PROGRAM = Path(__file__).with_name("dot.py")
_OUT_OF_TIME = (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL)
_OUT_OF_MEMORY = (-signal.SIGSEGV, -signal.SIGABRT)
_MEMORY_WORDS = (b"MemoryError", b"out of memory", b"bad_alloc")
_GRACE = 2  # seconds for the child to start and to die by its own alarm, before it is killed


class RenderingError(HandrailError):
    """No picture: its text says why, and what to do."""


class TooLargeToDrawError(RenderingError):
    def __init__(self, seconds: int, megabytes: int) -> None:
        super().__init__(
            f"This graph is too large to draw within {seconds} s and {megabytes} MB. "
            "Draw less of it at once: one stage, or the steps around one step."
        )


class DrawingFailedError(RenderingError):
    def __init__(self, detail: str) -> None:
        super().__init__(
            sentence(
                "Graphviz could not draw this graph: {detail}. Ask for it as DOT text to look into it.", detail=detail
            )
        )


class DotMissingError(RenderingError):
    def __init__(self, program: str) -> None:
        super().__init__(
            f"There is no Graphviz program at {program}. Name another, or none: Handrail then uses its own."
        )


def render(
    dot: str, *, format: str = "svg", seconds: int = 5, megabytes: int = 512, program: str | None = None
) -> bytes:
    """The picture that Graphviz's dot makes of DOT text, as the bytes of a file.

    format: one of FORMATS. seconds, megabytes: limits on the child process (memory: not on macOS).
    program: the path of a system `dot` to use in place of the libraries that come with Handrail.
    Raises RenderingError: too large, not DOT, or no such program.
    """
    if program and not os.access(program, os.X_OK):
        raise DotMissingError(program)
    flags = [str(part) for part in dot_command("dot", format)[1:]]
    limited = [sys.executable, "-P", str(_PROGRAM), str(seconds), str(megabytes), program or "-", *flags]
    try:
        done = run_check(limited, input=dot.encode(), capture_output=True, quiet=True, timeout=seconds + _GRACE)
    except subprocess.TimeoutExpired as error:
        raise TooLargeToDrawError(seconds, megabytes) from error
    except CalledProcessError as error:
        raise _failure(error, seconds, megabytes) from error
    picture: bytes = done.stdout
    return picture


def _failure(error: subprocess.CalledProcessError, seconds: int, megabytes: int) -> RenderingError:
    said: bytes = error.stderr
    if error.returncode in _OUT_OF_TIME + _OUT_OF_MEMORY or any(word in said for word in _MEMORY_WORDS):
        return TooLargeToDrawError(seconds, megabytes)
    lines = said.decode(errors="replace").split("\n")
    errors = [line.removeprefix("Error: ").strip() for line in lines if line.startswith("Error: ")]
    return DrawingFailedError(errors[0] if errors else f"it ended with code {error.returncode}")
