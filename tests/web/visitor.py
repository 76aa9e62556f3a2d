"""A person with a browser that has no scripts: fetches pages, fills in their forms, follows where they lead."""

from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import page


@dataclass
class Visitor:
    """What one person sees; every page that comes back is held to the checks of `tests.pages`."""

    client: FlaskClient

    def get(self, path: str) -> BeautifulSoup:
        """The page at a path, which must be there."""
        response = self.client.get(path)
        assert response.status_code == 200, f"{path}: {response.status}"
        return page(response)

    def status(self, path: str) -> int:
        """The status of a path whose page need not be there."""
        response = self.client.get(path)
        if response.mimetype == "text/html" and response.status_code != 303:
            page(response)
        return response.status_code

    def send(self, seen: BeautifulSoup, action: str, **fields: str | list[str]) -> TestResponse:
        """Send what goes to an address that ends in `action`, with what stands in its form and these fields."""
        form, address = _target(seen, action)
        named = {name.replace("__", "."): value for name, value in fields.items()}
        body = urlencode([*standing(form, set(named)), *_pairs(named)])
        return self.client.post(address, data=body, content_type="application/x-www-form-urlencoded")

    def follow(self, response: TestResponse) -> BeautifulSoup:
        """The page that a form led to."""
        assert response.status_code == 303, f"{response.request.path}: {response.status}"
        return self.get(response.location)

    def answer(self, seen: BeautifulSoup, **fields: str | list[str]) -> BeautifulSoup:
        """The step after answering the one seen."""
        return self.follow(self.send(seen, "/answer", **fields))

    def starts(self, guide: str = "kitchen", **given: str) -> BeautifulSoup:
        """The first step of a new session."""
        fields = {"field__client_name": "Ms Adler", **given}
        return self.follow(self.send(self.get(f"/start/{guide}"), f"/start/{guide}", **fields))


def standing(form: Tag, but: set[str]) -> list[tuple[str, str]]:
    """What a browser would send of a form as it stands, without some names."""
    sent = []
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = str(field.get("name")), field.get("type")
        ticked = kind not in ("radio", "checkbox") or field.has_attr("checked")
        if ticked and name not in but:
            sent.append((name, _value(field)))
    return sent


def _target(seen: BeautifulSoup, action: str) -> tuple[Tag, str]:
    """The form that goes to such an address, by itself or by one of its buttons, and the address."""
    for name in ("action", "formaction"):
        found = seen.select_one(f'[{name}$="{action}"]')
        form = found if name == "action" or found is None else found.find_parent("form")
        if isinstance(found, Tag) and isinstance(form, Tag):
            return form, str(found[name])
    raise AssertionError(f"no form to {action}")


def session_path(seen: BeautifulSoup) -> str:
    """The address of the session that a page shows."""
    form = seen.find("form", action=lambda address: bool(address) and address.endswith("/note"))
    assert isinstance(form, Tag)
    return str(form["action"]).removesuffix("/note")


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return str(chosen["value"]) if isinstance(chosen, Tag) else ""
    return str(field.get("value", ""))


def _pairs(fields: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, sent in fields.items() for text in ([sent] if isinstance(sent, str) else sent)]
