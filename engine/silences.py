"""Remarks in a guide that silence a warning where it is right as it is: `# handrail: ignore CODE because …`.

A remark at the end of a line, or above it, covers that line; of a text over several lines, and of an entry of a list,
it covers all. Errors cannot be silenced. A remark that silences nothing is a warning itself.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from engine import remarks
from engine.problems import Problem, Severity, has_errors, suggestion
from engine.remarks import Part, Remark
from engine.source import Document
from engine.syntax import SILENCE

CODE = "idle-silence"

_FORM = re.compile(r"ignore +([a-z0-9-]+(?: *, *[a-z0-9-]+)*)(?: +because +(\S.*))?")
_LIKE = f"write '{SILENCE} ignore CODE because …'"


class _Silence(NamedTuple):
    """One code of a remark at an index of the text, and the lines that it covers; no reason, no silence."""

    at: int
    code: str
    reason: str
    lines: range


def applied(
    document: Document, problems: Collection[Problem], known: Collection[str], unsettled: Collection[str] = ()
) -> tuple[Problem, ...]:
    """The problems of a guide without those that a remark silences, and with those that remarks themselves are.

    `known` are all codes that there are, `unsettled` those of problems that another machine may tell, so that a remark
    about one is never useless. Of a guide without errors in its YAML; where it has other errors, some rules
    have not been tried, so that it cannot be told whether a remark silences nothing.
    """
    if SILENCE not in document.text:
        return tuple(problems)
    silences: list[_Silence] = []
    told: list[Problem] = []
    for part, remark in _remarks(remarks.read(document)):
        found = tuple(_read(document, part, remark))
        silences += found
        told += [] if found else [_idle(document, remark.at, "this remark is not understood", _LIKE)]
    ours = [problem for problem in problems if problem.file == document.file]
    silenced = {problem for problem in ours if any(_covers(silence, problem) for silence in silences)}
    for silence in silences:
        useless = _useless(document, silence, ours, known)
        told += [] if silence.code in unsettled and silence.reason else useless
    return (*(problem for problem in problems if problem not in silenced), *told)


def _remarks(whole: Part) -> Iterator[tuple[Part, Remark]]:
    """The remarks to Handrail, each with the entry that it is about."""
    for part in (whole, *whole.entries()):
        for remark in (*part.above, *part.beside, *part.below):
            if remark.text.startswith(SILENCE):
                yield part, remark


def _read(document: Document, part: Part, remark: Remark) -> Iterator[_Silence]:
    form = _FORM.fullmatch(remark.text.removeprefix(SILENCE).strip())
    if form:
        lines = range(0) if remark in part.below else _lines(document, part)
        for code in re.split(" *, *", form[1]):
            yield _Silence(remark.at, code, form[2] or "", lines)


def _lines(document: Document, part: Part) -> range:
    """The lines of an entry: all of them, but of a key with a block below it only the key's own."""
    last = part
    while last.parts and not last.end and (part.key is None or last is not part):
        last = last.parts[-1]
    return range(_line(document, part.at), _line(document, max(last.end - 1, last.at)) + 1)


def _line(document: Document, at: int) -> int:
    return document.text.count("\n", 0, at) + 1


def _covers(silence: _Silence, problem: Problem) -> bool:
    fits = problem.code == silence.code and problem.position.line in silence.lines
    return fits and bool(silence.reason) and problem.severity is not Severity.ERROR


def _useless(
    document: Document, silence: _Silence, problems: Collection[Problem], known: Iterable[str]
) -> Iterator[Problem]:
    """Why a remark silences nothing."""
    code = silence.code
    here = [each for each in problems if each.code == code and each.position.line in silence.lines]
    if code not in known:
        yield _idle(document, silence.at, f"there is no problem '{code}'", suggestion(code, known))
    elif any(each.severity is Severity.ERROR for each in here):
        yield _idle(document, silence.at, f"'{code}' is an error here, and cannot be silenced", "mend it")
    elif not silence.reason:
        yield _idle(document, silence.at, f"this remark does not say why '{code}' is right here", _LIKE)
    elif not here and not has_errors(problems):
        yield _idle(document, silence.at, f"there is no '{code}' here to silence", "delete the remark")


def _idle(document: Document, at: int, message: str, hint: str) -> Problem:
    return Problem(CODE, message, document.position_at(at), hint, Severity.WARNING, document.file)
