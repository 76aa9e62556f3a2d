"""`url`: the address of a page on the web, and of nothing else."""

import pytest

from engine.errors import Refusal
from engine.fields.catalogue import missing, parse, read, show
from engine.fields.field import Field

PAGE = Field("page", "url", "Page")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "http://example.com/a/b?c=d&e=f@g#h",
        "HTTPS://Example.COM:8443/",
        "https://bücher.example/ü?q=ä",
        "http://intranet/wiki",
        "http://127.0.0.1:8000/",
        "https://example.com?q",
        f"https://example.com/{'a' * 1980}",
    ],
)
def test_an_address_is_kept_as_typed(text: str) -> None:
    assert parse(PAGE, text) == read(PAGE, text) == show(PAGE, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.com",
        "https:example.com",
        "https://",
        "https:///path",
        "https://ann@example.com",
        "https://ann:secret@example.com/",
        "https://example.com\\@evil.example",
        "https://-example.com",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://example.com/<script>",
        "https://example.com/\u202egpj.exe",
        "https://example.com:0",
        "https://example.com:65536/",
        "https://example.com:http/",
        "https://a..b/",
        "https://[::1]/",
        f"https://example.com/{'a' * 1981}",
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    sentence = "Enter the page as a web address, like https://example.com/page"
    assert parse(PAGE, text) == Refusal("not-a-url", sentence)


def test_a_missing_address_is_asked_for_with_an_example() -> None:
    assert missing(PAGE) == Refusal("missing", "Enter the page, like https://example.com/page")
