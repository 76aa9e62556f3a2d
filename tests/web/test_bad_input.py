"""Nothing that a browser can send is answered with a fault of ours."""

from urllib.parse import quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages import page, pick
from tests.web.visitor import Visitor, session_path

ACTIONS = (
    "answer",
    "back",
    "note",
    "end",
    "skip",
    "flag",
    "nothing-fits",
    "pause",
    "resume",
    "hand-over",
    "take-over",
    "ask-approval",
    "open/sorry",
)
NAMES = (
    "seq", "option", "check", "text", "reason", "to", "key", "reference", "reason:plan-seen", "field.rooms",
    "field.client_name", "flag", "words", "pause", "what", "receiver", "",
)  # fmt: skip

texts = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"1", b"2", b"999999999999", b"-1", b"1e9", b"\0", b"\xff", b"\xed\xa0\x80", b"x" * 3000]),
    st.sampled_from([b"kitchen", b"nothing", b"plan-seen", b"kitchen/hello", b"/", b"../.."]),
)
pairs = st.lists(st.tuples(st.sampled_from(NAMES).map(str.encode) | texts, texts), max_size=8)


def _body(csrf: str, sent: list[tuple[bytes, bytes]]) -> str:
    rest = [f"{quote_from_bytes(name)}={quote_from_bytes(text)}" for name, text in sent]
    return "&".join([f"csrf={csrf}", *rest])


def _csrf(seen: BeautifulSoup) -> str:
    return str(pick(seen, "input[name=csrf]")["value"])


@given(sent=pairs, action=st.sampled_from(ACTIONS), seq=st.sampled_from(["1", "2", "0", "x", None]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_session_takes_any_form(ann: Visitor, sent: list[tuple[bytes, bytes]], action: str, seq: str | None) -> None:
    seen = ann.starts()
    known = [(b"seq", seq.encode())] if seq else []
    response = ann.client.post(
        f"{session_path(seen)}/{action}",
        data=_body(_csrf(seen), [*known, *sent]),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in (303, 400, 409, 422)
    if response.status_code != 303:
        page(response)


@given(sent=pairs, path=st.sampled_from(["/start/kitchen", "/me", "/sign-in"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_other_forms_take_anything_too(ann: Visitor, sent: list[tuple[bytes, bytes]], path: str) -> None:
    body = _body(_csrf(ann.get("/me")), [*sent, (b"password", b"a" if path == "/me" else b"\0")])
    response = ann.client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (303, 400, 422, 429)


@given(tail=st.binary(max_size=30), query=st.binary(max_size=30))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_is_answered(ann: Visitor, tail: bytes, query: bytes) -> None:
    for start in ("/sessions/", "/start/", "/review/sessions/", "/static/", "/sign-in/link/", "/review/?cursor=", "/"):
        response = ann.client.get(f"{start}{quote_from_bytes(tail)}?{quote_from_bytes(query)}")
        assert response.status_code < 500, start


def test_a_body_that_is_too_large_is_413(ann: Visitor) -> None:
    seen = ann.starts()
    response = ann.client.post(f"{session_path(seen)}/note", data={"csrf": _csrf(seen), "text": "x" * 600_000})
    assert response.status_code == 413
    page(response)


def test_thousands_of_fields_are_400(ann: Visitor) -> None:
    seen = ann.starts()
    fields = {f"field.f{number}": "" for number in range(5000)}
    response = ann.client.post(f"{session_path(seen)}/answer", data={"csrf": _csrf(seen), "seq": "2", **fields})
    assert response.status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "", "nonsense"])
def test_a_body_of_another_kind_is_refused(ann: Visitor, kind: str) -> None:
    response = ann.client.post(f"{session_path(ann.starts())}/answer", data=b'{"option": 1}', content_type=kind)
    assert response.status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "\xff" * 20, "a" * 5000, "' or 1=1 --"])
def test_any_cookie_is_answered(stranger: Visitor, cookie: str) -> None:
    response = stranger.client.get("/", headers={"Cookie": f"handrail-session={cookie}; handrail-visitor={cookie}"})
    assert response.status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_another_method_is_405(ann: Visitor, method: str) -> None:
    response = ann.client.open("/help", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
