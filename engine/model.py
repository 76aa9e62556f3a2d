"""A guide as typed, frozen values: what the compiler builds and walking, drawing and the rules read (FORMAT §2).

Every part keeps the `path` of the document it came from, so that a rule can point at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from engine.bounds import Bounds
from engine.claims import Rule
from engine.content import Words, words
from engine.expressions.expression import Expression, Scope
from engine.fields.catalogue import NO_LIMITS
from engine.fields.field import Field, Limits
from engine.pictures import Picture
from engine.problems import Path
from engine.shown import ShownAsk, ShownCheck, ShownImage, ShownOption, ask
from engine.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Assignment:
    """`field: expression`, as in `set` (a field of ours) and `with` (a given field of theirs)."""

    field: str
    expression: Expression
    path: Path


@dataclass(frozen=True, slots=True)
class Record:
    """What is written into the client's ledger: a contact, promise, remedy, recognition or agreement (FORMAT §5).

    `fixed` is what the author wrote out, like `by: client`; `figures` are worked out: `due` or `review_on`, `amount`.
    It is written only where `when` is true or absent. `values` are the fields that an agreement is about.
    """

    kind: str
    path: Path
    fixed: Mapping[str, str]
    texts: Mapping[str, Text]
    figures: Mapping[str, Expression]
    values: tuple[str, ...] = ()
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that is offered: only where `when` is true or absent; it leads `to` a step.

    It is locked unless `allow` is true or absent: `because` says why, and `override` whether a `reason` or the
    `approval` of a second person opens it all the same; "" leaves it locked. `was` is an id that it had before.
    """

    id: str
    label: str
    to: str
    path: Path
    hint: Text = EMPTY
    when: Expression | None = None
    allow: Expression | None = None
    because: Text = EMPTY
    override: str = ""
    sets: tuple[Assignment, ...] = ()
    was: str = ""
    records: tuple[Record, ...] = ()
    shown: ShownOption = field(init=False, compare=False)
    varies: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once how it shows where it is open and no answer was given; `varies` says that it may differ."""
        shown = ShownOption(self.id, self.label, self.hint.written, True, "", None, False)
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "varies", bool(self.when or self.allow or self.hint.slots))


@dataclass(frozen=True, slots=True)
class Options:
    """Exit: the person chooses one option."""

    options: tuple[Option, ...]
    by_id: Mapping[str | None, Option] = field(init=False, compare=False)
    shown: tuple[ShownOption, ...] = field(init=False, compare=False)
    vary: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Index the options by id, and lay out once what shows where none of them varies."""
        object.__setattr__(self, "by_id", {option.id: option for option in self.options})
        object.__setattr__(self, "shown", tuple([option.shown for option in self.options]))
        object.__setattr__(self, "vary", any(option.varies for option in self.options))

    def find(self, id: str | None) -> Option | None:
        """The option with this id, or None."""
        return self.by_id.get(id)


@dataclass(frozen=True, slots=True)
class Next:
    """Exit: one way on."""

    to: str
    path: Path


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a branch; the one without `when` is taken where none before it was true."""

    to: str
    path: Path
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Exit: the first case that is true decides."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """`ours: theirs`: what a call brings back."""

    ours: str
    theirs: str
    path: Path


@dataclass(frozen=True, slots=True)
class Call:
    """Exit: another guide is walked, then its outcome decides where this one goes on."""

    guide: str
    path: Path
    given: tuple[Assignment, ...] = ()
    take: tuple[Take, ...] = ()
    on: Mapping[str, str] | None = None
    otherwise: str | None = None

    def target(self, outcome: str) -> str | None:
        """The step to go on at after this outcome of theirs, or None where it is not mapped."""
        return (self.on or {}).get(outcome, self.otherwise)


@dataclass(frozen=True, slots=True)
class Switch:
    """Exit: this guide's walk ends without an outcome of its own, and goes on in another guide."""

    guide: str
    path: Path
    given: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Exit: the guide ends with this outcome the moment its step is reached."""

    outcome: str


Exit: TypeAlias = Options | Next | Branch | Call | Switch | Ending


@dataclass(frozen=True, slots=True)
class Anytime:
    """An answer offered at every step: `option` with a step to go to (its `to`), a `detour`, or a `closing`.

    A detour is walked and comes back to the step it left; `closing` is the step, without content, of an outcome.
    `staff` entries are never shown to clients.
    """

    option: Option
    detour: Call | None = None
    closing: "Step | None" = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A field asked in a step, only where `when` is true or absent."""

    field: str
    required: bool
    path: Path
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Evidence that a person ticks before going on.

    A required one may be left open with a `reason`, with the `approval` of a second person, or `never`: `override`.
    """

    id: str
    label: str
    source: str
    required: bool
    path: Path
    override: str = "reason"

    def shown(self, *, ticked: bool = False) -> ShownCheck:
        """The check as a person sees it."""
        return ShownCheck(self.id, self.label, self.source, self.required, ticked, self.override)


@dataclass(frozen=True, slots=True)
class Image:
    """An image that a step shows: a `file` beside the guide, in words its `alt`; `picture` where the file was read."""

    file: str
    alt: str
    path: Path
    picture: Picture | None = None

    @property
    def shown(self) -> ShownImage:
        """The image as a person sees it."""
        known = self.picture or Picture("")
        return ShownImage(self.file, self.alt, known.digest, known.width, known.height)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its content, then exactly one exit.

    `automatic` steps are those that nobody sees: no content, and no options to choose from (FORMAT §2.2). A step
    `halts` where a person is needed: it is neither automatic nor the end of its guide. `name` is what people know a
    step by: its title, else its question, else its id in words; `words` are its texts. Skipping it leads to `skip_to`,
    where that is not empty. `locks` says whether a check or option of it can be closed, `assigns` and `writes` whether
    leaving it by an option or going on sets fields or can write records.
    """

    id: str
    path: Path
    exit: Exit
    title: Text = EMPTY
    stage: str | None = None
    tags: tuple[str, ...] = ()
    say: Text = EMPTY
    points: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
    note: Text = EMPTY
    question: Text = EMPTY
    checks: tuple[Check, ...] = ()
    asks: tuple[Ask, ...] = ()
    sets: tuple[Assignment, ...] = ()
    documents: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    records: tuple[Record, ...] = ()
    has_content: bool = True
    skip_to: str = ""
    max_visits: int = 50
    was: str = ""
    automatic: bool = field(init=False)
    halts: bool = field(init=False)
    name: Text = field(init=False)
    words: Words = field(init=False)
    locks: bool = field(init=False)
    assigns: bool = field(init=False)
    writes: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every screen asks for."""
        in_words = self.id.replace("-", " ").capitalize()
        automatic = not self.has_content and not isinstance(self.exit, Options)
        object.__setattr__(self, "automatic", automatic)
        object.__setattr__(self, "halts", not automatic and not isinstance(self.exit, Ending))
        name = self.title or self.question or Text((in_words,), written=in_words)
        texts = (name, self.say, self.points, self.never, self.note, self.question)
        options = self.exit.options if isinstance(self.exit, Options) else ()
        required = any(check.required for check in self.checks)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "words", words(self.id, texts))
        object.__setattr__(self, "locks", required or any(option.allow for option in options))
        object.__setattr__(self, "assigns", bool(self.sets) or any(option.sets for option in options))
        object.__setattr__(self, "writes", bool(self.records) or any(option.records for option in options))


@dataclass(frozen=True, slots=True)
class Document:
    """What people get in writing; `kind` is email, letter or summary, `body` is Markdown."""

    id: str
    kind: str
    title: str
    path: Path
    to: Text
    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a guide can end; `kind` is success, partial, failure, escalated or abandoned.

    `label` is for staff; `summary` is what a client reads of it, "" for what there is to say of its kind.
    """

    id: str
    label: str
    kind: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """A path that the author expects: `script` is the answers document of FORMAT §2.6, still plain."""

    name: str
    script: Mapping[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide that compiled. `computed` is in the order in which its fields depend on each other.

    `unused_sets` are the option sets that no step uses; `digest` is the SHA-256 of the canonical text. `translations`
    are the same guide with other words, by language. `outside` names for each field whose value is a fact or comes
    `from` somewhere what it is: `promises_broken.client.365`, `agent.name`. `order` are the ids of the steps
    and `places` their numbers in it, from 0. `given` are the fields a session starts with; `limits` are those that are
    always the same, by field; `asked` is how each field shows where nothing is known; `progress` is the number of
    each stage and how many there are; `personal` are the ids of personal fields, and the keys from outside of these.
    """

    id: str
    title: str
    start: str
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    fields: Mapping[str, Field]
    summary: str = ""
    language: str = "en"
    owner: str = ""
    tags: tuple[str, ...] = ()
    audience: str = "staff"
    review_by: str | None = None
    stages: Mapping[str, str] | None = None
    computed: tuple[tuple[str, Expression], ...] = ()
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    anytime: tuple[Anytime, ...] = ()
    rules: tuple[Rule, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    walkthroughs: tuple[Walkthrough, ...] = ()
    unused_sets: tuple[str, ...] = ()
    digest: str = ""
    translations: Mapping[str, "Guide"] = field(default_factory=dict, compare=False)
    outside: tuple[tuple[str, str], ...] = field(init=False, compare=False)
    order: tuple[str, ...] = field(init=False, compare=False)
    places: Mapping[str, int] = field(init=False, compare=False)
    given: tuple[Field, ...] = field(init=False, compare=False)
    limits: Mapping[str, Limits] = field(init=False, compare=False)
    asked: Mapping[str, ShownAsk] = field(init=False, compare=False)
    progress: Mapping[str, Mapping[str, int]] = field(init=False, compare=False)
    personal: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every frame of this guide begins with, and how its fields are asked."""
        keys = ((id, each.fact.key(self.id) if each.fact else each.source) for id, each in self.fields.items())
        nowhere = Scope({}, date.min)
        varying = {id for id, bounds in self.bounds.items() if bounds.vary}
        bounds = {id: self.bounds.get(id) for id in self.fields.keys() - varying}
        limits = {id: each.within(self.fields[id], nowhere) if each else NO_LIMITS for id, each in bounds.items()}
        asked = {id: ask(each, limits.get(id, NO_LIMITS)) for id, each in self.fields.items()}
        outside = tuple((id, key) for id, key in keys if key)
        personal = {id for id, each in self.fields.items() if each.personal}
        object.__setattr__(self, "outside", outside)
        object.__setattr__(self, "personal", frozenset({*personal, *(key for id, key in outside if id in personal)}))
        stages = tuple(self.stages or ())
        progress = {stage: {"stage": number, "of": len(stages)} for number, stage in enumerate(stages, 1)}
        object.__setattr__(self, "progress", progress)
        object.__setattr__(self, "order", tuple(self.steps))
        object.__setattr__(self, "places", {id: place for place, id in enumerate(self.steps)})
        object.__setattr__(self, "given", tuple([each for each in self.fields.values() if each.given]))
        object.__setattr__(self, "limits", limits)
        object.__setattr__(self, "asked", asked)

    def spoken(self, locale: str) -> "Guide":
        """The guide in the language of a locale like `de-CH` or `de_CH`, as far as it is translated; else itself."""
        tag = locale.replace("_", "-")
        return self.translations.get(tag) or self.translations.get(tag.partition("-")[0]) or self

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call of another guide by a step."""
        return tuple(step.exit for step in self.steps.values() if isinstance(step.exit, Call))

    @property
    def leads(self) -> tuple[Call | Switch, ...]:
        """Every way into another guide: calls, switches and detours."""
        exits = (step.exit for step in self.steps.values())
        detours = (entry.detour for entry in self.anytime if entry.detour)
        return (*(exit for exit in exits if isinstance(exit, Call | Switch)), *detours)
