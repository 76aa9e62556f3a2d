"""Mermaid flowcharts: shapes become steps, arrows become answers, subgraphs become stages.

Read is what Mermaid's documentation of `flowchart` describes: every shape, `A & B --> C`, chains, `-->|label|` and
`-- label -->`, `A@{ shape: …, label: … }`, `:::class`, front matter, comments, entities like `#quot;`. How a chart
looks (styles, links to click) is passed over.
"""

import json
import re
from html import unescape

from engine import syntax
from engine.imports.outline import Outline, Way, plain, read
from engine.imports.writing import KINDS, Imported, write

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)^[ \t]*---[ \t]*$", re.DOTALL | re.MULTILINE)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"(?:flowchart|graph)(?:-elk)?\b[^\n;]*")
_BLANK = re.compile(r"(?:[\s;]+|%%\{[^%]*\}%%|%%[^\n]*)+")
_SPACE = re.compile(r"[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:;|\n|(?=%%)|$)")
_SUBGRAPH = re.compile(r'subgraph\b[ \t]*((?:"[^"\n]*"|[^\n;"])*)')
_NAMED = re.compile(r'([^\s"\[]+)[ \t]*\[[ \t]*("[^"]*"|[^\]]*)\]')
_END = re.compile(r"end\b(?![-_.])")
_CLASS = re.compile(r"class[ \t]+([^\n;]*)")
_PASSED_OVER = re.compile(
    r"(?:direction|classDef|style|linkStyle|click)(?=[ \t])[^\n]*|acc(?:Title|Descr)[ \t]*(?::[^\n]*|\{[^{}]*\})"
)
_EDGE_DATA = re.compile(r"([\w-]+)@\{[^{}]*\}")
_ID = re.compile(r"(?:\w|[.!$*+?/\\'`#]|-(?![-.>=])|=(?![=>]))+")
_AND = re.compile(r"[ \t]*&\s*")
_LINK = re.compile(r"(?:([\w-]+)@)?(?:<|[ox](?=[-=]))?(?:-{2,}[->ox]|={2,}[=>ox]|-\.+-[>ox]?|~{3,})")
_OPENED = re.compile(r"(?:([\w-]+)@)?(?:<|[ox](?=[-=]))?(--|==|-\.)")
_PIPED = re.compile(r'\|\s*("[^"]*")\s*\||\|([^|]*)\|')
_QUOTED = re.compile(r'\s*"([^"]*)"\s*')
_CLOSED = {
    "--": re.compile(r"-{2,}[->ox]"),
    "==": re.compile(r"={2,}[=>ox]"),
    "-.": re.compile(r"\.+-[>ox]?"),
}
_SHAPES = tuple(
    (opening, re.compile(closing))
    for opening, closing in (
        ("(((", r"\)\)\)"),
        ("((", r"\)\)"),
        ("([", r"\]\)"),
        ("[(", r"\)\]"),
        ("[[", r"\]\]"),
        ("{{", r"\}\}"),
        ("[/", r"[/\\]\]"),
        ("[\\", r"[/\\]\]"),
        ("(", r"\)"),
        ("[", r"\]"),
        ("{", r"\}"),
        (">", r"\]"),
    )
)
"""How a shape opens and what closes it; of two that begin alike the longer one comes first."""
MOST_WAYS = 200_000
"""`A & B --> C & D` is four arrows in few characters: more than these in all are refused."""
_DATA = re.compile(r'@\{((?:"[^"]*"|[^"}])*)\}')
_DATA_LABEL = re.compile(r"""\blabel\s*:\s*("[^"]*"|'[^']*'|[^,}\n]*)""")
_MARK = re.compile(r":::([\w-]+)")
_ENTITY = re.compile(r"#(\w{1,32});|&(#?\w{1,32});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def outlined(content: bytes | str, name: str) -> Imported:
    """The flowchart as a guide called `name`."""
    source = read(content)
    reader = _Reader(source.text)
    reader.outline.remarks += source.remarks
    if not any(remark.error for remark in source.remarks):
        reader.read()
    return write(reader.outline, name)


class _Reader:
    """Reads one chart from its start to its end, or to the first thing that is not Mermaid."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.counted = self.line_counted = 0
        self.outline = Outline()
        self.stages: list[str] = []
        self.start = ""
        self.invisible = False
        self.edges: set[str] = set()
        self.ways = 0

    def read(self) -> None:
        """Read it all."""
        self._front()
        self._take(_BLANK)
        if not self._take(_HEADER):
            self.outline.refuse(self.line, "this is no flowchart: it does not begin with 'flowchart' or 'graph'")
            return
        while self._statement():
            pass
        self._choose_start()
        for place in self.outline.places.values():
            place.words = place.words or place.key

    @property
    def line(self) -> int:
        """The line that is being read, counted on from the last time it was asked for."""
        self.line_counted += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line_counted + 1

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _front(self) -> None:
        front = self._take(_FRONT)
        title = front and _FRONT_TITLE.search(front[1])
        if title:
            self.outline.title = _unquoted(title[1])

    def _statement(self) -> bool:
        """Read one statement; false at the end, and where the chart breaks off."""
        self._take(_BLANK)
        if self.at >= len(self.text):
            return False
        if found := self._take(_SUBGRAPH):
            named = _NAMED.match(found[1])
            self.stages.append(plain(_shown(named[2] if named else found[1])))
        elif self.stages and self._take(_END):
            self.stages.pop()
        elif found := self._take(_CLASS):
            *keys, mark = found[1].split() or [""]
            for key in "".join(keys).split(","):
                self._mark(key, mark)
        elif not self._take(_PASSED_OVER) and not self._edge_data():
            return self._chain()
        return True

    def _edge_data(self) -> bool:
        """Pass over `e1@{ … }` that tells how an arrow named before looks; of a node it tells its words."""
        found = _EDGE_DATA.match(self.text, self.at)
        if not found or found[1] not in self.edges:
            return False
        self.at = found.end()
        return True

    def _chain(self) -> bool:
        """`A & B -->|label| C --> D`: nodes, and the ways between them."""
        before = self._group()
        while before:
            self._take(_SPACE)
            if self._take(_LINE_END) or self.at >= len(self.text):
                return True
            line = self.line
            label = self._link()
            if label is None:
                return self._lost()
            visible = not self.invisible
            self._take(_BLANK)
            after = self._group()
            self.ways += len(before) * len(after)
            if self.ways > MOST_WAYS:
                self.outline.refuse(line, f"this chart has more than {MOST_WAYS:,} arrows: make several guides of it")
                return False
            for key in before if visible else ():
                self.outline.places[key].ways += [Way(other, label, line) for other in after]
            before = after
        return self._lost()

    def _lost(self) -> bool:
        rest = self.text[self.at : self.at + 30].split("\n")[0]
        where = f"at '{rest}'" if rest else "at the end of the line"
        self.outline.refuse(self.line, f"this is not read as part of a flowchart, {where}")
        return False

    def _link(self) -> str | None:
        """The label of the arrow here, "" for one without; None where there is none."""
        found = self._take(_LINK)
        if found:
            self.invisible = "~" in found[0]
            self.edges.add(found[1])
            self._take(_SPACE)
            return self._piped()
        opened = self._take(_OPENED)
        if not opened:
            return None
        self.invisible = False
        self.edges.add(opened[1])
        line_end = self.text.find("\n", self.at)
        closed = _CLOSED[opened[2]].search(self.text, self.at, line_end if line_end >= 0 else len(self.text))
        if not closed:
            return None
        label = self.text[self.at : closed.start()]
        self.at = closed.end()
        return plain(_shown(label))

    def _piped(self) -> str:
        """`|label|`, or nothing."""
        found = self._take(_PIPED)
        return plain(_shown(found[1] or found[2])) if found else ""

    def _group(self) -> list[str]:
        """The keys of `A & B`; none where no node stands here, or its bracket is not closed."""
        keys: list[str] = []
        while key := self._node():
            keys.append(key)
            if not self._take(_AND):
                return keys
        return []

    def _node(self) -> str:
        line, found = self.line, self._take(_ID)
        if not found:
            return ""
        key = found[0]
        place = self.outline.place(key, line)
        if self.stages and not place.stage:
            place.stage = self.stages[-1]
        if not self._shape(key):
            return ""
        while mark := self._take(_MARK):
            self._mark(key, mark[1])
        return key

    def _shape(self, key: str) -> bool:
        """Read the words of a node, where it has any here; false where their bracket is not closed."""
        place = self.outline.places[key]
        if data := self._take(_DATA):
            if label := _DATA_LABEL.search(data[1]):
                place.words = _shown(label[1].strip("'"))
            return True
        for opening, closing in _SHAPES:
            if self.text.startswith(opening, self.at):
                words = self._enclosed(self.at + len(opening), closing)
                if words is not None:
                    place.words, place.line = _shown(words) or place.words, self.line
                return words is not None
        return True

    def _enclosed(self, start: int, closing: re.Pattern[str]) -> str | None:
        quoted = _QUOTED.match(self.text, start)
        closed = quoted and closing.match(self.text, quoted.end())
        if quoted and closed:
            self.at = closed.end()
            return f'"{quoted[1]}"'
        found = closing.search(self.text, start)
        if not found:
            return None
        self.at = found.end()
        return self.text[start : found.start()]

    def _mark(self, key: str, mark: str) -> None:
        """Classes that our own export gives: the start, and the kinds of outcomes."""
        if key in self.outline.places and mark in KINDS:
            self.outline.places[key].kind = mark
        elif key in self.outline.places and mark == "start":
            self.start = key

    def _choose_start(self) -> None:
        """The start is marked so, or the first node that no arrow leads to, or else the first of all."""
        places = self.outline.places
        led = {way.target for place in places.values() for way in place.ways if way.target != place.key}
        start = self.start or next((key for key in places if key not in led), "")
        if start:
            self.outline.begin_at(start)


def _shown(words: str) -> str:
    """What Mermaid shows for these words: without their quotes, lines broken, entities as characters."""
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] == '"':
        words = words[1:-1]
    if len(words) > 1 and words[0] == words[-1] == "`":
        words = words[1:-1]
    readable, _ = syntax.controls(_ENTITY.sub(_entity, _BREAK.sub("\n", words)))
    return readable.strip()


def _entity(found: re.Match[str]) -> str:
    name = found[1] or found[2]
    reference = f"&#{name};" if found[1] and name.isdigit() else f"&{name};"
    character = unescape(reference)
    return found[0] if character == reference else character


def _unquoted(title: str) -> str:
    try:
        read_back = json.loads(title) if title.startswith('"') else title.strip("'")
    except ValueError:
        return title
    return str(read_back)
