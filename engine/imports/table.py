"""A spreadsheet as CSV: a row for each answer of a step, or for each step that goes on without one.

The first row names the columns, in any order and in any case: `step` (its name, which other rows lead to; left blank it
is the step of the row above), `title`, `stage`, `say`, `note`, `question`, `ask` (what is to be written down),
`answer`, `to` (the step that follows), `outcome` and `kind` (how it ends: success, partial, failure, escalated or
abandoned). Columns with other names are left out. Commas, semicolons or tabs; UTF-8, or what Excel writes.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.expressions.names import RESERVED
from engine.imports.outline import Names, Outline, Place, Remark, Way, plain, read, slug
from engine.imports.writing import KINDS, Imported, write

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "step": ("step", "id", "name", "node"),
    "title": ("title", "heading"),
    "stage": ("stage", "phase"),
    "say": ("say", "text", "script"),
    "note": ("note", "notes"),
    "question": ("question",),
    "ask": ("ask", "field"),
    "answer": ("answer", "option", "label"),
    "to": ("to", "next", "goto", "target"),
    "outcome": ("outcome", "end", "result"),
    "kind": ("kind",),
}
"""Every column, and the names by which it is known."""

_SEPARATOR = re.compile(r'\s*sep=(.)[ \t,;"]*\n')
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """One row: what stands in its columns, "" where nothing does, and the line on which it starts."""

    cells: Mapping[str, str]
    line: int


def outlined(content: bytes | str, name: str) -> Imported:
    """The table as a guide called `name`."""
    text, told = _decoded(content)
    source = read(text)
    reader = _Reader()
    reader.outline.remarks += [*told, *source.remarks]
    if not any(remark.error for remark in source.remarks):
        for row in _rows(source.text, reader.outline):
            reader.row(row)
        reader.close()
    return write(reader.outline, name)


class _Reader:
    """Reads the rows in turn."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.step: Place | None = None
        self.ids = Names(*RESERVED)

    def row(self, row: Row) -> None:
        """Read one row."""
        cells, line = row
        name = plain(cells["step"])
        if name:
            self.step = self.outline.place(name.casefold(), line)
            if not re.fullmatch("[a-z0-9_-]+", name):
                self.step.title = self.step.title or name
        if self.step is None:
            self.outline.refuse(line, "this row belongs to no step: fill in its column 'step'")
            return
        self._texts(self.step, row)
        self._way(self.step, row)

    def close(self) -> None:
        """Tell the steps that end and yet go on."""
        for place in self.outline.places.values():
            if place.ways and place.outcome:
                self.outline.refuse(place.line, f"'{place.key}' has an outcome of its own, and yet goes on")

    def _texts(self, step: Place, row: Row) -> None:
        cells = row.cells
        step.title = cells["title"] or step.title
        step.stage = plain(cells["stage"]) or step.stage
        step.words = step.words or cells["question"]
        step.say = f"{step.say}\n{cells['say']}".strip()
        step.note = f"{step.note}\n{cells['note']}".strip()
        if cells["ask"]:
            id = self.ids.give((slug(cells["ask"]) or "answer").replace("-", "_"), "_")
            self.outline.fields[id] = cells["ask"]
            step.asks.append(id)

    def _way(self, step: Place, row: Row) -> None:
        cells, line = row
        answer, to, outcome, kind = plain(cells["answer"]), plain(cells["to"]), cells["outcome"], cells["kind"].lower()
        if kind and kind not in KINDS:
            self.outline.remark(line, f"'{kind}' is no kind of outcome: write {', '.join(KINDS[:-1])} or {KINDS[-1]}")
        if to:
            step.ways.append(Way(to.casefold(), answer, line))
        elif answer and outcome:
            step.ways.append(Way(self._end(outcome, kind, line), answer, line))
        elif answer:
            self.outline.refuse(line, f"the answer '{answer}' leads nowhere: fill in 'to' or 'outcome'")
        elif outcome:
            step.outcome, step.kind = outcome, kind

    def _end(self, outcome: str, kind: str, line: int) -> str:
        """The end that answers with this outcome share."""
        end = self.outline.place(f"outcome {outcome} {kind}".casefold(), line)
        end.title, end.outcome, end.kind = outcome, outcome, kind
        return end.key


def _decoded(content: bytes | str) -> tuple[bytes | str, list[Remark]]:
    """The text of a file that Excel has written: UTF-8, UTF-16 with its mark, or else Windows-1252."""
    if isinstance(content, str):
        return content, []
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace"), []
    try:
        content.decode()
    except UnicodeDecodeError:
        message = "this is no UTF-8 and was read as Windows-1252; if letters look wrong, save it as 'CSV UTF-8'"
        return content.decode("cp1252", "replace"), [Remark(1, message)]
    return content, []


def _rows(text: str, outline: Outline) -> Iterator[Row]:
    """The rows below the names of the columns, without empty ones."""
    named, skipped = _SEPARATOR.match(text), 0
    if named:
        text, skipped = text[named.end() :], named[0].count("\n")
    first = text.lstrip("\n").partition("\n")[0]
    separator = named[1] if named else max(";\t,", key=first.count)
    reader = csv.reader([f"{line}\n" for line in text.split("\n")], delimiter=separator, skipinitialspace=True)
    columns: dict[int, str] = {}
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            outline.refuse(line, f"this cannot be read as a row: {error}")
            return
        if columns and any(cells):
            here = {columns[number]: cell for number, cell in enumerate(cells) if number in columns and cell}
            yield Row({column: here.get(column, "") for column in COLUMNS}, line)
        elif any(cells):
            columns = _columns(cells, line, outline)
            if not columns:
                return


def _columns(cells: list[str], line: int, outline: Outline) -> dict[int, str]:
    """Which column stands where; empty, and told, where there is none for the steps."""
    known = {name: column for column, names in COLUMNS.items() for name in names}
    found: dict[int, str] = {}
    for number, cell in enumerate(cells):
        column = known.get(cell.casefold())
        if column and column not in found.values():
            found[number] = column
        elif cell:
            outline.remark(line, f"the column '{plain(cell)[:40]}' is left out")
    if "step" not in found.values():
        outline.refuse(line, f"the first row names no column 'step'; the columns are {', '.join(COLUMNS)}")
        return {}
    return found
