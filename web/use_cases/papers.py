"""What people get in writing: documents of a guide and the summary of a call, kept as they were taken, as files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine import walker
from engine.casenote import File, casenote
from engine.documents import Produced
from engine.events import DocumentProduced
from engine.summary import SUMMARY, summarise
from engine.text import escaped
from web import mail
from web.mail import Draft
from web.printing import pdf
from web.storage.people import Person
from web.use_cases.moves import Look, Moves, Session
from web.use_cases.refusals import NotFoundError
from web.wording import worded


class Paper(NamedTuple):
    """A text as it was taken: Markdown in `body`; `manner` is the language that it is in, and its locale."""

    id: str
    kind: str
    title: str
    to: str
    subject: str
    body: str
    manner: tuple[str, str]

    @property
    def heading(self) -> str:
        """What stands above it: its subject, else what it is called."""
        return self.subject or self.title

    @property
    def draft(self) -> Draft:
        """It as a mail."""
        return Draft(self.to, self.heading, worded(self.body))

    @property
    def mailto(self) -> str:
        """The address by which a mail program writes it; "" where it is too long for one."""
        return mail.address(self.draft)


@dataclass(frozen=True, slots=True)
class WriteUp:
    """What stands ready at the end of a call: the client's summary, and a case note for a ticket, which is for staff.

    `kept` says that the summary was taken as it stands.
    """

    summary: Produced
    paper: Paper
    casenote: str
    kept: bool


class Papers:
    """The use cases of what people get in writing."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    def take(self, person: Person, session: Session, seq: int, document: str) -> Look:
        """Take a document of a page that showed `seq`: its text is kept with the session, each text once.

        Raises `StaleError`, `NotFoundError`, and the engine's `NotOfferedError`.
        """
        return self._moves.move(
            (person, session, seq), lambda state, moment: walker.produce(state, document, moment), lambda _: False
        )

    def taken(self, person: Person, session: Session, document: str) -> Paper:
        """A document as it was taken last, in the session's log. Raises `NotFoundError`."""
        look = self._moves.look(person, session)
        guide, _, id = document.rpartition("/")
        for event in reversed(self._moves.events_since(look, 0)):
            body = event.body
            if isinstance(body, DocumentProduced) and body.document == id and guide in ("", event.guide):
                texts = {"to": "", "subject": "", "body": "", **body.texts}
                own = body.document.strip("_"), body.document_kind, body.title
                return Paper(*own, texts["to"], texts["subject"], texts["body"], _manner(look))
        raise NotFoundError("document")

    def write_up(self, person: Person, look: Look) -> WriteUp:
        """What stands ready at the end. Raises the engine's `NotEndedError`."""
        state, events = look.state, self._moves.events_since(look, 0)
        text = summarise(state, events, _contact(person))
        file = File(look.session_id, look.head.reference or "", person.called)
        paper = Paper(SUMMARY, text.kind, text.title, text.to, text.subject, text.body, _manner(look))
        return WriteUp(text, paper, casenote(state, events, file).plain, text.digest in state.produced)

    def take_summary(self, person: Person, session: Session, seq: int) -> Look:
        """Take the summary of a session that has ended, from a page that showed `seq`: kept like a document.

        Raises `StaleError`, `NotFoundError`, and the engine's `NotEndedError`.
        """
        events = self._moves.events_since(self._moves.look(person, session), 0)
        return self._moves.move(
            (person, session, seq),
            lambda state, moment: walker.summarise(state, events, _contact(person), moment),
            lambda _: False,
        )

    def summary(self, person: Person, session: Session) -> Paper:
        """The summary as it was taken last. Raises `NotFoundError`."""
        return self.taken(person, session, SUMMARY)


def _contact(person: Person) -> str:
    """What clients know the person as; nothing where that would be the name they sign in with."""
    return person.display_name or ""


def _manner(look: Look) -> tuple[str, str]:
    return look.state.guide.language, look.state.locale


class Copy(NamedTuple):
    """A file to download."""

    name: str
    type: str
    content: bytes


def copy(paper: Paper, form: str) -> Copy:
    """The paper as a file of one of the `FORMS`. Raises `NotFoundError`, `web.printing.PrintingError`."""
    if form not in FORMS:
        raise NotFoundError("form of it")
    ending, type, made = FORMS[form]
    return Copy(f"{paper.id}{ending}", type, made(paper))


def _text(paper: Paper) -> bytes:
    head = [f"{name}: {words}" for name, words in (("To", paper.to), ("Subject", paper.subject)) if words]
    return "\n".join([*head, *([""] if head else []), paper.draft.text, ""]).encode()


def _markdown(paper: Paper) -> bytes:
    return f"# {escaped(paper.heading, starts_line=True)}\n\n{paper.body.strip()}\n".encode()


def _mail(paper: Paper) -> bytes:
    """A letter goes along as it would be printed."""
    attached = (f"{paper.id}.pdf", _pdf(paper)) if paper.kind == "letter" else None
    return mail.message(paper.draft, attached)


def _pdf(paper: Paper) -> bytes:
    return pdf(paper.heading, paper.body, paper.manner)


FORMS: Mapping[str, tuple[str, str, Callable[[Paper], bytes]]] = {
    "pdf": (".pdf", "application/pdf", _pdf),
    "mail": (".eml", "message/rfc822", _mail),
    "markdown": (".md", "text/markdown", _markdown),
    "text": (".txt", "text/plain", _text),
}
"""The files that a paper can be had as: the name's ending, the type, and what makes it."""
