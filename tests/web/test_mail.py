"""Drafts of mails: what a mail program reads back is what was written, whatever was typed."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from web.mail import LONGEST_ADDRESS, Draft, address, message

UMLAUTS = Draft("ann@example.org", "Größe & Preis: 100 %?", "Grüße an Jörg\n\n- 120,00\xa0€ <b>\n" + "lang " * 40)


def read(draft: Draft, attached: tuple[str, bytes] | None = None) -> EmailMessage:
    """The mail as a mail program reads it."""
    mail = message_from_bytes(message(draft, attached), policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_draft_reads_back_as_it_was_written() -> None:
    mail = read(UMLAUTS)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == ("ann@example.org", "Größe & Preis: 100 %?", "1")
    assert mail.get_content() == UMLAUTS.text.replace("\n", "\r\n") + "\r\n"
    assert (mail.get_content_type(), mail.get_content_charset(), mail["From"]) == ("text/plain", "utf-8", None)
    assert max(map(len, message(UMLAUTS).splitlines())) <= 998


def test_a_letter_goes_along() -> None:
    (attached,) = read(UMLAUTS, ("letter.pdf", b"%PDF-")).iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("letter.pdf", "application/pdf")
    assert attached.get_content() == b"%PDF-"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_nothing_typed_adds_a_line_to_the_head(break_: str) -> None:
    evil = f"x{break_}Bcc: eve@example.org{break_}{break_}Body"
    mail = read(Draft(f"ann@example.org{break_}Bcc: eve@example.org", evil, "Text"))
    assert sorted(mail.keys()) == ["Content-Transfer-Encoding", "Content-Type", "MIME-Version", "Subject", "X-Unsent"]
    assert mail["Subject"] == "x Bcc: eve@example.org Body"
    assert mail.get_content() == "Text\r\n"


ADDRESSES = [
    ("ann@example.org; bo@example.org,", "ann@example.org, bo@example.org"),
    ("ann@müller.example", "ann@xn--mller-kva.example"),
    ("jörg@example.org", None),
    ("[client's e-mail]", None),
    ("Ms Adler", None),
    ("", None),
]


@pytest.mark.parametrize(("to", "read_as"), ADDRESSES)
def test_only_addresses_stand_in_the_head(to: str, read_as: str | None) -> None:
    assert read(Draft(to, "Hello", "Text"))["To"] == read_as


def test_an_address_holds_the_whole_mail() -> None:
    made = address(Draft("ann+1@example.org, bo@example.org", "Größe & Preis?", "Grüße\n+ 1 & 2 = #3 %0A"))
    place = urlsplit(made)
    assert (place.scheme, unquote(place.path)) == ("mailto", "ann+1@example.org,bo@example.org")
    assert parse_qs(place.query) == {"subject": ["Größe & Preis?"], "body": ["Grüße\r\n+ 1 & 2 = #3 %0A"]}
    assert "%2B" in place.query


def test_an_address_too_long_for_browsers_is_none() -> None:
    short = address(Draft("", "s", ""))
    assert short == "mailto:?subject=s&body="
    longest = "a" * (LONGEST_ADDRESS - len(short))
    assert (len(address(Draft("", "s", longest))), address(Draft("", "s", f"{longest}a"))) == (LONGEST_ADDRESS, "")
