"""Papers as files: a letter goes along with its mail as it would be printed."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from web.use_cases.papers import Paper, copy

LETTER = Paper(
    "letter", "letter", "Our letter", "ann@example.org", "", "Grüße, **Jörg**", ("de", "de-DE"), "Brief-Jörg"
)


def test_a_letter_is_mailed_as_it_would_be_printed() -> None:
    file = copy(LETTER, "mail")
    mail = message_from_bytes(file.content, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    (attached,) = mail.iter_attachments()
    body = mail.get_body()
    assert body is not None
    assert (mail["Subject"], body.get_content()) == ("Our letter", "Grüße, Jörg\r\n")
    assert (attached.get_filename(), attached.get_content()[:5]) == ("Brief-Jörg.pdf", b"%PDF-")
