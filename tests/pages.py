"""What every page must keep to, whatever it shows; a test that fetches a page hands it to `page` and gets it parsed."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from web.security import HEADERS

LABELLED = ("input", "select", "textarea")
NAMELESS = ("hidden", "submit", "button")


def page(response: TestResponse) -> BeautifulSoup:
    """The page parsed, after every house check; one that fails names all that is wrong."""
    text = response.get_data(as_text=True)
    soup = BeautifulSoup(text, "html.parser")
    wrong = [*_headers(response), *_grammar(text), *_outline(soup), *_inputs(soup), *_ids(soup), *_inline(soup)]
    assert wrong == [], f"{response.request.path}: {wrong}"
    return soup


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


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    yield from (f"id {id} {count} times" for id, count in ids.items() if count > 1)
    for attribute in ("for", "aria-describedby", "aria-labelledby", "popovertarget"):
        for tag in soup.select(f"[{attribute}]"):
            yield from (f"{attribute} {id} is nowhere" for id in str(tag[attribute]).split() if id not in ids)
    for link in soup.find_all("a", href=re.compile("^#.")):
        if str(link["href"])[1:] not in ids:
            yield f"link to {link['href']}"


def _inline(soup: BeautifulSoup) -> Iterator[str]:
    for script in soup.find_all("script"):
        if not script.get("src") or script.string:
            yield "a script in the page"
    if soup.find("style") or soup.find(style=True):
        yield "style in the page"
    for tag in soup.find_all(True):
        yield from (f"handler {name}" for name in tag.attrs if name.startswith("on"))
        yield from (
            f"address {tag[name]}" for name in ("href", "src", "action") if _leaves(tag, str(tag.get(name, "")))
        )


def _leaves(tag: Tag, address: str) -> bool:
    """Whether an address leads away from us; only a guide's links may, and they tell nobody where they stood."""
    if tag.name == "a" and re.match("https?://|mailto:|tel:", address):
        return tag.get("rel") != ["noopener", "noreferrer"]
    return bool(re.match("//|[a-z]+:", address, re.IGNORECASE))
