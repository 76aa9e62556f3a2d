"""What people get in writing: documents of a guide and the summary of a call, kept as they were taken, as files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from unicodedata import category, normalize
from urllib.parse import quote

from engine import walker
from engine.casenote import File, casenote
from engine.documents import Produced
from engine.events import DocumentProduced
from engine.phrases import phrase
from engine.state import State, outside
from engine.summary import SUMMARY, summarise
from engine.text import escaped
from web import mail
from web.mail import Draft
from web.printing import pdf
from web.storage.people import Person
from web.use_cases.clock import date_in
from web.use_cases.moves import Look, Moves, Session
from web.use_cases.refusals import NotFoundError
from web.wording import worded

LONGEST_NAME = 50
"""Characters of each part of a file's name."""


class Paper(NamedTuple):
    """A text as it was taken: Markdown in `body`; `manner` is the language that it is in, and its locale.

    `file` is what a file of it is called, without its ending.
    """

    id: str
    kind: str
    title: str
    to: str
    subject: str
    body: str
    manner: tuple[str, str]
    file: str = ""

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
                name = _file(look.state, event.at, _called(look.state, body))
                return Paper(*own, texts["to"], texts["subject"], texts["body"], _manner(look), name)
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


def _called(state: State, taken: DocumentProduced) -> str:
    """What a client may read on a file: the title of a document, or of a guide that is for the public."""
    if taken.document != SUMMARY:
        return taken.title
    return state.guide.title if state.guide.audience == "public" else phrase("summary", state.guide.language)


def _file(state: State, at: datetime, called: str) -> str:
    """The name of a file that was made then: what it is, the client's name where it is known, and the day."""
    client = str(outside(state.started, state.named).get("client.name") or "")
    day = date_in(state.started.time_zone, at)
    return "-".join([*filter(None, (_plain(called), _plain(client))), day.isoformat()])


def _plain(text: str) -> str:
    """Letters and digits alone, at most so many of them that names of files bear them."""
    kept = "".join(each if category(each)[0] in "LMN" else " " for each in normalize("NFC", text))
    return "-".join(kept.split())[:LONGEST_NAME].strip("-")


class Copy(NamedTuple):
    """A file to download."""

    name: str
    type: str
    content: bytes

    @property
    def names(self) -> Mapping[str, str]:
        """Its name as a header's options: in ASCII for what knows no other letters, and whole (RFC 6266)."""
        if self.name.isascii():
            return {"filename": self.name}
        plain = normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return {"filename": "-".join(filter(None, plain.split("-"))), "filename*": f"UTF-8''{quote(self.name)}"}


def copy(paper: Paper, form: str) -> Copy:
    """The paper as a file of one of the `FORMS`. Raises `NotFoundError`, `web.printing.PrintingError`."""
    if form not in FORMS:
        raise NotFoundError("form of it")
    ending, type, made = FORMS[form]
    return Copy(f"{paper.file}{ending}", type, made(paper))


def _text(paper: Paper) -> bytes:
    head = [f"{name}: {words}" for name, words in (("To", paper.to), ("Subject", paper.subject)) if words]
    return "\n".join([*head, *([""] if head else []), paper.draft.text, ""]).encode()


def _markdown(paper: Paper) -> bytes:
    return f"# {escaped(paper.heading, starts_line=True)}\n\n{paper.body.strip()}\n".encode()


def _mail(paper: Paper) -> bytes:
    """A letter goes along as it would be printed."""
    attached = (f"{paper.file}.pdf", _pdf(paper)) if paper.kind == "letter" else None
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
