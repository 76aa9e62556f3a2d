"""The summary of a session: what a client gets in writing, and nothing that is for staff."""

from collections.abc import Callable

import pytest

from engine import walker
from engine.errors import NotEndedError
from engine.events import DocumentProduced
from engine.phrases import PHRASES, phrase
from engine.replies import Reply
from engine.summary import summarise
from engine.walker import Opening
from tests.engine.guides import check_text
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]

PROMISES = """
language: {language}
fields:
  sum: {{type: money, currency: EUR, label: Amount due}}
  day: {{type: date, label: Date promised}}
steps:
  ask:
    ask: [sum, day]
    records:
      - promise: {{by: client, what: "Pay {{{{ sum | money }}}} *now*.", due: day, amount: sum}}
      - promise: {{by: client, what: Pay the rest, due: day, amount: sum}}
      - promise: {{by: us, what: "Send the\\nagreement", due: today}}
    next: end
  end: {{say: Goodbye, outcome: done}}
"""


def summary(walk: Walk, contact: str = "Kim Lee") -> str:
    """The summary as text."""
    return summarise(walk.state, walk.events, contact).plain


def test_it_says_who_promised_what_by_when() -> None:
    walk = Walk(compiled(PROMISES.format(language="en")), "small", {}, "en-GB").answer(sum="120.00", day="2026-03-09")
    assert summary(walk) == (
        "Your matter, as of 2 March 2026\n\nWe found a way forward.\n\n"
        "What you promised\n- Pay €120.00 *now*, by 9 March 2026\n- Pay the rest (€120.00), by 9 March 2026\n\n"
        "What we promised\n- Send the agreement, by 2 March 2026\n\nYour contact: Kim Lee"
    )


def test_an_outcome_is_told_in_the_words_that_its_guide_has_for_clients(walk: Start) -> None:
    """
    outcomes:
      done: {label: Gave in, kind: success, summary: "You *pay*   in two parts."}
    steps:
      end: {say: Goodbye, outcome: done}
    """
    ended = walk()
    assert summary(ended) == "Your matter, as of March 2, 2026\n\nYou *pay* in two parts.\n\nYour contact: Kim Lee"
    assert summarise(ended.state, ended.events, "").body == "You \\*pay\\* in two parts."


def test_it_speaks_the_language_of_the_guide() -> None:
    walk = Walk(compiled(PROMISES.format(language="de")), "small", {}, "de").answer(sum="120.00", day="2026-03-09")
    assert summary(walk) == (
        "Ihr Anliegen, Stand vom 2. März 2026\n\nWir haben einen gemeinsamen Weg gefunden.\n\n"
        "Was Sie zugesagt haben\n- Pay 120,00\xa0€ *now*, bis 9. März 2026\n"
        "- Pay the rest (120,00\xa0€), bis 9. März 2026\n\n"
        "Was wir zugesagt haben\n- Send the agreement, bis 2. März 2026\n\nIhr Kontakt: Kim Lee"
    )


def test_it_speaks_french() -> None:
    walk = Walk(compiled(PROMISES.format(language="fr")), "small", {}, "fr").answer(sum="120.00", day="2026-03-01")
    assert summary(walk) == (
        "Votre demande, au 2 mars 2026\n\nNous avons trouvé une solution ensemble.\n\n"
        "Vos engagements\n- Pay 120,00\xa0€ *now*, au plus tard le 1er mars 2026\n"
        "- Pay the rest (120,00\xa0€), au plus tard le 1er mars 2026\n\n"
        "Nos engagements\n- Send the agreement, au plus tard le 2 mars 2026\n\nVotre contact\u202f: Kim Lee"
    )


def test_it_speaks_one_language_alone() -> None:
    walk = Walk(compiled(PROMISES.format(language="en")), "small", {}, "de").answer(sum="120.00", day="2026-03-09")
    assert summary(walk).startswith("Your matter, as of March 2, 2026")
    assert "- Pay the rest (€120.00), by March 9, 2026" in summary(walk)


def test_its_markdown_shows_the_same_characters() -> None:
    walk = Walk(compiled(PROMISES.format(language="en")), "small", {}).answer(sum="120.00", day="2026-03-09")
    text = summarise(walk.state, walk.events, "#1 <b>")
    assert "## What you promised\n\n- Pay €120.00 \\*now\\*, by March 9, 2026\n" in text.body
    assert text.body.endswith("Your contact: #1 \\<b\\>")
    assert (text.title, text.subject) == ("Your matter, as of March 2, 2026",) * 2


def test_what_was_given_and_agreed_stands_in_it(walk: Start) -> None:
    """
    audience: public
    outcomes: {done: {label: Done, kind: partial}}
    fields:
      sum: {type: integer, label: Answers within}
      other: {type: text, label: Other, required: false}
    steps:
      ask:
        ask: [sum, other]
        records:
          - remedy: {kind: credit, amount: sum, cause: SECRET cause}
          - remedy: {kind: replacement, cause: SECRET cause}
          - remedy: {kind: gesture, amount: sum, cause: SECRET cause}
          - agreement: {id: us, title: Old, values: [sum], state: draft}
          - agreement: {id: us, title: How we work, values: [sum, other], state: agreed, review_on: today + days(30)}
          - recognition: {what: SECRET thanks}
          - contact: {channel: phone, result: reached}
        next: end
      end: {say: Goodbye, outcome: done}
    """
    assert summary(walk().answer(sum=4), "") == (
        "Your matter, as of March 2, 2026 (A small guide)\n\nNot everything is settled yet.\n\n"
        "What you receive from us\n- A credit: 4\n- A replacement\n- A goodwill gesture, worth 4\n\n"
        "How we work\n- Answers within: 4\n- This is agreed between us.\n"
        "- We look at it again on April 1, 2026."
    )


def test_nothing_that_is_for_staff_gets_into_it(walk: Start) -> None:
    """
    title: SECRET title
    outcomes: {done: {label: SECRET outcome, kind: failure}}
    fields: {secret: {type: text, label: SECRET field}}
    stages: {talk: SECRET stage}
    documents: {file: {kind: summary, title: SECRET file, body: SECRET body}}
    steps:
      ask:
        stage: talk
        say: Hello
        points: [SECRET points]
        never: [SECRET words]
        note: SECRET note
        checks: [{id: secret, label: SECRET check, source: SECRET source, required: true}]
        ask: [secret]
        documents: [file]
        records: [{contact: {channel: phone, result: refused}}]
        options: [{id: go, label: SECRET option, allow: "1 > 2", because: SECRET lock, override: reason, to: read}]
      read: {skippable: true, say: Hello, next: end}
      end: {note: SECRET end, outcome: done}
    """
    walked = walk().note("SECRET noted")
    turn = walker.produce(walked.state, "file", NOW)
    walked.state, walked.events = turn.state, walked.events + turn.events
    for act in (walker.flag, walker.nothing_fits):
        turn = act(walked.state, "SECRET words", NOW)
        walked.state, walked.events = turn.state, walked.events + turn.events
    reasons = {"go": "SECRET reason", "secret": "SECRET reason"}
    turn = walker.answer(walked.state, Reply("go", {"secret": "SECRET"}, (), reasons=reasons), NOW)
    walked.state, walked.events = turn.state, walked.events + turn.events
    walked.skip("SECRET skipped")
    text = summarise(walked.state, walked.events, "")
    assert "secret" in repr(walked.events).lower()
    assert "secret" not in repr(text).lower()
    assert text.plain == "Your matter, as of March 2, 2026\n\nWe did not come to an agreement."


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Your matter, as of March 2, 2026\n\nNot everything is settled yet."),
        ("de", "Ihr Anliegen, Stand vom 2. März 2026\n\nEs ist noch nicht alles geklärt."),
    ],
)
def test_a_client_who_was_not_reached_is_not_told_of_a_conversation(language: str, told: str) -> None:
    text = (
        f"language: {language}\noutcomes: {{later: {{label: Next try planned, kind: partial}}}}\n"
        "steps: {ask: {say: Nobody answers., next: end}, end: {outcome: later}}"
    )
    assert summary(Walk(compiled(text), "small", {}, language).answer(), "") == told


def test_a_reason_for_ending_stays_inside(walk: Start) -> None:
    """
    steps:
      ask: {say: Hello, next: end}
      end: {outcome: done}
    """
    ended = walk().end("They are rude")
    assert summary(ended, "") == "Your matter, as of March 2, 2026\n\nThis is not finished yet."


def test_what_was_changed_since_is_not_in_it(walk: Start) -> None:
    """
    steps:
      ask:
        options:
          - {id: pay, label: Pays, to: end, records: [{promise: {by: client, what: Pay, due: today}}]}
          - {id: no, label: Does not, to: end}
      end: {say: Bye, outcome: done}
    """
    paid = walk().answer("pay")
    assert "What you promised" in summary(paid)
    assert "What you promised" not in summary(paid.change("ask", "no"))


def test_it_names_what_was_taken_in_writing_once(walk: Start) -> None:
    """
    fields: {name: {type: text, label: Name}}
    documents: {letter: {kind: letter, title: What we agreed, body: "Dear {{ name }}"}}
    steps:
      ask: {ask: [name], next: end}
      end: {documents: [letter], outcome: done}
    """
    ended = walk().answer(name="Ann")
    for name in ("Ann", "Bo"):
        ended.change("ask", name=name)
        turn = walker.produce(ended.state, "letter", NOW)
        ended.state, ended.events = turn.state, ended.events + turn.events
    assert summary(ended, "").endswith("\n\nWhat comes to you in writing\n- What we agreed")


def test_each_summary_is_kept_once(walk: Start) -> None:
    """
    steps:
      ask: {say: Hello, next: end}
      end: {say: Bye, outcome: done}
    """
    ended = walk().answer()
    first = walker.summarise(ended.state, ended.events, "Kim", NOW)
    assert walker.summarise(first.state, first.events, "Kim", NOW).events == ()
    assert len(walker.summarise(first.state, first.events, "Bo", NOW).events) == 1
    body = first.events[0].body
    assert isinstance(body, DocumentProduced)
    assert (body.document, body.document_kind, body.texts["to"]) == ("_summary", "summary", "")
    assert first.state.moved == ended.state.moved


def test_there_is_none_before_the_end(walk: Start) -> None:
    """
    steps:
      ask: {say: Hello, next: end}
      end: {outcome: done}
    """
    with pytest.raises(NotEndedError, match="written when the session has ended"):
        summary(walk())


def test_it_is_addressed_where_the_address_is_known(guide: str) -> None:
    """
    guide: small
    title: Small
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Bye, outcome: done}
    """
    assert not check_text(guide)
    sources = {"client.email": "ann@example.org", "setting.contact": "Accounts,\n030 123"}
    turn = walker.start(compiled(guide), "small", Opening({}, sources=sources), NOW)
    text = summarise(turn.state, turn.events, "Kim Lee")
    assert text.to == "ann@example.org"
    assert text.plain.endswith("Your contact: Kim Lee, Accounts, 030 123")


def test_every_language_has_every_phrase() -> None:
    gaps = {key: "{" in words for key, words in PHRASES["en"].items()}
    assert all({key: "{" in words for key, words in phrases.items()} == gaps for phrases in PHRASES.values())
    assert (phrase("path", "de-AT"), phrase("path", "nl")) == ("Weg", "Path")
