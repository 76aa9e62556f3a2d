"""A guide as one Markdown page: the flowchart, then every step with its words and links to where its answers lead."""

import re
from collections.abc import Iterable, Iterator

from engine.exports.mermaid import chart
from engine.exports.playbook import Check, Entry, Page, Way, playbook
from engine.graph import GuideGraph

_MARKS = re.compile(r"[\\`*_\[\]<>&|~]")
_STARTS = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)]))")
_HTML = re.compile(r"(?P<kept>(`+)(?!`).*?(?<!`)\2(?!`)|\\.|<(?:https?:|mailto:|tel:)[^\s<>]*>)|<", re.DOTALL)


def to_markdown(graph: GuideGraph) -> str:
    """The guide as the text of a `.md` file."""
    return "\n".join(_lines(graph))


def _lines(graph: GuideGraph) -> Iterator[str]:
    book = playbook(graph)
    yield from (f"# {plain(book.title)}", "")
    yield from (plain(book.summary), "") if book.summary.strip() else ()
    yield from (f"- {name}: {plain(fact)}" for name, fact in book.facts)
    yield from ("", "```mermaid", *chart(graph), "```", "")
    yield from ("## Steps", "")
    for page in (page for chapter in book.chapters for page in chapter.pages):
        yield f"{page.number}. [{plain(page.title)}](#{page.id})"
    if book.given:
        yield from ("", "## Known before it starts", "", *map(_entry, book.given))
    if book.anytime:
        yield from ("", "## At any time", "", *map(_way, book.anytime))
    for chapter in book.chapters:
        yield from ("", f"## {plain(chapter.title)}") if chapter.title else ()
        for page in chapter.pages:
            yield from ("", *_page(page))
    yield ""


def _page(page: Page) -> Iterator[str]:
    yield from (f'<a id="{page.id}"></a>', "", f"### {page.number}. {plain(page.title)}")
    if page.start:
        yield from ("", "*Start here.*")
    if page.kind == "automatic":
        yield from ("", "*This step decides by itself:*")
    if page.say:
        yield from ("", *(f"> {line}".rstrip() for line in safe(page.say).strip().split("\n")))
    yield from _images(page)
    if page.note:
        yield from ("", "**For you:**", "", safe(page.note).strip())
    yield from _listed("In your own words", (safe(point) for point in page.points))
    yield from _listed("Do not say", (safe(words) for words in page.never))
    yield from _listed("Before you go on", map(_check, page.checks))
    yield from _listed("Write down", (_entry(entry)[2:] for entry in page.entries))
    if page.question:
        yield from ("", f"**{plain(page.question)}**")
    if page.calls:
        then = "then go on by how it ended:" if page.returns else "and go on there."
        yield from ("", f"Go through the guide **{plain(page.calls)}**, {then}")
    if page.ways:
        yield from ("", *map(_way, page.ways))
    if page.skip:
        yield from ("", f"This step can be skipped, with a reason: go to {_target(page.skip)}.")
    if page.outcome:
        yield from ("", f"**Ends here:** {plain(page.outcome)} ({page.kind})")


def _images(page: Page) -> Iterator[str]:
    for image in page.images:
        yield from ("", f"![{plain(image.alt)}]({image.file})")


def _listed(heading: str, entries: Iterable[str]) -> Iterator[str]:
    lines = [f"- {_hanging(entry)}" for entry in entries]
    yield from ("", f"**{heading}:**", "", *lines) if lines else ()


def _check(check: Check) -> str:
    source = f" ({plain(check.source)})" if check.source else ""
    return f"[ ] {plain(check.label)}{source}{f', {check.unless}' if check.unless else ''}"


def _entry(entry: Entry) -> str:
    choices = f" {' / '.join(map(plain, entry.choices))}" if entry.choices else ""
    when = f"; only if {plain(entry.condition)}" if entry.condition else ""
    help = f". {plain(entry.help)}" if entry.help else ""
    optional = "" if entry.required else ", may stay empty"
    return f"- {plain(entry.label)}: {plain(entry.what)}{choices}{optional}{when}{help}"


def _way(way: Way) -> str:
    if way.label is None:
        return f"- {_reason(way)}go to {_target(way)}"
    hint = f" ({plain(way.hint)})" if way.hint else ""
    when = f" (only if {plain(way.condition)})" if way.condition else ""
    locked = f" *{plain(way.locked)}*" if way.locked else ""
    return f"- **{plain(way.label)}**{hint}{when}{locked} → {_target(way)}"


def _target(way: Way) -> str:
    if way.calls:
        return f"the guide **{plain(way.calls)}**, then back here"
    return f"[{way.number}. {plain(way.title)}](#{way.step})" if way.step else f"ends: {plain(way.outcome)}"


def _reason(way: Way) -> str:
    if not way.condition:
        return ""
    return "otherwise " if way.condition == "otherwise" else f"if {plain(way.condition)}: "


def _hanging(entry: str) -> str:
    """The text so that all of it stays in its list entry."""
    return entry.strip().replace("\n", "\n  ")


def plain(text: str) -> str:
    """A text of one line, its characters as they are."""
    return _STARTS.sub(_escaped, _MARKS.sub(r"\\\g<0>", " ".join(text.split())))


def safe(markdown: str) -> str:
    """A guide's Markdown, in which HTML stays text elsewhere too: code and addresses in `<>` are left as they are."""
    return _HTML.sub(lambda found: found["kept"] or "\\<", markdown)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"
