"""The case note: the whole of a session for a CRM or a ticket."""

import json
from collections.abc import Callable

import pytest

from engine import walker
from engine.casenote import File, casenote
from engine.phrases import PHRASES, phrase
from engine.replies import Reply
from engine.schema import schema_text
from tests.engine.walks import NOW, Walk, compiled

Start = Callable[..., Walk]
FILE = File("abc", "T-77", "Kim Lee")


def test_it_tells_path_answers_and_outcome_code(walk: Start) -> None:
    """
    fields:
      sum: {type: money, currency: EUR, label: Amount due}
      unnamed: {type: text, label: Unnamed, required: false}
    anytime: [{id: gone, label: Client hangs up, outcome: done}]
    steps:
      ask:
        title: Be certain
        checks: [{id: seen, label: Payments seen, source: us}]
        ask: [sum, unnamed]
        options: [{id: go, label: Go on, to: read}]
      read: {say: Hello, next: more}
      more: {say: And more, next: end}
      end: {say: Bye, outcome: done}
    """
    ended = walk().answer("go", "seen", sum="12.00").answer().answer("gone")
    assert casenote(ended.state, ended.events, FILE).plain == (
        "A small guide\n\nMarch 2, 2026\nOutcome: Done (done)\nReference: T-77\nAgent: Kim Lee\nSession: abc\n\n"
        "Path\n- Be certain: Go on; Amount due: €12.00; checked: Payments seen\n- Read\n- More: Client hangs up"
    )


def test_it_tells_notes_words_reasons_and_records(walk: Start) -> None:
    """
    fields: {sum: {type: money, currency: EUR, label: Amount due, given: true}}
    documents: {letter: {kind: letter, title: A letter, body: Dear you}}
    steps:
      ask:
        documents: [letter]
        options: [{id: go, label: Go on, allow: "1 > 2", because: No, override: reason, to: read}]
        records:
          - contact: {channel: phone, result: no_answer}
          - promise: {by: client, what: Pay, due: today}
          - promise: {by: us, what: Send it, due: today}
          - remedy: {kind: refund, amount: sum, cause: Our delay}
          - remedy: {kind: other, cause: Our fault}
          - recognition: {what: Always on time}
          - agreement: {id: us, title: How we work, values: [sum], state: draft}
      read: {say: Hello, skippable: true, next: end}
      end: {say: Bye, outcome: done}
    """
    asked = walk(sum="5.00").note("Sounds\ntired")
    for turn in (
        walker.nothing_fits(asked.state, "I never got it", NOW),
        walker.produce(walker.nothing_fits(asked.state, "I never got it", NOW).state, "letter", NOW),
    ):
        asked.state, asked.events = turn.state, asked.events + turn.events
    turn = walker.answer(asked.state, Reply("go", reasons={"go": "Boss said"}), NOW)
    asked.state, asked.events = turn.state, asked.events + turn.events
    ended = asked.skip("No time")
    kept = walker.summarise(ended.state, ended.events, "", NOW)
    assert casenote(kept.state, (*ended.events, *kept.events), File("abc", "", "")).plain == (
        "A small guide\n\nMarch 2, 2026\nOutcome: Done (done)\nSession: abc\n\n"
        "Path\n- Ask: Go on; chosen for a reason: Boss said\n- Read: skipped (No time)\n\n"
        "Notes\n- Sounds tired\n\nIn the client's words\n- I never got it\n\n"
        "Recorded\n- Contact: phone, no answer\n- Client: Pay, by March 2, 2026\n- We: Send it, by March 2, 2026\n"
        "- A refund €5.00 (Our delay)\n- Something to make up for it (Our fault)\n- Recognition: Always on time\n"
        "- Agreement: How we work (draft)\n\n"
        "In writing\n- A letter"
    )


def test_it_tells_a_detour_and_an_early_end(walk: Start) -> None:
    """
    steps:
      ask: {say: Hello, next: end}
      end: {outcome: done}
    ---
    guide: other
    title: Another
    steps:
      more: {say: More, next: end}
      end: {outcome: done}
    """
    asked = walk()
    turn = walker.open_guide(asked.state, asked.guides, "other", Reply(), NOW)
    asked.state, asked.events = turn.state, asked.events + turn.events
    ended = asked.answer().end("Line dropped")
    assert casenote(ended.state, ended.events, File("abc", "", "")).plain == (
        "A small guide\n\nMarch 2, 2026\nEnded before an outcome: Line dropped\nSession: abc\n\n"
        "Path\n- Ask: opened “Another”\n- More"
    )


SPOKEN = """
language: {language}
steps:
  ask:
    checks:
      - {{id: seen, label: Konto, source: us}}
      - {{id: asked, label: Mahnung, source: us}}
    options: [{{id: go, label: Weiter, to: end}}]
    records:
      - contact: {{channel: email, result: refused}}
      - agreement: {{id: us, title: Zusammenarbeit, values: [sum], state: ended}}
  end: {{outcome: done}}
fields: {{sum: {{type: integer, label: Summe, given: true}}}}
"""


@pytest.mark.parametrize(
    ("language", "outcome", "left", "recorded"),
    [
        (
            "de",
            "Ergebnis: Done (done)",
            "geprüft: Konto; offen gelassen: Mahnung (Grund: Eilt)",
            "- Kontakt: E-Mail, wollte nicht sprechen\n- Vereinbarung: Zusammenarbeit (gilt nicht mehr)",
        ),
        (
            "en",
            "Outcome: Done (done)",
            "checked: Konto; left open: Mahnung (reason: Eilt)",
            "- Contact: e-mail, did not want to speak\n- Agreement: Zusammenarbeit (no longer in force)",
        ),
    ],
)
def test_it_is_in_words_of_the_language_of_the_guide(language: str, outcome: str, left: str, recorded: str) -> None:
    walk = Walk(compiled(SPOKEN.format(language=language)), "small", {"sum": 1}, language)
    ended = walk.went(walker.answer(walk.state, Reply("go", {}, ("seen",), reasons={"asked": "Eilt"}), NOW))
    told = casenote(ended.state, ended.events, FILE).plain
    assert outcome in told
    assert f"Weiter; {left}\n" in told
    assert told.endswith(recorded)


def test_it_has_words_for_whatever_records_can_hold() -> None:
    record = json.loads(schema_text())["$defs"]["records"]["items"]["properties"]
    kinds = {"channel": "contact", "result": "contact", "state": "agreement"}
    for name, kind in kinds.items():
        for id in record[kind]["properties"][name]["enum"]:
            assert all(phrase(f"{name}-{id}", language) for language in PHRASES)
