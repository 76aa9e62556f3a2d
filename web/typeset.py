"""Sets a sheet of paper from stdin as a PDF on stdout, as a program of its own under limits: run by `web.printing`.

    python -m web.typeset SECONDS MEGABYTES

This is typst's home: what it sets is our `paper.typ`, and what people wrote reaches it as data alone.
"""

import sys
from pathlib import Path

import typst

from web.limits import limit

PAPER = Path(__file__).with_name("paper.typ")


def main(arguments: list[str]) -> None:
    """Set what stdin holds, JSON as `web.printing` writes it."""
    seconds, megabytes = arguments
    limit(int(seconds), int(megabytes))
    sheet = sys.stdin.buffer.read().decode()
    made = typst.compile(PAPER.read_bytes(), sys_inputs={"sheet": sheet})
    assert isinstance(made, bytes), "a PDF is one file"
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(sys.argv[1:])
