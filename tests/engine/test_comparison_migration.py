"""Why a session cannot go on in a new version, sentence by sentence; the guide under test is the docstring's."""

import pytest

from engine import walker
from engine.comparison.migration import Obstacle, can_migrate
from engine.replies import Reply
from tests.engine.walks import NOW, Walk, compiled

GUIDE = """\
guide: small
fields:
  name: {type: text, label: Name, given: true}
  place: {type: text, label: Place, given: true, required: false}
  sum: {type: money, currency: EUR, label: Sum, max: 100}
  way: {type: choice, label: Way, options: [{id: post, label: Post}, {id: mail, label: Mail}]}
  ways: {type: choices, label: Ways, required: false, options: [{id: one, label: One}, {id: two, label: Two}]}
  mark: {type: rating, label: Mark, required: false}
outcomes: {done: {label: Done, kind: success}, lost: {label: Lost, kind: failure}}
anytime: [{id: ends, label: Ends, outcome: lost}]
steps:
  hello:
    title: Hello
    ask: [sum, way, ways, mark]
    checks: [{id: seen, label: Record seen}]
    next: choose
  choose:
    question: Which?
    options:
      - {id: again, label: Again, to: hello}
      - {id: dear, label: Dear, allow: sum > 50, because: Too little, override: approval, to: more}
      - {id: on, label: On, to: more}
  more: {say: More, skippable: true, next: bye}
  bye: {outcome: done}
"""


def walked() -> Walk:
    """A session that answered its first step."""
    walk = Walk(compiled(GUIDE), "small", {"name": "Ann", "place": "Ulm"})
    return walk.answer(None, "seen", sum="60", way="post", ways=["one"], mark=4)


def obstacles(walk: Walk, *changes: tuple[str, str]) -> tuple[Obstacle, ...]:
    """What keeps the walk from the version with these texts replaced."""
    text = GUIDE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return can_migrate(walk.state, compiled(text)).obstacles


@pytest.mark.parametrize(
    ("old", "new", "code", "sentence"),
    [
        ("max: 100", "max: 50", "refused", "“Sum” at 'hello' (“Hello”) would be refused: "),
        (
            "currency: EUR",
            "currency: USD",
            "type-changed",
            "“Sum”, answered at 'hello' (“Hello”), is money USD now; it was money EUR.",
        ),
        (
            "label: Mark,",
            "label: Mark, max: 9,",
            "type-changed",
            "“Mark”, answered at 'hello' (“Hello”), is rating up to 9 now; it was rating up to 5.",
        ),
        (
            "{id: post, label: Post}, ",
            "",
            "option-gone",
            "“Way”, answered at 'hello' (“Hello”), has no option “Post” any more.",
        ),
        (
            "{id: one, label: One}, ",
            "",
            "option-gone",
            "“Ways”, answered at 'hello' (“Hello”), has no option “One” any more.",
        ),
        (
            "[sum, way, ways, mark]",
            "[sum, way, mark]",
            "field-gone",
            "“Ways”, answered at 'hello' (“Hello”), is no longer asked there.",
        ),
        (
            "[{id: seen, label: Record seen}]",
            "[{id: read, label: Read}]",
            "check-gone",
            "The check “Record seen”, ticked at 'hello' (“Hello”), is gone.",
        ),
        (
            "label: Record seen",
            "label: Record seen}, {id: read, label: Read, required: true",
            "refused",
            "At 'hello' (“Hello”): Tick “Read” once it is done, or give a reason for going on without it.",
        ),
        (
            "[sum, way, ways, mark]",
            "[sum, way, {field: ways, when: name == 'Bob'}, mark]",
            "refused",
            "“Ways” at 'hello' (“Hello”) is no longer asked after the same answers.",
        ),
        (
            "place: {type: text",
            "place: {type: long_text",
            "type-changed",
            "“Place”, given when this session started, is long_text now; it was text.",
        ),
        (
            "  place: {type: text, label: Place, given: true, required: false}\n",
            "",
            "field-gone",
            "“Place”, given when this session started, is no longer given at the start.",
        ),
        (
            "label: Name, given: true",
            "label: Name, given: true, max_length: 2",
            "refused",
            "“Name” at the start would be refused: ",
        ),
        (
            "fields:\n",
            "fields:\n  who: {type: text, label: Who, given: true}\n",
            "refused",
            "“Who” at the start is asked for now, and this session has none.",
        ),
        (
            "steps:\n",
            "start: choose\nsteps:\n",
            "elsewhere",
            "The start now leads to 'choose' (“Which?”); in this session to 'hello' (“Hello”).",
        ),
    ],
)
def test_an_answer_that_does_not_hold_any_more(old: str, new: str, code: str, sentence: str) -> None:
    (found,) = obstacles(walked(), (old, new))
    assert found.code == code
    assert found.sentence.startswith(sentence)


def test_what_lies_ahead_may_be_another_way() -> None:
    text = GUIDE.replace("    next: choose\n", "    next: extra\n").replace(
        "  more:", "  extra: {say: Extra, next: choose}\n  more:"
    )
    found = can_migrate(walked().state, compiled(text))
    assert (found.possible, found.step) == (True, "small/extra")


def test_an_answer_that_is_asked_for_now() -> None:
    new = ("fields:\n", "fields:\n  day: {type: date, label: Day}\n"), ("[sum, way", "[sum, day, way")
    assert obstacles(walked(), *new) == (
        Obstacle("refused", "small/hello", "“Day” at 'hello' (“Hello”) is asked for now, and this session has none."),
    )


def test_a_step_that_is_gone_and_one_that_is_renamed() -> None:
    walk = walked().answer("on")
    rename = ("  choose:\n", "  pick:\n    was: choose\n"), ("next: choose", "next: pick")
    assert obstacles(walk, *rename) == ()
    gone = ("  choose:\n", "  pick:\n"), ("next: choose", "next: pick")
    assert [each.sentence for each in obstacles(walk, *gone)] == [
        "The step 'choose' (“Which?”), which was answered, is gone."
    ]


def test_an_answer_that_is_gone_and_one_that_is_renamed() -> None:
    walk = walked().answer("on")
    assert obstacles(walk, ("{id: on,", "{id: further, was: on,")) == ()
    assert [each.sentence for each in obstacles(walk, ("{id: on,", "{id: further,"))] == [
        "The answer “On”, chosen at 'choose' (“Which?”), is gone."
    ]


def test_answers_that_lead_elsewhere() -> None:
    walk = walked().answer("again").answer(None, sum="60", way="post")
    found = obstacles(walk, ("label: Again, to: hello", "label: Again, to: more"))
    assert [each.sentence for each in found] == [
        "After 'choose' (“Which?”), the same answers now lead to 'more'; in this session to 'hello' (“Hello”)."
    ]
    ended = obstacles(walk, ("label: Again, to: hello", "label: Again, to: bye"))
    assert ended[0].sentence.startswith("After 'choose' (“Which?”), the same answers now lead to the end, “Done”; ")


def test_an_answer_that_takes_approval_is_approved_again() -> None:
    """It was locked, and a second person opened it."""
    walk = Walk(compiled(GUIDE), "small", {"name": "Ann"}).answer(sum="10", way="post").approve("dear").answer("dear")
    assert obstacles(walk, ("{id: dear,", "{id: costly, was: dear,")) == ()
    assert [each.sentence for each in obstacles(walk, ("override: approval, ", ""))] == [
        "The answer at 'choose' (“Which?”) would be refused: Too little. Choose another answer."
    ]


def test_a_skipped_step() -> None:
    walk = walked().answer("on").skip("No time")
    assert obstacles(walk) == ()
    assert obstacles(walk, ("skippable: true, ", ""))[0] == Obstacle(
        "not-skippable", "small/more", "The step 'more' was skipped, and can no longer be."
    )


def test_a_session_that_has_ended_must_end_the_same() -> None:
    walk = walked().answer("on").answer()
    assert obstacles(walk) == ()
    assert [each.sentence for each in obstacles(walk, ("bye: {outcome: done}", "bye: {outcome: lost}"))] == [
        "The same answers now lead to the end, “Lost”; in this session to the end, “Done”."
    ]
    assert [
        each.code
        for each in obstacles(walk.back(), ("more: {say: More, skippable: true, next: bye}", "more: {outcome: lost}"))
    ] == ["ends-otherwise"]


def test_a_session_that_a_person_ended_can_go_on() -> None:
    assert obstacles(walked().end()) == ()


def test_an_answer_at_any_time() -> None:
    walk = walked().answer("ends")
    assert obstacles(walk) == ()
    assert obstacles(walk, ("{id: ends,", "{id: stops, was: ends,")) == ()
    assert [each.code for each in obstacles(walk, ("anytime: [{id: ends, label: Ends, outcome: lost}]\n", ""))] == [
        "option-gone"
    ]


def test_an_answer_at_any_time_that_is_one_of_the_steps_now() -> None:
    walk = walked().answer("ends")
    moved = (
        ("anytime: [{id: ends, label: Ends, outcome: lost}]\n", ""),
        ("      - {id: on,", "      - {id: ends, label: Ends, to: over}\n      - {id: on,"),
    )
    assert obstacles(walk, *moved, ("  bye:", "  over: {outcome: lost}\n  bye:")) == ()


def test_a_step_that_can_be_visited_less_often() -> None:
    walk = walked().answer("again").answer(None, sum="60", way="post")
    (found,) = obstacles(walk, ("    title: Hello\n", "    title: Hello\n    max_visits: 1\n"))
    assert (found.code, found.at) == ("refused", "small/choose")
    assert "'hello' was shown 1 times already" in found.sentence


def test_a_guide_that_is_not_there_any_more() -> None:
    state = walked().state
    other = compiled(GUIDE.replace("guide: small", "guide: other"))
    assert can_migrate(state, other).obstacles == (Obstacle("guide-gone", "", "There is no guide 'small' any more."),)


CALLING = """\
guide: outer
steps:
  begins: {say: Hi, next: calls}
  calls: {call: {guide: inner, otherwise: z}}
  z: {outcome: done}
"""
INNER = """\
guide: inner
steps:
  asks: {say: A, next: more}
  more: {say: B, next: z}
  z: {outcome: done}
"""


def test_a_called_guide_that_is_not_there_any_more() -> None:
    walk = Walk(compiled(CALLING, INNER), "outer", {}).answer().answer()
    without = compiled(CALLING.replace("{call: {guide: inner, otherwise: z}}", "{next: z}"))
    assert can_migrate(walk.state, without).obstacles == (
        Obstacle("guide-gone", "inner/asks", "There is no guide 'inner' any more."),
    )


def test_a_guide_that_is_called_at_another_step_is_the_same_walk() -> None:
    walk = Walk(compiled(CALLING, INNER), "outer", {}).answer().answer()
    moved = CALLING.replace("  calls: {call", "  calls: {next: later}\n  later: {call")
    found = can_migrate(walk.state, compiled(moved, INNER))
    assert (found.possible, found.step) == (True, "inner/more")


def test_the_client_who_was_named_last_is_the_one_who_counts() -> None:
    text = """\
guide: small
fields: {broken: {type: integer, fact: promises_broken}}
steps:
  hello: {say: Hi, branch: [{when: broken > 2, to: firm}, {to: gentle}]}
  firm: {say: Firm, next: bye}
  gentle: {say: Gentle, next: bye}
  bye: {outcome: done}
"""
    walk = Walk(compiled(text), "small", {"broken": 0}).answer()
    named = walker.name_client(walk.state, "C-7", {}, {"promises_broken.client": 5}, NOW).state
    found = can_migrate(named, compiled(text.replace("broken > 2", "broken > 3")))
    assert (found.possible, found.step) == (True, "small/firm")


def test_a_guide_that_a_person_opened_goes_along() -> None:
    walk = walked()
    other = compiled("guide: other\nsteps: {talk: {say: Talk, next: end}, end: {outcome: done}}")
    walk.guides = {**walk.guides, **other}
    walk.went(walker.open_guide(walk.state, other, "other", Reply(), NOW))
    new = compiled(GUIDE.replace("title: Hello", "title: Good day"))
    assert can_migrate(walk.state, new).step == "other/talk"
    assert can_migrate(walk.answer().answer("on").state, new).step == "small/more"


def test_a_guide_that_an_opened_one_leads_to_goes_along() -> None:
    walk = walked()
    call = "{call: {guide: third, otherwise: end}}"
    call = f"guide: other\nsteps: {{talk: {call.replace('end', 'more')}, more: {call}, end: {{outcome: done}}}}"
    others = compiled(call, "guide: third\nsteps: {say: {say: Third, next: end}, end: {outcome: done}}")
    walk.guides = {**walk.guides, **others}
    walk.went(walker.open_guide(walk.state, others, "other", Reply(), NOW))
    assert can_migrate(walk.state, compiled(GUIDE)).step == "third/say"


def test_what_an_opened_guide_was_given_must_still_be_given_there() -> None:
    text = "guide: other\nfields: {sum: {type: money, currency: EUR, label: Sum, given: true}}\n"
    text += "steps: {talk: {say: Talk, next: end}, end: {outcome: done}}"
    walk = walked()
    other = compiled(text)
    walk.guides = {**walk.guides, **other}
    walk.went(walker.open_guide(walk.state, other, "other", Reply(values={"sum": "9"}), NOW))
    assert can_migrate(walk.state, compiled(GUIDE, text)).possible
    assert can_migrate(walk.state, compiled(GUIDE, text.replace("EUR", "USD"))).obstacles == (
        Obstacle(
            "type-changed",
            "small/choose",
            "“Sum”, given when the guide 'other' was opened, is money USD now; it was money EUR.",
        ),
    )
