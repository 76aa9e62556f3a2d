"""QnA Markup (qnamarkup.org): questions, answers below them, and what follows an answer one level further in.

Read are `Title:`, `Description:`, `Q(name):`, `A(value):`, `X:` (the visitor writes something), `GOTO:name` at the end
of a question, `<x>name</x>` and `<!-- … -->`. Documents, scripts, addresses to open and page design are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from engine import syntax
from engine.expressions.names import RESERVED
from engine.imports.outline import Names, Outline, Place, Way, plain, read, slug
from engine.imports.scalars import gap
from engine.imports.writing import Imported, write

_TAG = re.compile(
    r"([ \t]*)(Q|A|X|DOC|Title|Author|Description|Before|After|Settings)"
    r"[ \t]*(?:\(([^()\n]*)\))?[ \t]*(\[[^\n]*?\](?=:))?:(.*)"
)
_ADDRESS = re.compile(r"\s*\[[^\n]*?\](?=\s|$)")
_GOTO = re.compile(r"<?GOTO:[ \t]*([\w.-]+)[ \t]*>?$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_VALUE = re.compile(r"<x>([^<>\n]{0,80})</x>", re.IGNORECASE)
_END = "the end"
_TAB = 4


@dataclass(slots=True)
class _Tag:
    kind: str
    depth: int
    name: str
    text: str
    line: int
    address: bool = False


@dataclass(slots=True)
class _Answer:
    """An answer, or where `free` what the visitor writes; `to` is the key of the question that follows."""

    label: str
    value: str
    line: int
    free: bool = False
    to: str = ""


@dataclass(slots=True)
class _Question:
    key: str
    depth: int
    text: str
    line: int
    goto: str = ""
    answers: list[_Answer] = field(default_factory=list)


def outlined(content: bytes | str, name: str) -> Imported:
    """The QnA as a guide called `name`."""
    source = read(content)
    reader = _Reader()
    reader.outline.remarks += source.remarks
    if not any(remark.error for remark in source.remarks):
        reader.read(source.text)
    return write(reader.outline, name)


class _Reader:
    """Reads the tags in turn; `open` are the questions that the next tag may belong to, the outermost first."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.questions: dict[str, _Question] = {}
        self.open: list[_Question] = []
        self.fields: dict[str, str] = {}
        self.ids = Names(*RESERVED)
        self.outermost = 0

    def read(self, text: str) -> None:
        """Read it all."""
        for tag in _tags(_COMMENT.sub(_blank, text)):
            self._tag(tag)
        asked = {name.strip() for each in self.questions.values() for name in _VALUE.findall(each.text)}
        for each in self.questions.values():
            shown = each.key in asked and each.answers
            if not each.goto and (shown or any(answer.free for answer in each.answers)):
                self._field(each)
        for each in self.questions.values():
            if each.text or not each.goto:
                self._place(each)

    def _tag(self, tag: _Tag) -> None:
        if tag.kind == "Q":
            self._question(tag)
        elif tag.kind in "AX":
            self._answer(tag)
        elif tag.kind == "DOC":
            self.outline.remark(tag.line, "documents of a QnA are left out; write them into the guide")
        elif tag.kind == "Title":
            self.outline.title = _shown(tag.text)
        elif tag.kind == "Description":
            self.outline.summary = _shown(tag.text)
        elif tag.kind in ("Before", "After") and tag.text.strip():
            self.outline.remark(tag.line, f"'{tag.kind}:' is about the look of a page and is left out")

    def _question(self, tag: _Tag) -> None:
        text = tag.text.strip()
        found = _GOTO.search(text)
        text = text[: found.start()].strip() if found else text
        while self.open and self.open[-1].depth >= tag.depth:
            self.open.pop()
        above = self.open[-1] if self.open else None
        number = self._number(above)
        key = tag.name or number
        if key in self.questions:
            first = self.questions[key].line
            self.outline.refuse(
                tag.line, f"there is a question '{key}' on line {first} already; give this another name"
            )
            return
        question = _Question(key, tag.depth, text, tag.line, found[1] if found else "")
        if above and above.answers and not above.answers[-1].to:
            above.answers[-1].to = key
        self.questions[key] = question
        self.open.append(question)

    def _number(self, above: _Question | None) -> str:
        """The number that QnA Markup gives a question without a name: the place of its answer, as in `1.2`."""
        if above:
            return f"{above.key}.{max(1, len(above.answers))}"
        self.outermost += 1
        return str(self.outermost)

    def _answer(self, tag: _Tag) -> None:
        while self.open and self.open[-1].depth > tag.depth:
            self.open.pop()
        if not self.open or self.open[-1].depth != tag.depth:
            self.outline.refuse(tag.line, "this answer stands below no question: indent it like its question")
            return
        if tag.address:
            self.outline.remark(tag.line, "the address that this answer opens is left out")
        free = tag.kind == "X"
        self.open[-1].answers.append(_Answer("" if free else tag.text.strip(), tag.name, tag.line, free))

    def _field(self, question: _Question) -> None:
        """Keep what is answered here: it is written down, or another question shows it."""
        wanted = slug(question.key) or slug(question.text) or "answer"
        id = self.ids.give(wanted.replace("-", "_"), "_")
        self.fields[question.key] = id
        self.outline.fields[id] = (
            plain(_VALUE.sub(lambda found: f"[{found[1].strip()}]", _shown(question.text)))[:80] or question.key
        )

    def _place(self, question: _Question) -> None:
        place = self.outline.place(question.key, question.line)
        place.words, place.spoken = self._words(question), True
        free = [answer for answer in question.answers if answer.free]
        if question.goto:
            place.ways.append(Way(self._resolved(question.goto), "", question.line))
        elif free and len(question.answers) == len(free):
            place.asks.append(self.fields[question.key])
            place.ways.append(Way(self._target(free[0]), "", free[0].line))
        else:
            place.ways += [self._way(question, answer, place) for answer in question.answers]

    def _way(self, question: _Question, answer: _Answer, place: Place) -> Way:
        if not answer.free:
            remembers = self.fields.get(question.key, "")
            label = _shown(answer.label)
            return Way(self._target(answer), label, answer.line, remembers, answer.value or label)
        written = self.outline.place(f"{question.key} written", answer.line)
        written.words = place.words
        written.asks.append(self.fields[question.key])
        written.ways.append(Way(self._target(answer), "", answer.line))
        return Way(written.key, "Something else", answer.line)

    def _target(self, answer: _Answer) -> str:
        """Where an answer leads: past the questions that only say where to go on, or to the one common end."""
        if answer.to:
            return self._resolved(answer.to)
        end = self.outline.place(_END, answer.line)
        end.words = "End"
        return end.key

    def _resolved(self, key: str) -> str:
        seen = set()
        while key in self.questions and not self.questions[key].text and self.questions[key].goto:
            if key in seen:
                self.outline.refuse(self.questions[key].line, f"'{key}' leads to itself without a question between")
                return next(iter(self.questions))
            seen.add(key)
            key = self.questions[key].goto
        return key

    def _words(self, question: _Question) -> str:
        """The question's words; where it shows what was answered before, a gap for that."""

        def value(found: re.Match[str]) -> str:
            id = self.fields.get(found[1].strip())
            return gap(id) if id else f"[{found[1].strip()}]"

        return _VALUE.sub(value, _shown(question.text))


def _tags(text: str) -> Iterator[_Tag]:
    """The tags in turn, each with the lines below it that are none."""
    last: _Tag | None = None
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.fullmatch(line)
        if found:
            if last:
                yield last
            last = _tag(found, number)
        elif last:
            last.text += f"\n{line}"
    if last:
        yield last


def _tag(found: re.Match[str], number: int) -> _Tag:
    text = found[5]
    address = _ADDRESS.match(text) if found[2] == "A" else None
    depth = len(found[1].expandtabs(_TAB))
    name = (found[3] or "").strip()
    text = text[address.end() :] if address else text
    return _Tag(found[2], depth, name, text, number, bool(found[4] or address))


def _blank(comment: re.Match[str]) -> str:
    """A comment's place: its lines, empty."""
    return "\n" * comment[0].count("\n")


def _shown(text: str) -> str:
    """What QnA Markup shows: HTML's line breaks and entities as characters; any other HTML stays as it is."""
    lines = _BREAK.sub("\n", unescape(text)).split("\n")
    readable, _ = syntax.controls("\n".join(" ".join(line.split()) for line in lines))
    return readable.strip()
