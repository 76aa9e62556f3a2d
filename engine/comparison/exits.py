"""What changed in where a step leads: its exit, the answers it offers, and what calls hand over (FORMAT §2.2)."""

from collections import Counter
from collections.abc import Iterator

from engine.comparison.difference import Difference, Subject, Voice, replaced
from engine.comparison.records import record_differences
from engine.comparison.renaming import Sides, joined, step_words
from engine.comparison.wording import quoted
from engine.expressions.expression import Expression
from engine.model import Assignment, Branch, Call, Case, Ending, Exit, Guide, Next, Option, Options, Switch


def exit_differences(sides: Sides, voice: Voice, old: Exit, new: Exit) -> Iterator[Difference]:
    """Every difference between the exits of a step that is in both versions."""
    match old, new:
        case Options(), Options():
            yield from _options(sides, voice, old, new)
        case Next(), Next():
            yield from leads(sides, voice, "it", old.to, new.to)
        case Branch(), Branch():
            yield from _cases(sides, voice, old, new)
        case Call(), Call():
            yield from call_differences(sides, voice, old, new)
        case Switch(), Switch():
            yield from call_differences(sides, voice, _as_call(old), _as_call(new))
        case Ending(), Ending():
            if old.outcome != new.outcome:
                now, was = _outcome(sides.new, new.outcome), _outcome(sides.old, old.outcome)
                yield voice.tell("way", f"it now ends the guide with {now}; it was {was}", old.outcome, new.outcome)
        case _:
            yield voice.tell(
                "way", f"its exit is now {exit_words(sides.new, new)}; it was {exit_words(sides.old, old)}"
            )


def leads(sides: Sides, voice: Voice, name: str, was: str, now: str) -> Iterator[Difference]:
    """Where something called `name` leads, "" being nowhere."""
    if sides.now(was) == now:
        return
    to, before = step_words(sides.new, now), step_words(sides.old, was)
    if not was:
        yield voice.tell("way", f"{name} now goes to {to}", was, now)
    elif not now:
        yield voice.tell("way", f"{name} no longer goes to {before}", was, now)
    else:
        yield voice.tell("way", f"{name} now goes to {to}; it went to {before}", was, now)


def source(expression: Expression | None) -> str:
    """What is written out, "" where nothing is."""
    return expression.source if expression else ""


def set_differences(voice: Voice, old: tuple[Assignment, ...], new: tuple[Assignment, ...]) -> Iterator[Difference]:
    """What is set, and in which order: later values can be worked out from earlier ones."""
    was, now = ({each.field: each.expression.source for each in sets} for sets in (old, new))
    yield from voice.mapping("the value that it sets for '{}'", was, now)
    yield from voice.order("the values that it sets", list(was), list(now))


def relabelled(voice: Voice, old: Option, new: Option) -> Iterator[Difference]:
    """Whether an answer has another id or label."""
    if old.id != new.id:
        words = f"the answer “{new.label}” has the id '{new.id}' now; it was '{old.id}'"
        yield voice.tell("renamed", words, old.id, new.id)
    if old.label != new.label:
        yield voice.tell("wording", f"the answer “{old.label}” is now called “{new.label}”", old.label, new.label)


def option_differences(voice: Voice, old: Option, new: Option) -> Iterator[Difference]:
    """What differs in an answer, but for its id, its label and where it leads."""
    own = voice.within(f"the answer “{new.label}”")
    yield from own.text("the hint", old.hint.written, new.hint.written)
    yield from own.code("the condition for offering it", source(old.when), source(new.when))
    yield from own.code("the condition that unlocks it", source(old.allow), source(new.allow))
    yield from own.text("the reason why it is locked", old.because.written, new.because.written)
    yield from own.value("what opens it when it is locked", OPENS[old.override], OPENS[new.override])
    if old.id == new.id:
        yield from own.value("the id that it had before", old.was, new.was)
    yield from set_differences(own, old.sets, new.sets)
    yield from record_differences(own, old.records, new.records)


OPENS = {"reason": "a reason", "approval": "the approval of a second person", "never": "nothing", "": "nothing"}
"""What `override` asks for, in words."""


def call_differences(sides: Sides, voice: Voice, old: Call, new: Call) -> Iterator[Difference]:
    """What differs between two calls of another guide."""
    yield from voice.value("the guide that it goes on in", f"'{old.guide}'", f"'{new.guide}'", "way")
    given = ({each.field: each.expression.source for each in call.given} for call in (old, new))
    yield from voice.mapping("the value handed over for '{}'", *given)
    taken = ({each.ours: each.theirs for each in call.take} for call in (old, new))
    yield from voice.mapping("the value taken into '{}'", *taken)
    was, now = old.on or {}, new.on or {}
    for outcome in {**now, **was}:
        name = f"after the outcome '{outcome}' there, it"
        yield from leads(sides, voice, name, was.get(outcome, ""), now.get(outcome, ""))
    yield from leads(sides, voice, "after any other outcome there, it", old.otherwise or "", new.otherwise or "")


def _as_call(switch: Switch) -> Call:
    return Call(switch.guide, switch.path, switch.given)


def _options(sides: Sides, voice: Voice, old: Options, new: Options) -> Iterator[Difference]:
    before, after = ({option.id: option for option in exit.options} for exit in (old, new))
    ids = joined(old.options, new.options)
    formerly = {now: was for was, now in ids.items()}
    for option in new.options:
        own = _of_set(voice, option, old)
        if option.id not in formerly:
            to = step_words(sides.new, option.to)
            yield own.tell("added", f"the answer “{option.label}” ('{option.id}') is new; it goes to {to}")
        else:
            was = before[formerly[option.id]]
            own = own if _set_of(was) == _set_of(option) else voice
            yield from relabelled(own, was, option)
            yield from leads(sides, own, f"the answer “{option.label}”", was.to, option.to)
            yield from option_differences(own, was, option)
    for option in old.options:
        if option.id not in ids:
            to = step_words(sides.old, option.to)
            yield _of_set(voice, option, new).tell("removed", f"the answer “{option.label}” is gone; it went to {to}")
    yield from voice.order("the answers", [ids.get(id, "") for id in before], list(after))


def _of_set(voice: Voice, option: Option, other: Options) -> Voice:
    """The voice of the option set that this option is from, where the other version offers it too."""
    name = _set_of(option)
    return Voice(Subject("option set", name)) if name and name in map(_set_of, other.options) else voice


def _set_of(option: Option) -> str:
    return f"{option.path[1]}" if option.path[0] == "option_sets" else ""


def _cases(sides: Sides, voice: Voice, old: Branch, new: Branch) -> Iterator[Difference]:
    was = [(source(case.when), sides.now(case.to)) for case in old.cases]
    now = [(source(case.when), case.to) for case in new.cases]
    if was != now and Counter(was) == Counter(now):
        yield voice.tell("order", "the entries of the branch stand in another order")
        return
    for before, after in replaced(was, now):
        one = None if before is None else old.cases[before]
        other = None if after is None else new.cases[after]
        yield _case(sides, voice, one, other)


def _case(sides: Sides, voice: Voice, old: Case | None, new: Case | None) -> Difference:
    """One entry of a branch that stands in the place of another one, or of none."""
    before = f"{step_words(sides.old, old.to)} {_when(old)}" if old else ""
    after = f"{step_words(sides.new, new.to)} {_when(new)}" if new else ""
    if not before:
        return voice.tell("added", f"the branch has a new entry: it goes to {after}")
    if not after:
        return voice.tell("removed", f"the entry of the branch that went to {before} is gone")
    if old and new and sides.now(old.to) == new.to:
        to = step_words(sides.new, new.to)
        return voice.tell("changed", f"the branch goes to {to} {_when(new)} now; before, {_when(old)}", before, after)
    return voice.tell("way", f"the branch now goes to {after}; there it went to {before}", before, after)


def _when(case: Case) -> str:
    return f"when {quoted(case.when.source)}" if case.when else "otherwise"


def _outcome(guide: Guide, id: str) -> str:
    return f"'{id}' (“{guide.outcomes[id].label}”)"


def exit_words(guide: Guide, exit: Exit) -> str:
    """An exit, as what can be said to be one."""
    match exit:
        case Options():
            count = len(exit.options)
            return f"a choice of {count} answer{'' if count == 1 else 's'}"
        case Next():
            return f"the step {step_words(guide, exit.to)}"
        case Branch():
            return "a branch"
        case Call():
            return f"a call of the guide '{exit.guide}'"
        case Switch():
            return f"a switch to the guide '{exit.guide}'"
    return f"the outcome {_outcome(guide, exit.outcome)}"
