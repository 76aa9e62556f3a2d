"""`email`: one address that mail can be sent to."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, read, show
from engine.fields.field import Field

EMAIL = Field("client_email", "email", "Client's e-mail")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ann@example.com", "ann@example.com"),
        (" Ann.Lee+calls@Example.COM ", "Ann.Lee+calls@example.com"),
        ("o'hara_1@mail.example.co.uk", "o'hara_1@mail.example.co.uk"),
        ("zoë@BÜCHER.example", "zoë@bücher.example"),
        ("用户@例え.テスト", "用户@例え.テスト"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
        ("ann@3com.example", "ann@3com.example"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_small_letters(text: str, value: str) -> None:
    assert parse(EMAIL, text) == read(EMAIL, text) == read(EMAIL, value) == value


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann@@example.com",
        "ann@home@example.com",
        "ann@example.com, bob@example.com",
        "Ann <ann@example.com>",
        "mailto:ann@example.com",
        "ann lee@example.com",
        ".ann@example.com",
        "ann..lee@example.com",
        "ann@example..com",
        "ann@-example.com",
        "ann@example-.com",
        "ann@exa_mple.com",
        "ann@example.com.",
        "ann@192.168.0.1",
        "ann@℀.example",
        "a\u200bnn@example.com",
        "ann@exam\u202eple.com",
        "ann\n@example.com",
        "ann\ud800@example.com",
        f"{'a' * 65}@example.com",
        f"{'ü' * 33}@example.com",
        f"ann@{'a' * 64}.com",
        f"ann@{'a.' * 126}com",
        f"ann@{'ü' * 60}.{'ü' * 60}.{'ü' * 60}.{'ü' * 60}.de",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    sentence = "Enter the client's e-mail as one e-mail address, like name@example.com"
    assert parse(EMAIL, text) == Refusal("not-an-email", sentence)


def test_an_address_is_shown_as_it_is() -> None:
    assert show(EMAIL, "ann@example.com", "ar") == "ann@example.com"


def test_a_missing_address_is_asked_for_with_an_example() -> None:
    assert missing(EMAIL) == Refusal("missing", "Enter the client's e-mail, like name@example.com")
