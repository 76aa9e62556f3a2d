"""What changed in the steps of a guide: which there are, their content, and their exits (FORMAT §2.2)."""

from collections.abc import Iterator

from engine.comparison.difference import Difference, Subject, Voice
from engine.comparison.exits import OPENS, exit_differences, exit_words, leads, set_differences, source
from engine.comparison.records import record_differences
from engine.comparison.renaming import Sides
from engine.model import Ask, Check, Guide, Image, Step
from engine.text import Text


def step_differences(sides: Sides) -> Iterator[Difference]:
    """Every difference in steps, in the newer guide's order, those that are gone last."""
    formerly = {now: was for was, now in sides.steps.items()}
    for id, step in sides.new.steps.items():
        voice = _voice(step)
        if id not in formerly:
            yield voice.tell("added", f"this step is new; its exit is {exit_words(sides.new, step.exit)}")
        else:
            yield from _differences(sides, voice, sides.old.steps[formerly[id]], step)
    for id, step in sides.old.steps.items():
        if id not in sides.steps:
            yield _voice(step).tell("removed", "this step is gone")


def _voice(step: Step) -> Voice:
    named = step.title or step.question
    return Voice(Subject("step", step.id, named.source))


def _differences(sides: Sides, voice: Voice, old: Step, new: Step) -> Iterator[Difference]:
    if old.id != new.id:
        yield voice.tell("renamed", f"this step has the id '{new.id}' now; it was '{old.id}'", old.id, new.id)
    elif old.was != new.was:
        yield from voice.value("the former id", old.was, new.was)
    yield from _content(voice, old, new)
    yield from voice.value("the stage", _stage(old), _stage(new))
    yield from voice.value("the list of tags", ", ".join(old.tags), ", ".join(new.tags))
    yield from _images(voice, old.images, new.images)
    yield from _checks(voice, old.checks, new.checks)
    yield from _asks(sides, voice, old.asks, new.asks)
    yield from _documents(sides, voice, old.documents, new.documents)
    yield from set_differences(voice, old.sets, new.sets)
    yield from record_differences(voice, old.records, new.records)
    yield from exit_differences(sides, voice, old.exit, new.exit)
    yield from leads(sides, voice, "skipping this step", old.skip_to, new.skip_to)
    visits = "tightened" if new.max_visits < old.max_visits else "loosened"
    yield from voice.value("the greatest number of visits", str(old.max_visits), str(new.max_visits), visits)


def _content(voice: Voice, old: Step, new: Step) -> Iterator[Difference]:
    yield from voice.text("the title", old.title.written, new.title.written)
    yield from voice.text("the text to say", old.say.written, new.say.written)
    yield from voice.texts("the point", _written(old.points), _written(new.points))
    yield from voice.texts("the line never to say", _written(old.never), _written(new.never))
    yield from voice.text("the note", old.note.written, new.note.written)
    yield from voice.text("the question", old.question.written, new.question.written)


def _written(texts: tuple[Text, ...]) -> list[str]:
    return [text.written for text in texts]


def _stage(step: Step) -> str:
    return f"'{step.stage}'" if step.stage else ""


def _checks(voice: Voice, old: tuple[Check, ...], new: tuple[Check, ...]) -> Iterator[Difference]:
    before, after = ({check.id: check for check in checks} for checks in (old, new))
    for id, check in after.items():
        if id not in before:
            yield voice.tell("added", f"the check “{check.label}” ('{id}') is new; a tick is {_required(check)}")
            continue
        was, own = before[id], voice.within(f"the check “{check.label}”")
        yield from own.text("the label", was.label, check.label)
        yield from own.value("the source", was.source, check.source)
        yield from own.value("a tick", _required(was), _required(check))
        yield from own.value("what stands in for a tick", OPENS[was.override], OPENS[check.override])
    for id, check in before.items():
        if id not in after:
            yield voice.tell("removed", f"the check “{check.label}” ('{id}') is gone")
    yield from voice.order("the checks", list(before), list(after))


def _images(voice: Voice, old: tuple[Image, ...], new: tuple[Image, ...]) -> Iterator[Difference]:
    """Images are known by their files; what these show is compared where both were read."""
    before, after = ({image.file: image for image in images} for images in (old, new))
    for file, image in after.items():
        if file not in before:
            yield voice.tell("added", f"the image '{file}' is new: “{image.alt}”")
            continue
        was, own = before[file], voice.within(f"the image '{file}'")
        yield from own.text("what it shows in words", was.alt, image.alt)
        if was.picture and image.picture and was.picture != image.picture:
            yield own.tell("changed", "it is another picture", was.picture.digest, image.picture.digest)
    for file in before:
        if file not in after:
            yield voice.tell("removed", f"the image '{file}' is gone")
    yield from voice.order("the images", list(before), list(after))


def _asks(sides: Sides, voice: Voice, old: tuple[Ask, ...], new: tuple[Ask, ...]) -> Iterator[Difference]:
    before, after = ({ask.field: ask for ask in asks} for asks in (old, new))
    for id, ask in after.items():
        if id not in before:
            yield voice.tell("added", f"this step now asks for {_field(sides.new, id)}")
            continue
        was, own = before[id], voice.within(f"asking for {_field(sides.new, id)}")
        if was.required != ask.required and not _inherited(sides, was, ask):
            stricter = "tightened" if ask.required else "loosened"
            yield from own.value("an answer", _required(was), _required(ask), stricter)
        yield from own.code("the condition", source(was.when), source(ask.when))
    for id in before:
        if id not in after:
            yield voice.tell("removed", f"this step no longer asks for {_field(sides.old, id)}")
    yield from voice.order("the fields it asks for", list(before), list(after))


def _inherited(sides: Sides, old: Ask, new: Ask) -> bool:
    """Whether both say what their field says, so that the difference is told there."""
    before, after = sides.old.fields[old.field], sides.new.fields[new.field]
    return old.required == before.required and new.required == after.required


def _field(guide: Guide, id: str) -> str:
    return f"“{guide.fields[id].label or id}”"


def _required(part: Ask | Check) -> str:
    return "required" if part.required else "optional"


def _documents(sides: Sides, voice: Voice, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Difference]:
    for id in new:
        if id not in old:
            yield voice.tell("added", f"this step now offers the document “{sides.new.documents[id].title}”")
    for id in old:
        if id not in new:
            yield voice.tell("removed", f"this step no longer offers the document “{sides.old.documents[id].title}”")
    yield from voice.order("the documents", old, new)
