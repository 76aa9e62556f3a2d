"""From YAML texts to guide graphs and problems: the table of contents of the pipeline.

`source.parse` → `schema.check` → `building` → `GuideGraph` → `rules` → walkthroughs → problems sorted by place.
"""

import gc
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any, TypeAlias

from engine import pictures, schema, silences, source, translation, walkthroughs
from engine.building.guide import build
from engine.graph import GuideGraph
from engine.model import Guide
from engine.pictures import Picture
from engine.problems import Finding, Path, Place, Position, Problem, has_errors, in_order
from engine.rules import blame_wording, duplicate_label, outside_image, raw_html, unsafe_link
from engine.rules.catalogue import CODES, PROVED, RULES
from engine.source import Document


@dataclass(frozen=True, slots=True)
class Compiled:
    """Guides read together: `graphs` by guide id are those that can be walked, `problems` all that was found."""

    graphs: Mapping[str, GuideGraph]
    problems: tuple[Problem, ...]

    @property
    def guides(self) -> Mapping[str, Guide]:
        """The guides that can be walked, by id."""
        return {id: graph.guide for id, graph in self.graphs.items()}


@dataclass(frozen=True, slots=True)
class _Draft:
    """One text on its way. `guide` is None where its shape is too wrong to build; `findings` are those so far.

    `pictures` are the image files that it names and that are there, None where nobody looked for them.
    """

    file: str
    document: Document | None
    guide: Guide | None = None
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures: Mapping[str, Picture] | None = None

    def own(self) -> Iterator[Problem]:
        """The problems of the text itself: one of a translation keeps nobody from the original."""
        return (problem for problem in self.located() if problem.file == self.file)

    def located(self) -> Iterator[Problem]:
        """Every problem so far, with its line and column."""
        yield from self.problems
        for found in self.findings:
            position = self.document.position(found.place) if self.document else Position()
            yield Problem(found.code, found.message, position, found.hint, found.severity, self.file)


Contents: TypeAlias = Mapping[str, bytes | str]
"""Texts by file name."""


def compile_guides(
    texts: Contents,
    today: date | None = None,
    catalogs: Contents | None = None,
    images: Mapping[str, Picture] | None = None,
    solver: Callable[[], Any] | None = None,
) -> Compiled:
    """Compile the texts, by file name, of guides that may call each other.

    `today` lets rules tell what is overdue. `catalogs` are PO files by name, like `locale/de/late-payment.po`, `images`
    the files beside the guides by name; without `images` none is missed. `solver` gives the module z3: with it
    more warnings and examples are told, never other errors. A guide with errors, or that calls one with errors, has no
    graph.
    """
    with _uncollected():
        drafts = [
            _translated(_built(_parsed(content, file, images)), catalogs or {}) for file, content in texts.items()
        ]
        return _compiled(drafts, today, solver)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: compiling makes much that stays and no cycles, and it cost a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compiled(drafts: list[_Draft], today: date | None, solver: Callable[[], Any] | None) -> Compiled:
    best = sorted(drafts, key=_misfit)
    guides = {draft.guide.id: draft.guide for draft in reversed(best) if draft.guide}
    graphs = {id: GuideGraph(guide, guides, today, solver) for id, guide in guides.items()}
    drafts = [_ruled(draft, graphs) for draft in drafts]
    sound = _closed(_sound(drafts, graphs))
    drafts = [_walked(draft, sound) for draft in drafts]
    problems = in_order(problem for draft in drafts for problem in _unsilenced(draft, () if solver else PROVED))
    return Compiled(_closed(_sound(drafts, sound)), problems)


def _misfit(draft: _Draft) -> bool:
    """Whether the file has another name than its guide: of two guides with one id, that one does not count."""
    return draft.guide is None or PurePath(draft.file).stem != draft.guide.id


def build_guides(
    texts: Contents, catalogs: Contents | None = None, images: Mapping[str, Picture] | None = None
) -> dict[str, Guide]:
    """The guides of texts that were published, so checked, before, by id: neither rules nor walkthroughs are run again.

    A rule that came later, or a walkthrough that would fail today, keeps no session from its guide or from a word of
    its translations (FORMAT §6). `catalogs` and `images` are as for `compile_guides`.
    """
    with _uncollected():
        built = (_built(_parsed(content, file, images)) for file, content in texts.items())
        drafts = (_translated(draft, catalogs or {}, published=True) for draft in built)
        return {draft.guide.id: draft.guide for draft in drafts if draft.guide}


def reachable(guide: Guide, guides: Mapping[str, Guide]) -> dict[str, Guide]:
    """The guide and every guide that it can lead into, by id; those not among `guides` are left out."""
    found, waiting = {guide.id: guide}, [guide]
    while waiting:
        for call in waiting.pop().leads:
            if call.guide in guides and call.guide not in found:
                found[call.guide] = guides[call.guide]
                waiting.append(guides[call.guide])
    return found


def _parsed(content: bytes | str, file: str, images: Mapping[str, Picture] | None) -> _Draft:
    document, problems = source.parse(content, file)
    if document is None or images is None:
        return _Draft(file, document, problems=problems)
    paths = {name: str(PurePath(file).parent / name) for name in pictures.named(document.text)}
    there = {name: images[path] for name, path in paths.items() if path in images}
    return _Draft(file, document, problems=problems, pictures=there)


def _built(draft: _Draft) -> _Draft:
    if draft.document is None:
        return draft
    data, wrong = schema.check(draft.document)
    findings = [*wrong, *_misnamed(data, draft.file)]
    rest, broken = _pruned(data, wrong)
    if rest is None:
        return replace(draft, findings=tuple(findings))
    guide, told = build(rest, broken, draft.pictures)
    return replace(draft, guide=guide, findings=(*findings, *told))


def _translated(draft: _Draft, catalogs: Contents, *, published: bool = False) -> _Draft:
    """The draft with its digest and its translations; what is wrong with one is told in its file, and keeps it out.

    What was `published` is not judged again.
    """
    if draft.guide is None or draft.document is None:
        return draft
    spoken, texts, problems = {}, {}, list(draft.problems)
    for file, content in catalogs.items():
        if PurePath(file).stem == draft.guide.id:
            catalog, unread = translation.read(content, file)
            there = translation.translated(draft.document, catalog)
            other = _reworded(_Draft(file, there.document, pictures=draft.pictures))
            told = () if published else (*unread, *there.problems, *_judged(other, there.lines))
            problems += told
            if other.guide and not has_errors(told):
                spoken[other.guide.language], texts[other.guide.language] = other.guide, catalog.text
    digest = translation.digest(draft.document.text, texts, draft.pictures or {})
    spoken = {language: replace(guide, digest=digest) for language, guide in spoken.items()}
    whole = replace(draft.guide, digest=digest, translations=spoken)
    return replace(draft, guide=whole, problems=tuple(problems))


def _reworded(draft: _Draft) -> _Draft:
    """A guide in the words of a PO file."""
    draft = _built(draft)
    spoken = translation.language(draft.file)
    return replace(draft, guide=replace(draft.guide, language=spoken) if draft.guide else None)


def _judged(draft: _Draft, lines: Mapping[Path, int]) -> Iterator[Problem]:
    """What is wrong with a translation, at the lines of its PO file by the places they translate."""
    for found in (*draft.findings, *(_wordings(draft.guide) if draft.guide else ())):
        if found.place.path in lines:
            position = Position(lines[found.place.path])
            yield Problem("bad-translation", found.message, position, found.hint, found.severity, draft.file)


def _wordings(guide: Guide) -> Iterator[Finding]:
    """What the rules that look at words alone find: a translation is held to them too."""
    graph = GuideGraph(guide)
    for rule in (unsafe_link, outside_image, raw_html, blame_wording, duplicate_label):
        yield from rule.check(graph)


def _misnamed(data: Mapping[str, Any], file: str) -> Iterator[Finding]:
    name, id = PurePath(file), data.get("guide")
    if name.suffix in (".yaml", ".yml") and isinstance(id, str) and id != name.stem:
        message = f"the guide is '{id}', but its file is '{name.name}'"
        other = f" or the guide '{name.stem}'" if _ID.fullmatch(name.stem) else ""
        yield Finding("wrong-name", message, Place(("guide",)), f"call the file '{id}.yaml'{other}")


_ID = re.compile("[a-z][a-z0-9-]*")


def _pruned(data: dict[str, Any], wrong: Iterable[Finding]) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """The data without the parts whose shape is wrong, and the names of those parts; None where too little is left."""
    broken = set()
    for finding in wrong:
        path = finding.place.path
        if finding.place.key and finding.code == "unknown-key":  # the rest is still meant as it stands
            _remove(data, path)
        elif len(path) > 1 and path[0] in PARTS:
            broken.add(f"{PARTS[str(path[0])]}:{path[1]}")
            _remove(data, path[:2])
        elif path:
            _remove(data, path[:1])
    enough = all(data.get(key) for key in ("guide", "title", "outcomes", "steps"))
    return (data if enough else None), frozenset(broken)


PARTS = {
    "steps": "step",
    "fields": "field",
    "outcomes": "outcome",
    "option_sets": "option-set",
    "stages": "stage",
    "walkthroughs": "walkthrough",
    "rules": "rule",
    "documents": "document",
}


def _remove(data: Any, path: Path) -> None:
    """Take the value at `path` out; in a list it becomes None, so that the places of the others stay true."""
    *way, last = path
    for part in way:
        data = data.get(part) if isinstance(data, dict) else data[int(part)] if isinstance(data, list) else None
    if isinstance(data, dict):
        data.pop(last, None)
    elif isinstance(data, list):
        data[int(last)] = None


def _ruled(draft: _Draft, graphs: Mapping[str, GuideGraph]) -> _Draft:
    if draft.guide is None:
        return draft
    graph = graphs[draft.guide.id]
    if graph.guide is not draft.guide:
        message = f"there are two guides '{draft.guide.id}' here"
        name = PurePath(draft.file).stem
        hint = f"call this one '{name}'" if _ID.fullmatch(name) and name not in graphs else "give each an id of its own"
        twice = Finding("duplicate-guide", message, Place(("guide",)), hint)
        others = (found for found in draft.findings if found.code != "wrong-name")
        return replace(draft, findings=(*others, twice))
    if any(found.code in DANGLING for found in draft.findings) or len(graph.guide.steps) < _steps(draft):
        return draft
    told = (found for check in RULES for found in check(graph))
    return replace(draft, findings=(*draft.findings, *told))


DANGLING = frozenset({"unknown-step", "unknown-option-set"})
"""Codes after which ways through the guide are missing, so that rules on ways would tell what is not so."""


def _steps(draft: _Draft) -> int:
    """How many steps the author wrote, those of a wrong shape included."""
    steps = draft.document.data.get("steps") if draft.document else None
    return len(steps) if isinstance(steps, dict) else 0


def _walked(draft: _Draft, graphs: Mapping[str, GuideGraph]) -> _Draft:
    """The draft with its walkthroughs played, where it and all it calls have no errors."""
    if draft.guide is None or draft.guide.id not in graphs or graphs[draft.guide.id].guide is not draft.guide:
        return draft
    guides = {id: graph.guide for id, graph in graphs.items()}
    failed = walkthroughs.failures(draft.guide, guides)
    return replace(draft, findings=(*draft.findings, *failed))


def _unsilenced(draft: _Draft, unsettled: Collection[str]) -> tuple[Problem, ...]:
    """The problems that its author does not silence with a remark; where it is no sound YAML, all."""
    problems = tuple(draft.located())
    if draft.document is None or has_errors(problem for problem in draft.problems if problem.file == draft.file):
        return problems
    return silences.applied(draft.document, problems, CODES, unsettled)


def _sound(drafts: Iterable[_Draft], graphs: Mapping[str, GuideGraph]) -> dict[str, GuideGraph]:
    """The graphs of the drafts without errors."""
    return {
        draft.guide.id: graphs[draft.guide.id]
        for draft in drafts
        if draft.guide and draft.guide.id in graphs and not has_errors(draft.own())
    }


def _closed(graphs: Mapping[str, GuideGraph]) -> dict[str, GuideGraph]:
    """The graphs whose calls all lead to graphs that are there."""
    while lacking := {
        id for id, graph in graphs.items() if any(call.guide not in graphs for call in graph.guide.leads)
    }:
        graphs = {id: graph for id, graph in graphs.items() if id not in lacking}
    return dict(graphs)
