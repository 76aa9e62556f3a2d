"""The rules on guides that clients walk by themselves."""

from tests.engine.guides import check_text, told
from tests.engine.rules.others import APOLOGY

OPEN = APOLOGY.replace("title:", "audience: public\ntitle:", 1)


def codes(text: str, *others: str) -> list[str]:
    return [code for code, _, _ in check_text(text, *others)]


def test_what_a_client_must_do_is_shown_to_clients(guide: str) -> None:
    """
    guide: move
    title: Move
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    steps:
      when:
        say: Hello
        checks: [{id: seen, label: Seen, required: true}, {id: read, label: Read}]
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("closed-to-clients", 8, 38)]
    assert check_text(guide.replace("audience: public", "audience: staff")) == []


def test_a_client_is_led_into_public_guides_only(guide: str) -> None:
    """
    guide: move
    title: Move
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    anytime:
      - {id: sorry, label: Sorry, call: {guide: apology, with: {client_name: "'Ann'"}}}
      - {id: away, label: Away, outcome: done}
    steps:
      over: {say: Hello., call: {guide: apology, with: {client_name: "'Ann'"}, otherwise: on}}
      on: {say: Now., switch_to: {guide: apology, with: {client_name: "'Ann'"}}}
    """
    closed = [each for each in check_text(guide, APOLOGY) if each[0] == "closed-to-clients"]
    assert closed == [("closed-to-clients", 6, 45), ("closed-to-clients", 9, 37), ("closed-to-clients", 10, 38)]
    assert "'apology' is for staff, and clients would be led into it" in told(guide, APOLOGY)[0]
    assert "closed-to-clients" not in codes(guide, OPEN)


def test_staff_can_be_led_further(guide: str) -> None:
    """
    guide: move
    title: Move
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    anytime:
      - {id: sorry, label: Sorry, staff: true, call: {guide: apology, with: {client_name: "'Ann'"}}}
      - {id: inside, label: Inside, staff: true, to: look}
    steps:
      hello: {say: Hello., skippable: look, next: bye}
      look:
        note: Look well.
        checks: [{id: seen, label: Seen, required: true}]
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide, APOLOGY) == []
    assert codes(guide.replace("staff: true, to", "to"), APOLOGY) == ["nothing-for-clients", "closed-to-clients"]


def test_a_client_sees_something_of_every_step(guide: str) -> None:
    """
    guide: move
    title: Move
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    fields: {sum: {type: integer, label: Sum}}
    steps:
      prepare: {note: Look, next: choose}
      choose: {note: Ask, options: [{id: a, label: A, to: ask}, {id: b, label: B, to: prepare}]}
      ask: {ask: [sum], next: see}
      see: {images: [{file: a.png, alt: A}], next: decide}
      decide: {branch: [{when: sum > 3, to: bye}, {to: bye}]}
      bye: {note: That was it., outcome: done}
    """
    assert check_text(guide) == [("nothing-for-clients", 7, 3)]


def test_what_only_a_call_knows_may_be_missing_for_clients(guide: str) -> None:
    """
    guide: move
    title: Move
    audience: public
    outcomes: {done: {label: Done, kind: success}}
    fields:
      me: {type: text, label: Me, from: agent.name}
      house: {type: text, label: House, from: setting.house}
      broken: {type: integer, label: Broken, fact: promises_broken}
      you: {type: text, label: You, given: true}
    steps:
      hello: {say: "{{ me }} {{ house }} {{ broken }} {{ you }}", next: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("may-be-missing", 11, 20), ("may-be-missing", 11, 41)]
    assert check_text(guide.replace("audience: public", "audience: staff")) == []
