"""What happened in a session, in the past tense (FORMAT §6)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias


class SessionStarted(NamedTuple):
    """A session began. `guides` pins every reachable guide's version by digest; values are canonical.

    `sources` are what fields are `from`, like `agent.name`, `facts` the client's figures, like `contacts.90`: a replay
    needs nothing else.
    """

    guides: Mapping[str, str]
    given: Mapping[str, Any]
    locale: str
    time_zone: str
    channel: str
    client: str | None
    today: date
    sources: Mapping[str, Any] = {}
    facts: Mapping[str, Any] = {}


class ClientNamed(NamedTuple):
    """The session's client was named, or corrected: `client` is the reference.

    `sources` are what fields are `from` the client now, `facts` the client's figures: they take the place of those
    before.
    """

    client: str
    sources: Mapping[str, Any]
    facts: Mapping[str, Any]
    today: date


class StepShown(NamedTuple):
    """A step came on the screen; `digest` is that of its text as filled in."""

    occurrence: int
    digest: str


class Answered(NamedTuple):
    """The step on the screen was answered.

    `values` are canonical and plain, `typed` what was typed where it differs, `set` what the guide set with it;
    `reasons` say, by option or check id, why something locked or left open was passed all the same.
    """

    occurrence: int
    option: str | None
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    checks: tuple[str, ...]
    reasons: Mapping[str, str]
    set: Mapping[str, Any]
    today: date


class Changed(NamedTuple):
    """An answer given before was replaced by this one; `old_option` and `old` values are what it was."""

    occurrence: int
    option: str | None
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    checks: tuple[str, ...]
    reasons: Mapping[str, str]
    set: Mapping[str, Any]
    today: date
    old_option: str | None
    old: Mapping[str, Any]
    reason: str


class Skipped(NamedTuple):
    """The step on the screen was skipped; its answer is `reason`."""

    occurrence: int
    reason: str
    today: date


class GuideOpened(NamedTuple):
    """Somebody opened another guide at the step on the screen, as a detour of their own choosing.

    `given` are the values it begins with, `guides` pins it and all it can reach by digest, as when a session starts,
    and `facts` are the client's figures that only these read.
    """

    occurrence: int
    opened: str
    given: Mapping[str, Any]
    guides: Mapping[str, str]
    today: date
    facts: Mapping[str, Any] = {}


class StepFlagged(NamedTuple):
    """Somebody flagged the step for its author: `text` says what is wrong with it."""

    occurrence: int
    text: str


class NothingFitted(NamedTuple):
    """None of the answers fitted; `words` are the client's own."""

    occurrence: int
    words: str


class Paused(NamedTuple):
    """The session was put aside for a while."""

    occurrence: int
    reason: str


class Resumed(NamedTuple):
    """A paused session was taken up again, at the step where it stood."""

    occurrence: int


class HandedOver(NamedTuple):
    """The session was given to somebody else, or to a queue: `to`, with a `note` for them."""

    occurrence: int
    to: str
    note: str


class TakenOver(NamedTuple):
    """Somebody, the event's actor, took over what had been handed over, and goes on with it.

    `sources` are what fields are `from` them, like `agent.name`, in the place of those before.
    """

    occurrence: int
    sources: Mapping[str, Any] = {}


class Overridden(NamedTuple):
    """A locked option was chosen, or a required check left open: `what`, for a reason or by an approver."""

    occurrence: int
    what: str
    reason: str
    approver: str


class ApprovalAsked(NamedTuple):
    """A second person was asked to approve an option or an open check, `what`."""

    occurrence: int
    what: str
    reason: str


class ApprovalGiven(NamedTuple):
    """A second person, the event's actor, approved `what`."""

    occurrence: int
    what: str
    reason: str


class ApprovalRefused(NamedTuple):
    """A second person, the event's actor, refused `what`."""

    occurrence: int
    what: str
    reason: str


class Branched(NamedTuple):
    """A branch decided: its entry number `rule` from 1, the step it leads `to`, and the values it `saw`."""

    occurrence: int
    rule: int
    to: str
    saw: Mapping[str, Any]


class Called(NamedTuple):
    """Another guide began: called, switched to, or as a detour; `into` is its frame, `given` what it got."""

    occurrence: int
    called: str
    into: str
    given: Mapping[str, Any]


class Returned(NamedTuple):
    """A called guide ended with `outcome`; its caller goes on at `to` having taken `taken`."""

    occurrence: int
    outcome: str
    to: str
    taken: Mapping[str, Any]


class WentBack(NamedTuple):
    """The cursor went back to an earlier visit of a step; nothing was deleted."""

    occurrence: int
    to_frame: str
    to_step: str
    to_occurrence: int


class NoteAdded(NamedTuple):
    """A person wrote a note at a step."""

    text: str


class Recorded(NamedTuple):
    """A record for the ledger of `client`: `record` is contact, promise, remedy, recognition or agreement.

    `details` and `texts` are what it says, `values` those of an agreement's fields; `source` is its place in the guide.
    `replaces` is the seq of the record that it stands in for.
    """

    occurrence: int
    record: str
    source: str
    details: Mapping[str, Any]
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    client: str | None
    replaces: int | None


class RecordCancelled(NamedTuple):
    """The record that event `record` wrote does not hold any more."""

    record: int
    reason: str


class DocumentProduced(NamedTuple):
    """A document was taken from the screen: its `texts` (to, subject, body in Markdown, plain) and their digest."""

    occurrence: int
    document: str
    document_kind: str
    title: str
    texts: Mapping[str, str]
    digest: str


class OutcomeReached(NamedTuple):
    """The guide that the session started with reached an outcome."""

    occurrence: int
    outcome: str
    outcome_kind: str


class SessionEnded(NamedTuple):
    """The session ended: `how` is `outcome` (reached) or `ended` (by a person, with a reason)."""

    how: str
    reason: str


class Reopened(NamedTuple):
    """An ended session was opened again by going back."""

    occurrence: int


Body: TypeAlias = (
    SessionStarted
    | ClientNamed
    | StepShown
    | Answered
    | Changed
    | Skipped
    | GuideOpened
    | StepFlagged
    | NothingFitted
    | Paused
    | Resumed
    | HandedOver
    | TakenOver
    | Overridden
    | ApprovalAsked
    | ApprovalGiven
    | ApprovalRefused
    | Branched
    | Called
    | Returned
    | WentBack
    | NoteAdded
    | Recorded
    | RecordCancelled
    | DocumentProduced
    | OutcomeReached
    | SessionEnded
    | Reopened
)

KINDS: dict[str, type[Body]] = {
    "session_started": SessionStarted,
    "client_named": ClientNamed,
    "step_shown": StepShown,
    "answered": Answered,
    "changed": Changed,
    "skipped": Skipped,
    "guide_opened": GuideOpened,
    "step_flagged": StepFlagged,
    "nothing_fitted": NothingFitted,
    "paused": Paused,
    "resumed": Resumed,
    "handed_over": HandedOver,
    "taken_over": TakenOver,
    "overridden": Overridden,
    "approval_asked": ApprovalAsked,
    "approval_given": ApprovalGiven,
    "approval_refused": ApprovalRefused,
    "branched": Branched,
    "called": Called,
    "returned": Returned,
    "went_back": WentBack,
    "note_added": NoteAdded,
    "recorded": Recorded,
    "record_cancelled": RecordCancelled,
    "document_produced": DocumentProduced,
    "outcome_reached": OutcomeReached,
    "session_ended": SessionEnded,
    "reopened": Reopened,
}
NAMES: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}


class Moment(NamedTuple):
    """Who acts and when: `at` in UTC with microseconds, `today` the date in the session's time zone."""

    at: datetime
    actor: str
    today: date


class Event(NamedTuple):
    """One thing that happened. `seq` counts from 1 within a session without gaps.

    `guide`, `step` and `frame` say where: the root frame is `""`, that of another guide
    `<frame it began in>/<step>.<occurrence>:<guide>`.
    """

    seq: int
    at: datetime
    actor: str
    guide: str
    step: str
    frame: str
    body: Body

    @property
    def kind(self) -> str:
        """The event's kind as it is written in the log, like `answered`."""
        return NAMES[type(self.body)]
