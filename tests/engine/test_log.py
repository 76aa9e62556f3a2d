"""The log of a session, line by line: what was done, at which visit, and all that followed from it."""

import re
from collections.abc import Callable
from datetime import date
from inspect import cleandoc
from typing import Any

from engine import walker
from engine.consequences import Turn
from engine.events import Event
from engine.folds import stored
from engine.journal import to_dict
from engine.replies import Reply
from engine.state import replay
from engine.walker import Opening
from tests.engine.walks import NOW, Walk, compiled

LATE = """\
guide: late
title: Late
outcomes: {paid: {label: Paid, kind: success}, open: {label: Open, kind: partial}}
fields:
  who: {type: text, label: Who, from: client.name, required: false}
  broken: {type: integer, fact: promises_broken}
  invoice: {type: text, label: Invoice, given: true}
  sum: {type: money, currency: EUR, label: Sum}
  half: {type: money, currency: EUR, label: Half, value: sum / 2}
  day: {type: date, label: Day, required: false}
  plan: {type: text, label: Plan}
  credit: {type: money, currency: EUR, label: Credit}
  hours: {type: text, label: Hours, required: false}
anytime:
  - {id: gone, label: Hangs up, outcome: open, records: [{contact: {channel: phone, result: refused}}]}
  - {id: when-open, label: Asks when, set: {plan: "'asked'"}, call: {guide: hours, take: {hours: text}}}
  - {id: to-end, label: To the end, to: bye, allow: sum > 1, because: First the sum, override: reason}
steps:
  look:
    checks: [{id: seen, label: Seen, required: true}, {id: signed, label: Signed, required: true, override: approval}]
    ask: [sum, day]
    set: {plan: "'later'"}
    branch: [{when: broken > 2, to: firm}, {when: sum > 100, to: talk}, {to: bye}]
  firm: {say: "{{ sum }} at once", skippable: true, next: talk}
  talk:
    question: "{{ half }} by {{ day }}?"
    options:
      - id: "yes"
        label: Agrees
        records: [{promise: {by: client, what: "Pay {{ invoice }}", due: day, amount: half}}]
        to: apology
      - {id: gift, label: A gift, allow: sum < 9, because: Too much, override: approval, set: {plan: "'gift'"}, to: bye}
  apology: {call: {guide: sorry, with: {name: who}, take: {credit: credit}, on: {fine: bye}, otherwise: talk}}
  bye: {say: "Bye {{ credit }}", records: [{contact: {channel: phone, result: reached}}], outcome: paid}
"""
SORRY = """\
guide: sorry
title: Sorry
outcomes: {fine: {label: Fine, kind: success}, cross: {label: Cross, kind: failure}}
fields:
  name: {type: text, label: Name, given: true, required: false}
  credit: {type: money, currency: EUR, label: Credit}
steps:
  sorry:
    say: Sorry, {{ name }}.
    ask: [credit]
    question: Fine?
    options: [{id: fine, label: Fine, to: good}, {id: cross, label: Cross, to: bad}]
  good: {say: Thank you., outcome: fine}
  bad: {say: I see., records: [{recognition: {what: Still cross}}], outcome: cross}
"""
HOURS = """\
guide: hours
title: Hours
outcomes: {told: {label: Told, kind: success}}
fields: {text: {type: text, label: Text}}
steps:
  say: {ask: [text], next: told}
  told: {outcome: told}
"""

GUIDES = compiled(LATE, SORRY, HOURS)
SOURCES = {"client.name": "Ann", "agent.name": "Sam"}
NOT_ALWAYS = {"option", "old_option", "client", "replaces"}
HEAD = ("seq", "at", "kind", "actor", "guide", "step", "frame")
LATER = NOW._replace(at=NOW.at.replace(hour=11), actor="boss", today=date(2026, 3, 3))


class Session:
    """A session in the making: its events, and the state after them."""

    def __init__(self, **opening: Any) -> None:
        given = Opening(**{"given": {"invoice": "A-1"}, "sources": SOURCES, "client": "C-7", **opening})
        turn = walker.start(GUIDES, "late", given, NOW)
        self.state, self.events = turn.state, turn.events

    def does(self, what: Callable[..., Turn], *rest: Any) -> list[str]:
        """Do this, and read what it wrote."""
        turn = what(self.state, *rest)
        before, self.state, self.events = self.events, turn.state, (*self.events, *turn.events)
        assert stored(replay(GUIDES, self.events)) == stored(self.state)
        return [line(event) for event in self.events[len(before) :]]

    def answers(self, option: str | None = None, *checks: str, **values: Any) -> list[str]:
        """Answer the step on the screen."""
        return self.does(walker.answer, Reply(option, values, checks), NOW)


def line(event: Event) -> str:
    """An event on one line: its number, where it was, what it is and all that it says, but for the texts' digests.

    Who and when stand behind it where that is not Sam at half past nine.
    """
    plain = {key: value for key, value in to_dict(event).items() if not (value is None and key in NOT_ALWAYS)}
    for key in ("digest", "guides"):
        plain.pop(key, None)
    seq, at, kind, actor, guide, step, frame = (plain.pop(key) for key in HEAD)
    place = f"{frame or guide}/{step}" + (f".{plain.pop('occurrence')}" if "occurrence" in plain else "")
    rest = [f"{key}={said(value)}" for key, value in plain.items() if value not in ("", {}, [], "2026-03-02")]
    late = [] if (at, actor) == ("2026-03-02T09:30:15.250000Z", "sam") else [f"({actor} {at[11:16]})"]
    return " ".join([f"{seq} {place} {kind}", *rest, *late])


def said(value: Any) -> str:
    """A plain value, short."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {said(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(said, value))}]" if isinstance(value, list) else str(value)


def lines(text: str) -> list[str]:
    """Events as they are expected; a line that is indented goes on with the one above it."""
    return re.sub(r"\n +", " ", cleandoc(text)).split("\n")


def talking() -> Session:
    """A session in which the first step was answered and approved: eight events."""
    session = Session()
    session.does(walker.approve, "signed", True, "Fine", LATER)
    session.answers(None, "seen", sum="120.00", day="2026-03-09")
    return session


def test_a_session_begins_with_what_it_was_given() -> None:
    session = Session(facts={"promises_broken.client": 3}, locale="de", time_zone="Europe/Berlin", channel="email")
    assert [line(event) for event in session.events] == lines("""
        1 late/look session_started given={invoice: A-1} locale=de time_zone=Europe/Berlin channel=email client=C-7
          sources={client.name: Ann, agent.name: Sam} facts={promises_broken.client: 3}
        2 late/look.1 step_shown
    """)


def test_a_session_begins_with_nothing_but_its_guide() -> None:
    started = walker.start(GUIDES, "late", Opening({"invoice": "A-1"}), NOW).events[0]
    assert line(started) == "1 late/look session_started given={invoice: A-1} locale=en time_zone=UTC channel=phone"
    assert started.body.client is None  # type: ignore[union-attr]
    assert started.body.guides == {id: guide.digest for id, guide in GUIDES.items()}  # type: ignore[union-attr]


def test_what_was_typed_is_kept_and_what_it_means() -> None:
    session = Session(locale="de", facts={"promises_broken.client": 3})
    session.does(walker.approve, "signed", True, "Yes", LATER)
    typed = Reply(None, {"sum": "1.234,5 ", "day": "9.3.2026"}, ("seen",), typed=True)
    assert session.does(walker.answer, typed, NOW) == lines("""
        4 late/look.1 answered values={sum: 1234.50, day: 2026-03-09} typed={sum: 1.234,5 , day: 9.3.2026}
          checks=[seen] set={plan: later}
        5 late/look.1 overridden what=signed approver=boss
        6 late/look.1 branched rule=1 to=firm saw={broken: 3}
        7 late/firm.1 step_shown
    """)


def test_what_was_shown_is_told_by_a_digest_of_its_text() -> None:
    def shown(amount: str) -> str:
        session = Session(facts={"promises_broken.client": 3})
        session.does(walker.approve, "signed", True, "Yes", LATER)
        session.answers(None, "seen", sum=amount)
        return str(to_dict(session.events[-1])["digest"])

    assert shown("120.00") == shown("120.00") != shown("130.00")


def test_approvals_say_who_and_when() -> None:
    session = Session()
    assert session.does(walker.ask_approval, "signed", "In post", NOW) == [
        "3 late/look.1 approval_asked what=signed reason=In post"
    ]
    assert session.does(walker.approve, "signed", False, "No", LATER) == [
        "4 late/look.1 approval_refused what=signed reason=No (boss 11:30)"
    ]
    assert session.does(walker.approve, "signed", True, "Yes", LATER) == [
        "5 late/look.1 approval_given what=signed reason=Yes (boss 11:30)"
    ]


def test_calls_and_returns_are_told_with_what_passes_between_the_guides() -> None:
    session = talking()
    assert session.answers("yes") == lines("""
        8 late/talk.1 answered option=yes
        9 late/talk.1 recorded record=promise source=late:steps.talk.options.0.records.0.promise
          details={by: client, due: 2026-03-09, amount: 60.00, currency: EUR} texts={what: Pay A-1} client=C-7
        10 late/apology.1 called called=sorry into=/apology.1:sorry given={name: Ann}
        11 /apology.1:sorry/sorry.1 step_shown
    """)
    assert session.answers("cross", credit="5") == lines("""
        12 /apology.1:sorry/sorry.1 answered option=cross values={credit: 5.00}
        13 /apology.1:sorry/bad.1 recorded record=recognition source=sorry:steps.bad.records.0.recognition
          texts={what: Still cross} client=C-7
        14 /apology.1:sorry/bad.1 returned outcome=cross to=talk taken={credit: 5.00}
        15 late/talk.2 step_shown
    """)


def test_an_outcome_writes_its_records_and_ends_the_session() -> None:
    session = talking()
    session.answers("yes")
    assert session.answers("fine", credit="6") == lines("""
        12 /apology.1:sorry/sorry.1 answered option=fine values={credit: 6.00}
        13 /apology.1:sorry/good.1 returned outcome=fine to=bye taken={credit: 6.00}
        14 late/bye.1 step_shown
        15 late/bye.1 recorded record=contact source=late:steps.bye.records.0.contact
          details={channel: phone, result: reached} client=C-7
        16 late/bye.1 outcome_reached outcome=paid outcome_kind=success
        17 late/bye session_ended how=outcome
    """)


def test_going_back_and_on_otherwise_tells_both_answers() -> None:
    session = talking()
    session.answers("gone")
    assert session.does(walker.back, LATER, "look") == lines("""
        13 late/gone.1 reopened (boss 11:30)
        14 late/gone.1 went_back to_step=look to_occurrence=1 (boss 11:30)
    """)
    other = Reply(None, {"sum": "130", "day": "2026-03-10"}, ("seen",))
    assert session.does(walker.answer, other, LATER) == lines("""
        15 late/look.1 changed values={sum: 130.00, day: 2026-03-10} checks=[seen] set={plan: later} today=2026-03-03
          old={sum: 120.00, day: 2026-03-09} (boss 11:30)
        16 late/look.1 overridden what=signed approver=boss (boss 11:30)
        17 late/look.1 branched rule=2 to=talk saw={sum: 130.00} (boss 11:30)
        18 late/talk.1 step_shown (boss 11:30)
    """)


def test_a_change_tells_the_way_to_where_it_leads() -> None:
    session = talking()
    session.answers("yes")
    other = Reply(None, {"sum": "150", "day": "2026-03-10"}, ("seen",))
    assert session.does(walker.change, "late/look", other, LATER, "misheard") == lines("""
        12 late/look.1 changed values={sum: 150.00, day: 2026-03-10} checks=[seen] set={plan: later} today=2026-03-03
          old={sum: 120.00, day: 2026-03-09} reason=misheard (boss 11:30)
        13 late/look.1 overridden what=signed approver=boss (boss 11:30)
        14 late/look.1 branched rule=2 to=talk saw={sum: 150.00} (boss 11:30)
        15 late/talk.1 recorded record=promise source=late:steps.talk.options.0.records.0.promise
          details={by: client, due: 2026-03-10, amount: 75.00, currency: EUR} texts={what: Pay A-1} client=C-7
          replaces=9 (boss 11:30)
        16 late/apology.1 called called=sorry into=/apology.1:sorry given={name: Ann} (boss 11:30)
        17 /apology.1:sorry/sorry.1 step_shown (boss 11:30)
    """)


def test_a_detour_comes_back_with_what_it_brings() -> None:
    session = talking()
    assert session.answers("when-open") == lines("""
        8 late/talk.1 answered option=when-open set={plan: asked}
        9 late/talk.1 called called=hours into=/talk.1:hours
        10 /talk.1:hours/say.1 step_shown
    """)
    assert session.answers(text="9 to 5") == lines("""
        11 /talk.1:hours/say.1 answered values={text: 9 to 5}
        12 /talk.1:hours/told.1 returned outcome=told to=talk taken={hours: 9 to 5}
        13 late/talk.2 step_shown
    """)


def test_an_anytime_outcome_ends_the_session_beside_its_steps() -> None:
    session = talking()
    assert session.answers("gone") == lines("""
        8 late/talk.1 answered option=gone
        9 late/talk.1 recorded record=contact source=late:anytime.0.records.0.contact
          details={channel: phone, result: refused} client=C-7
        10 late/gone.1 step_shown
        11 late/gone.1 outcome_reached outcome=open outcome_kind=partial
        12 late/gone session_ended how=outcome
    """)
    session.does(walker.back, NOW)
    assert session.answers("gone") == lines("""
        15 late/talk.1 answered option=gone
        16 late/gone.1 step_shown
        17 late/gone.1 outcome_reached outcome=open outcome_kind=partial
        18 late/gone session_ended how=outcome
    """)


def test_an_anytime_answer_decides_no_branch_and_sets_nothing_of_the_step_it_leaves() -> None:
    reply = Reply("to-end", reasons={"to-end": " Tired ", "other": "x"})
    assert Session().does(walker.answer, reply, NOW)[:3] == lines("""
        3 late/look.1 answered option=to-end reasons={to-end: Tired}
        4 late/look.1 overridden what=to-end reason=Tired
        5 late/bye.1 step_shown
    """)


def test_what_passes_by_a_step_decides_no_branch_of_it(walk: Callable[..., Walk]) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
    anytime:
      - {id: aside, label: Aside, call: {guide: small-talk}}
    steps:
      ask: {ask: [sum], skippable: low, branch: [{when: sum > 3, to: end}, {to: low}]}
      low: {say: Low, next: end}
      end: {outcome: done}
    ---
    guide: small-talk
    steps:
      end: {say: So, outcome: done}
    """
    assert walk().skip("He knows").kinds[2:] == ["skipped", "step_shown"]
    assert walk().answer("aside").kinds[2:] == ["answered", "called", "returned", "step_shown"]


def test_naming_the_client_moves_what_was_written() -> None:
    session = talking()
    session.answers("yes")
    named = "C-8", {"client.name": "Bea"}, {"promises_broken.client": 3}
    assert session.does(walker.name_client, *named, LATER) == lines("""
        12 /apology.1:sorry/sorry client_named client=C-8 sources={client.name: Bea} facts={promises_broken.client: 3}
          today=2026-03-03 (boss 11:30)
        13 late/talk record_cancelled record=9 reason=The client is C-8. (boss 11:30)
        14 late/talk.1 recorded record=promise source=late:steps.talk.options.0.records.0.promise
          details={by: client, due: 2026-03-09, amount: 60.00, currency: EUR} texts={what: Pay A-1} client=C-8
          replaces=9 (boss 11:30)
        15 late/look.1 branched rule=1 to=firm saw={broken: 3} (boss 11:30)
        16 late/firm.1 step_shown (boss 11:30)
    """)


def test_records_of_a_called_guide_move_within_it() -> None:
    session = talking()
    session.answers("yes")
    session.answers("cross", credit="5")
    assert session.does(walker.name_client, "C-8", {"client.name": "Ann"}, {}, NOW)[3:5] == lines("""
        19 /apology.1:sorry/bad record_cancelled record=13 reason=The client is C-8.
        20 /apology.1:sorry/bad.1 recorded record=recognition source=sorry:steps.bad.records.0.recognition
          texts={what: Still cross} client=C-8 replaces=13
    """)


def test_what_is_done_beside_the_path_is_told_at_the_step_on_the_screen() -> None:
    session = Session(facts={"promises_broken.client": 3})
    session.does(walker.approve, "signed", True, "Fine", LATER)
    session.answers(None, "seen", sum="9.00")
    assert session.does(walker.note, "Rude", LATER) == ["8 late/firm note_added text=Rude (boss 11:30)"]
    assert session.does(walker.end, "hung up", NOW) == ["9 late/firm session_ended how=ended reason=hung up"]
    assert session.does(walker.back, LATER) == ["10 late/firm.1 reopened (boss 11:30)"]
    assert session.does(walker.skip, " He knows ", LATER) == lines("""
        11 late/firm.1 skipped reason=He knows today=2026-03-03 (boss 11:30)
        12 late/talk.1 step_shown (boss 11:30)
    """)


def test_what_the_product_offers_is_told_at_the_step_on_the_screen() -> None:
    session = talking()
    told = [
        *session.does(walker.flag, " Too long ", LATER),
        *session.does(walker.nothing_fits, " It depends ", NOW),
        *session.does(walker.hand_over, "billing", " At 3 ", NOW),
        *session.does(walker.take_over, {}, LATER),
        *session.does(walker.pause, " Lunch ", NOW),
        *session.does(walker.resume, LATER),
    ]
    assert told == lines("""
        8 late/talk.1 step_flagged text=Too long (boss 11:30)
        9 late/talk.1 nothing_fitted words=It depends
        10 late/talk.1 handed_over to=billing note=At 3
        11 late/talk.1 taken_over (boss 11:30)
        12 late/talk.1 paused reason=Lunch
        13 late/talk.1 resumed (boss 11:30)
    """)


def test_a_guide_that_somebody_opens_comes_back_to_the_step() -> None:
    session = talking()
    assert session.does(walker.open_guide, GUIDES, "sorry", Reply(None, {"name": "Bo"}), LATER) == lines("""
        8 late/talk.1 guide_opened opened=sorry given={name: Bo} today=2026-03-03 (boss 11:30)
        9 late/talk.1 called called=sorry into=/talk.1:sorry given={name: Bo} (boss 11:30)
        10 /talk.1:sorry/sorry.1 step_shown (boss 11:30)
    """)
    assert session.answers("fine", credit="5") == lines("""
        11 /talk.1:sorry/sorry.1 answered option=fine values={credit: 5.00}
        12 /talk.1:sorry/good.1 returned outcome=fine to=talk
        13 late/talk.2 step_shown
    """)


def test_a_record_is_cancelled_for_a_reason() -> None:
    session = talking()
    session.answers("gone")
    session.does(walker.back, NOW)
    assert session.does(walker.cancel_record, 9, " Called again ", LATER) == [
        "15 late/talk record_cancelled record=9 reason=Called again (boss 11:30)"
    ]
