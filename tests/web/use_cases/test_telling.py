"""Events about locks, skips and detours as sentences."""

import pytest

from engine import walker
from engine.events import Event
from tests.engine.walks import NOW, Walk, compiled
from web.use_cases.telling import Telling, chosen

GUIDE = """
anytime:
  - {id: hung-up, label: Hangs up, outcome: done}
  - {id: price, label: Asks the price, call: {guide: price}}
steps:
  ask:
    title: Ask
    checks: [{id: agreed, label: Agreed with sales, required: true, override: approval}]
    skippable: over
    options:
      - {id: pays, label: Pays, to: over}
      - {id: forget, label: Forget it, allow: "1 > 2", because: Too much, override: approval, to: over}
  over: {title: Over, switch_to: {guide: price}}
"""
PRICE = """
guide: price
title: Prices
outcomes: {told: {label: Told, kind: success}}
steps:
  tell: {title: Tell, say: It is dear, next: told}
  told: {outcome: told}
"""


@pytest.fixture
def walk() -> Walk:
    return Walk(compiled(GUIDE, PRICE), "small", {})


def told(walk: Walk, *events: Event) -> list[str]:
    """The sentences of some events, or of all."""
    telling = Telling(walk.guides, "en")
    return [telling.sentence(event) for event in events or walk.events]


def test_asking_for_approval_and_the_answer_are_told(walk: Walk) -> None:
    boss = NOW._replace(actor="boss")
    asked = walker.ask_approval(walk.state, "forget", "A good client", NOW)
    refused = walker.approve(asked.state, "agreed", False, "", boss)
    given = walker.approve(refused.state, "forget", True, "Just once", boss)
    assert told(walk, *asked.events, *refused.events, *given.events) == [
        "Asked a second person to approve “Forget it”: A good client",
        "Did not approve “Agreed with sales”.",
        "Approved “Forget it”: Just once",
    ]


def test_what_was_approved_is_told_with_who_approved_it(walk: Walk) -> None:
    walk.approve("forget").approve("agreed").answer("forget")
    assert "Chose “Forget it” although it was locked, approved by boss." in told(walk)
    assert "Went on without “Agreed with sales”, approved by boss." in told(walk)


def test_a_skip_and_a_switch_are_told(walk: Walk) -> None:
    walk.skip("Nobody there")
    assert told(walk)[-3:] == ["Skipped “Ask”: Nobody there", "Went over to “Prices”.", "Shown: “Tell”."]


def test_a_detour_and_an_end_at_any_time_are_told(walk: Walk) -> None:
    walk.answer("price").answer().answer("hung-up")
    assert "Answered “Ask” with “Asks the price”." in told(walk)
    assert "Opened “Prices” as a detour." in told(walk)
    assert told(walk)[-3:] == ["Shown: “Hangs up”.", "Reached the outcome “Done”.", "The session ended."]


def test_an_own_full_stop_is_enough() -> None:
    text = (
        "fields: {story: {type: text, label: Story}}\nsteps:\n  ask: {ask: [story], next: end}\n  end: {outcome: done}"
    )
    walk = Walk(compiled(text), "small", {}).answer(story="A hard year.")
    assert "Answered “Ask”: Story A hard year." in told(walk)


def test_what_was_chosen_is_known_with_what_fills_its_texts(walk: Walk) -> None:
    walk.answer("hung-up")
    first = walk.state.visit.previous
    assert first is not None
    choice = chosen(first)
    assert choice is not None
    assert (choice.option.label, choice.anytime) == ("Hangs up", True)
    assert chosen(walk.state.visit) is None
