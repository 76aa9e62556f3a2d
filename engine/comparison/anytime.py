"""What changed in the answers that are offered at any time (FORMAT §2.3)."""

from collections.abc import Iterator

from engine.comparison.difference import Difference, Subject, Voice
from engine.comparison.exits import exit_differences, option_differences, relabelled
from engine.comparison.renaming import Sides, joined
from engine.model import Anytime, Exit, Next


def anytime_differences(sides: Sides) -> Iterator[Difference]:
    """Every difference in them, in the newer guide's order, those that are gone last."""
    before, after = ({entry.option.id: entry for entry in guide.anytime} for guide in (sides.old, sides.new))
    ids = joined(*([entry.option for entry in guide.anytime] for guide in (sides.old, sides.new)))
    formerly = {now: was for was, now in ids.items()}
    for id, entry in after.items():
        if id in formerly:
            yield from _differences(sides, _voice(entry), before[formerly[id]], entry)
        else:
            yield _voice(entry).tell("added", "this answer is new")
    for id, entry in before.items():
        if id not in ids:
            yield _voice(entry).tell("removed", "this answer is gone")
    guide = Voice(Subject("guide", sides.new.id, sides.new.title))
    yield from guide.order("the answers at any time", [ids.get(id, "") for id in before], list(after))


def _voice(entry: Anytime) -> Voice:
    return Voice(Subject("anytime entry", entry.option.id, entry.option.label))


def _differences(sides: Sides, voice: Voice, old: Anytime, new: Anytime) -> Iterator[Difference]:
    yield from relabelled(voice, old.option, new.option)
    yield from exit_differences(sides, voice, _exit(old), _exit(new))
    yield from option_differences(voice, old.option, new.option)
    yield from voice.value("it", _audience(old), _audience(new))


def _exit(entry: Anytime) -> Exit:
    """Where an entry leads, as a step's exit."""
    if entry.closing:
        return entry.closing.exit
    return entry.detour or Next(entry.option.to, entry.option.path)


def _audience(entry: Anytime) -> str:
    return "offered to staff alone" if entry.staff else "offered to clients too"
