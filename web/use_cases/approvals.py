"""A second person's word on what a guide locks: asked for during the call, and answered from another desk."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, TypeAlias

from engine import walker
from engine.consequences import Turn
from engine.errors import EndedError, Refusal, RefusedError
from engine.events import ApprovalAsked, ApprovalGiven, ApprovalRefused, Moment
from engine.screen import Screen, build
from engine.sentences import sentence
from engine.state import Approval, State
from web.storage import approvals, sessions
from web.storage.approvals import EVERYBODY, Request, Waiting
from web.storage.database import ConflictError, Database, Within
from web.storage.events import append, log
from web.storage.people import Person, names
from web.storage.sessions import Head
from web.use_cases import turns
from web.use_cases.about import whom
from web.use_cases.desk import LONGEST_REASON
from web.use_cases.moves import RACES, Look, Moves, Session
from web.use_cases.permissions import Permission, Role, may_approve, require
from web.use_cases.refusals import DecidedError, NotFoundError
from web.use_cases.shelf import Shelf
from web.use_cases.words import bounded, required, several_lines

Said: TypeAlias = ApprovalAsked | ApprovalGiven | ApprovalRefused
DECIDED: dict[type[Said], str] = {ApprovalGiven: "given", ApprovalRefused: "refused"}


class Asked(NamedTuple):
    """How a request stands: `waiting`, `given`, `refused`, or `dropped` because the call went on without it.

    `by` is what people call who decided, `words` why they did; as long as nobody has, who asked, and why.
    """

    status: str
    by: str
    words: str
    at: datetime


class Word(NamedTuple):
    """A second person's word on the option or check `what`."""

    what: str
    approved: bool
    reason: str


class Board(NamedTuple):
    """What waits for a person, the oldest first; `tag` changes whenever that may have changed.

    Whom each session is `about`, by its id.
    """

    waiting: tuple[Waiting, ...]
    about: Mapping[str, str]
    tag: str


COACH = "Handrail"
"""Who approves what is asked for in practice, as the log has it."""
GRANTED = sentence("In practice everybody says yes.")


class Matter(NamedTuple):
    """A request to decide, whom it is `about`, and the session as it stands."""

    waiting: Waiting
    about: str
    look: Look


class Approvals:
    """The use cases of asking a second person, and of being one."""

    def __init__(self, database: Database, moves: Moves, shelf: Shelf) -> None:
        self._database = database
        self._moves = moves
        self._shelf = shelf

    def ask(self, person: Person, session: Session, seq: int, word: tuple[str, str]) -> Look:
        """Ask a second person to open an option or check of the step on a page that showed `seq`: its id and why.

        Raises `NotFoundError`, `StaleError`, `EndedError`, and `RefusedError`: of the key `approval:<id>` where the
        reason is missing or too long, of `option` where there is nothing to approve. In practice nobody is asked:
        `COACH` approves at once.
        """
        what, reason = word[0], several_lines(word[1])
        look = self._moves.look(person, session)

        def act(state: State, moment: Moment) -> Turn:
            if state.status == "ended":
                raise EndedError(state.status)
            if what not in _locked(state):
                raise RefusedError({"option": Refusal("not-an-option", sentence("Nobody has to approve this here."))})
            required(
                f"approval:{what}", reason, sentence("Say why it should be approved all the same."), LONGEST_REASON
            )
            asked = walker.ask_approval(state, what, reason, moment)
            return _granted(asked, what, moment) if look.head.practice else asked

        def also(look: Look, turn: Turn) -> Within | None:
            if look.head.practice:
                return None
            event, (label, because) = turn.events[-1], _named(look.screen, what)
            request = Request(look.session_id, what, event.seq, label, because, reason, person.id, event.at)
            return approvals.asking(self._database, request, look.head.team)

        return self._moves.tell((person, look.head, seq), act, also=also)

    def asked(self, look: Look) -> Mapping[str, Asked]:
        """What a second person was asked at the step on the screen, by the id of the option or check."""
        state = look.state
        here = {what for key, what in state.approvals if key == state.visit.key}
        if not here:
            return {}
        called = names(self._database)
        found: dict[str, Asked] = {}
        for event in map(turns.event_of, log(self._database, look.session_id)):
            body = event.body
            if isinstance(body, Said) and (event.frame, event.step, body.occurrence) == state.visit.key:
                left = "dropped" if state.moved > event.seq else "waiting"
                by = called.get(event.actor, event.actor)
                words = GRANTED if event.actor == COACH else body.reason
                found[body.what] = Asked(DECIDED.get(type(body), left), by, words, event.at)
        return found

    def board(self, person: Person) -> Board:
        """What waits for the person. Raises `NotAllowedError`."""
        tag = self.tag(person)
        if not _has_board(person):
            return Board((), {}, tag)
        waiting = approvals.waiting(self._database, _board(person), person.id)
        asked = {each.request.session for each in waiting}
        return Board(waiting, whom(self._database, self._shelf, person, asked), tag)

    def tag(self, person: Person) -> str:
        """What changes whenever the person's board may have; costs one row. Raises `NotAllowedError`."""
        require(person, Permission.APPROVE)
        number = approvals.number(self._database, _board(person)) if _has_board(person) else 0
        return hashlib.sha256(f"{person.id} {_board(person)} {number}".encode()).hexdigest()[:20]

    def matter(self, person: Person, session_id: str, what: str) -> Matter:
        """What the person is asked to decide. Raises `NotFoundError`, `DecidedError`."""
        head = self._head(person, session_id)
        waiting = approvals.find(self._database, session_id, what)
        if waiting is None or waiting.request.person == person.id:
            raise DecidedError
        about = whom(self._database, self._shelf, person, [session_id])
        return Matter(waiting, about[session_id], self._moves.seen(head))

    def decide(self, person: Person, session_id: str, word: Word) -> None:
        """Say a word on what somebody waits for; the same word again is said once.

        Raises `NotFoundError`, `DecidedError`, and `RefusedError` (key `reason`): a refusal needs a reason.
        """
        word = word._replace(reason=_reason(word))
        for _ in range(RACES):
            head = self._head(person, session_id)
            look = self._moves.seen(head)
            said = look.state.approvals.get((look.state.visit.key, word.what))
            if said == Approval("given" if word.approved else "refused", person.name):
                return
            waiting = approvals.find(self._database, session_id, word.what)
            if waiting is None or waiting.request.person == person.id:
                raise DecidedError
            try:
                self._say(person, look, word)
                return
            except ConflictError:
                continue
        raise DecidedError

    def _say(self, person: Person, look: Look, word: Word) -> None:
        head, state = look.head, look.state
        moment = self._moves.moment(person, state.started.time_zone, head)
        turn = walker.approve(state, word.what, word.approved, word.reason, moment)
        settled = approvals.settling(self._database, head.id, head.team, word.what)
        rows = turns.entries(turn, state.visit, head.pins, moment)
        append(self._database, head, turns.standing(turn, head), rows, settled)

    def _head(self, person: Person, session_id: str) -> Head:
        head = sessions.head(self._database, session_id)
        if head is None or not may_approve(person, head.person, head.team):
            raise NotFoundError("request")
        return head


def _locked(state: State) -> frozenset[str]:
    """The ids of what a second person can open at the step on the screen, and nobody and nothing has opened yet."""
    shown, checks = build(state), state.visit.step.checks
    options = (each.id for each in (*shown.options, *shown.anytime) if each.override == "approval")
    open_checks = (check.id for check in checks if check.required and check.override == "approval")
    return frozenset([*options, *open_checks]) - state.approved(state.visit.key)


def _named(screen: Screen, what: str) -> tuple[str, str]:
    """What people know an option or a check by, and why it is locked."""
    for option in (*screen.options, *screen.anytime):
        if option.id == what:
            return option.label, option.because
    label = next(check.label for check in screen.checks if check.id == what)
    return label, ""


def _reason(word: Word) -> str:
    if word.approved:
        return bounded("reason", word.reason, LONGEST_REASON)
    return required("reason", word.reason, sentence("Say why not, so that they can tell the client."), LONGEST_REASON)


def _has_board(person: Person) -> bool:
    return person.role == Role.ADMINISTRATOR or bool(person.team)


def _board(person: Person) -> str:
    return EVERYBODY if person.role == Role.ADMINISTRATOR else person.team or EVERYBODY


def _granted(asked: Turn, what: str, moment: Moment) -> Turn:
    """The turn with what was asked for approved in it."""
    given = walker.approve(asked.state, what, True, str(GRANTED), moment._replace(actor=COACH))
    return Turn((*asked.events, *given.events), given.state)
