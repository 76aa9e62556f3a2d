"""Mail to send by one's own program: a draft as a file, or as an address; the home of `email`."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple
from urllib.parse import quote

from engine.fields.catalogue import parse
from engine.fields.field import Field

LONGEST_ADDRESS = 2_000
"""Characters of a mailto: address that every browser and mail program takes whole."""
_EMAIL = Field("to", "email")


class Draft(NamedTuple):
    """A mail as it is to be sent: `to` may be empty, or name several with commas; `text` is plain."""

    to: str
    subject: str
    text: str


def message(draft: Draft, attached: tuple[str, bytes] | None = None) -> bytes:
    """The draft as an .eml file, which mail programs open to be sent; `attached` is a PDF with its name.

    Names that are no e-mail address are left out of the head: nothing that was typed can add a line to it.
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail["Subject"] = " ".join(draft.subject.split())
    if to := [Address(addr_spec=each) for each in _addresses(draft.to)]:
        mail["To"] = to
    mail.set_content(draft.text, cte="quoted-printable")
    if attached:
        name, content = attached
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def address(draft: Draft) -> str:
    """The draft as a mailto: address; "" where it is too long for one."""
    to = ",".join(quote(each, safe="@") for each in _addresses(draft.to))
    text = draft.text.replace("\n", "\r\n")
    made = f"mailto:{to}?subject={quote(' '.join(draft.subject.split()), safe='')}&body={quote(text, safe='')}"
    return made if len(made) <= LONGEST_ADDRESS else ""


def _addresses(to: str) -> list[str]:
    """The addresses among what was named, in ASCII: a domain with other letters as the net knows it."""
    named = (parse(_EMAIL, each) for each in to.replace(";", ",").split(","))
    return [each for each in map(_ascii, (at for at in named if isinstance(at, str))) if each]


def _ascii(address: str) -> str:
    """ "" for one that older mail programs could not send to."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}" if local.isascii() else ""
    except UnicodeError:
        return ""
