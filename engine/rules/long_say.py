"""More words to say than fit on a screen.

Nobody reads out a page on the phone. Keep `say` to what is said in one breath or two, and put the rest into `points`
or a step of its own.

Wrong, at line 6, column 5 (nine lines; more than ninety words are too many as well):

    guide: speech
    title: Speech
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: |
          One.
          Two.
          Three.
          Four.
          Five.
          Six.
          Seven.
          Eight.
          Nine.
        outcome: done

Mended:

    guide: speech
    title: Speech
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: |
          One, two, three.
        outcome: done
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.text import Text

CODE = "long-say"
SEVERITY = Severity.WARNING
MOST_WORDS = 90
MOST_LINES = 8


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each `say` of too many words or lines."""
    for step in graph.guide.steps.values():
        words, lines = _size(step.say)
        if words > MOST_WORDS or lines > MOST_LINES:
            message = f"{words} words in {lines} lines are to be said here; a screen holds {MOST_WORDS} in {MOST_LINES}"
            hint = "keep what must be said in these words, and make points or another step of the rest"
            yield Finding(CODE, message, Place((*step.path, "say"), key=True), hint, SEVERITY)


def _size(say: Text) -> tuple[int, int]:
    """Words, a value filled in counting as one, and lines that are not blank."""
    text = "".join(part if isinstance(part, str) else "…" for part in say.parts)
    return len(text.split()), sum(1 for line in text.splitlines() if line.strip())
