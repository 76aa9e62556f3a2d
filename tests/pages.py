"""What every page must keep to, whatever it shows; a test that fetches a page hands it to `page` and gets it parsed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import html5lib
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from web.security import HEADERS

LABELLED = ("input", "select", "textarea")
NAMELESS = ("hidden", "submit", "button")
REFERRING = ("for", "aria-describedby", "aria-labelledby", "popovertarget")
TOKEN = re.compile(r"[\w-]{20,}")
SOUND = set[str]()
"""The pages that were found sound, as `_shape` has them: tests come to the same page again and again."""


def page(response: TestResponse) -> BeautifulSoup:
    """The page parsed, after every house check; one that fails names all that is wrong."""
    text = response.get_data(as_text=True)
    soup, shape = BeautifulSoup(text, "html.parser"), _shape(text)
    wrong = [*_headers(response), *(() if shape in SOUND else _body(text, soup))]
    assert wrong == [], f"{response.request.path}: {wrong}"
    SOUND.add(shape)
    return soup


def _shape(text: str) -> str:
    """A page with its random words (ids of sessions, secrets of forms) numbered in the order in which they come."""
    numbers: dict[str, str] = {}
    return TOKEN.sub(lambda found: numbers.setdefault(found[0], f"\0{len(numbers)}"), text)


def _body(text: str, soup: BeautifulSoup) -> Iterator[str]:
    tags = soup.find_all(True)
    for found in (_grammar(text), _outline(soup), _inputs(soup), _ids(tags), _inline(tags)):
        yield from found


def pick(soup: Tag, selector: str) -> Tag:
    """The first part of a page that a CSS selector finds."""
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def words(tag: Tag | None) -> str:
    """The words of a part of a page, with single spaces."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def _headers(response: TestResponse) -> Iterator[str]:
    if response.mimetype != "text/html":
        yield f"it is {response.mimetype}"
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"header {name}"
    if response.headers.get("Cache-Control") != "no-store":
        yield "it may be kept"


def _grammar(text: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parser.parse(text)
    for (line, _column), code, _details in parser.errors:
        yield f"line {line}: {code}"


def _outline(soup: BeautifulSoup) -> Iterator[str]:
    html = soup.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        yield "no language"
    if not soup.title or not re.match(r"\S.* · Handrail$", soup.title.get_text()):
        yield "no title"
    for name in ("h1", "main"):
        if len(soup.find_all(name)) != 1:
            yield f"not one {name}"


def _inputs(soup: BeautifulSoup) -> Iterator[str]:
    labels = {label.get("for") for label in soup.find_all("label")}
    for field in soup.find_all(LABELLED):
        if field.get("type") not in NAMELESS and field.get("id") not in labels and not field.get("aria-label"):
            yield f"no label for {field.get('name')}"
    for button in soup.find_all("button"):
        if not words(button):
            yield "a button without words"
    for image in soup.find_all("img"):
        if image.get("alt") is None:
            yield "an image without alt"
    for form in soup.find_all("form"):
        if form.get("method") == "post" and not form.find("input", attrs={"name": "csrf"}):
            yield f"no token in the form to {form.get('action')}"


def _ids(tags: Sequence[Tag]) -> Iterator[str]:
    ids = Counter(str(tag["id"]) for tag in tags if tag.has_attr("id"))
    yield from (f"id {id} {count} times" for id, count in ids.items() if count > 1)
    for tag in tags:
        for attribute in REFERRING:
            yield from (f"{attribute} {id} is nowhere" for id in str(tag.get(attribute, "")).split() if id not in ids)
        address = str(tag.get("href", ""))
        if tag.name == "a" and len(address) > 1 and address[0] == "#" and address[1:] not in ids:
            yield f"link to {address}"


def _inline(tags: Sequence[Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.name == "script" and (not tag.get("src") or tag.string):
            yield "a script in the page"
        if tag.name == "style" or tag.has_attr("style"):
            yield "style in the page"
        yield from (f"handler {name}" for name in tag.attrs if name.startswith("on"))
        yield from (
            f"address {tag[name]}" for name in ("href", "src", "action") if _leaves(tag, str(tag.get(name, "")))
        )


def _leaves(tag: Tag, address: str) -> bool:
    """Whether an address leads away from us; only a guide's links may, and they tell nobody where they stood."""
    if tag.name == "a" and re.match("https?://|mailto:|tel:", address):
        return tag.get("rel") != ["noopener", "noreferrer"]
    return bool(re.match("//|[a-z]+:", address, re.IGNORECASE))
