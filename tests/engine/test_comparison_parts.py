"""What changed in the parts of a guide that are not ways: fields, texts, checks, records, documents, rules."""

import pytest

from engine.comparison.difference import KINDS
from engine.comparison.guide import compare
from engine.comparison.wording import reworded
from engine.compiler import compile_guides
from engine.pictures import Picture
from tests.engine.comparisons import OTHER, WHOLE, version

Told = list[tuple[str, str]]


def told(*changes: tuple[str, str]) -> Told:
    """Kind and sentence of what is told where these texts of the guide with everything are replaced, once each."""
    text = WHOLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    before, after = version(WHOLE), version(text)
    assert before
    assert after, text
    found = compare(before, after)
    assert {difference.kind for difference in found} <= set(KINDS)
    return [(difference.kind, difference.sentence) for difference in found]


@pytest.mark.parametrize(
    ("old", "new", "kind", "sentence"),
    [
        (
            "min: 1, max: 1000",
            "min: 5, max: 1000",
            "tightened",
            "The least value is now 5; it was 1, so less is accepted.",
        ),
        ("min: 1, max: 1000", "max: 1000", "loosened", "The least value is gone; it was 1, so more is accepted."),
        ("max: 1000}", "max: 900}", "tightened", "The greatest value is now 900; it was 1000, so less is accepted."),
        ("max: 1000}", "max: 2000}", "loosened", "The greatest value is now 2000; it was 1000, so more is accepted."),
        ("max: 1000}", "max: 9 if is_answered(code) else 8}", "changed", ""),
        (
            "today + days(30)",
            "today + days(14)",
            "tightened",
            "The greatest value is now today + days(14); it was today + days(30), so less is accepted.",
        ),
        (
            "today + days(30)",
            "today + months(1)",
            "changed",
            "The greatest value is now today + months(1); it was today + days(30).",
        ),
        (
            "max_length: 9",
            "max_length: 5",
            "tightened",
            "The greatest number of characters is now 5; it was 9, so less is accepted.",
        ),
        (
            "min_length: 2",
            "min_length: 1",
            "loosened",
            "The least number of characters is now 1; it was 2, so more is accepted.",
        ),
        ("decimals: 2, ", "", "loosened", "The greatest number of decimals is gone; it was 2, so more is accepted."),
        ("max: 5, required: false", "max: 5", "tightened", "An answer is now required; it was optional."),
        ('    pattern: "[a-z]+"\n', "", "loosened", "The pattern is gone; it was “[a-z]+”."),
        ("money, currency: EUR, label: Rest", "money, currency: EUR, label: The rest", "wording", ""),
        ("type: rating, label: Mark, max: 5", "type: rating, label: Mark, max: 9", "loosened", ""),
        ("personal: true, max", "max", "changed", ""),
        ("from: agent.name", "from: client.name", "changed", ""),
        (
            "sum / 2",
            "sum / 3",
            "changed",
            "Where its value comes from is now “computed as sum / 3”; it was “computed as sum / 2”.",
        ),
        ("label: Post}", "label: By post}", "wording", "The option “Post” is now called “By post”."),
        (
            "hint: By voice}",
            "hint: Aloud}",
            "wording",
            "The hint of the option “Phone” is now “Aloud”; it was “By voice”.",
        ),
        ("      - {id: post, label: Post}\n", "", "tightened", "The option “Post” ('post') is gone."),
        (
            "      - {id: post, label: Post}\n",
            "      - {id: post, label: Post}\n      - {id: fax, label: Fax}\n",
            "loosened",
            "The option “Fax” ('fax') is new.",
        ),
    ],
)
def test_fields_accept_less_or_more_or_are_other_ones(old: str, new: str, kind: str, sentence: str) -> None:
    (found,) = told((old, new))
    assert found[0] == kind
    assert found[1] == sentence or not sentence


def test_bounds_of_times_and_months_are_compared_as_they_are() -> None:
    def bounded(time: str, month: str) -> str:
        fields = f"time: {{type: time, label: At, min: '{time}'}}, month: {{type: month, label: In, max: '{month}'}}"
        steps = "steps: {a: {ask: [time, month], next: z}, z: {outcome: done}}"
        return (
            f"guide: g\ntitle: G\nfields: {{{fields}}}\noutcomes: {{done: {{label: Done, kind: success}}}}\n{steps}\n"
        )

    old, new = (
        compile_guides({"g.yaml": text}).guides["g"]
        for text in (bounded("08:00", "2027-01"), bounded("09:00", "2027-03"))
    )
    assert [difference.kind for difference in compare(old, new)] == ["tightened", "loosened"]


def test_bounds_of_another_type_are_only_other_ones() -> None:
    assert told(("mark: {type: rating, label: Mark, max: 5", "mark: {type: date, label: Mark, min: today")) == [
        ("changed", "The type is now date; it was rating."),
        ("changed", "The least value is now today; it was 1."),
        ("loosened", "The greatest value is gone; it was 5, so more is accepted."),
    ]


def test_a_field_that_is_new_and_one_that_is_gone() -> None:
    assert told(("  agent: {type: text, from: agent.name}", "  clerk: {type: text, from: agent.name}")) == [
        ("added", "This field is new; its type is text, and its value is taken from agent.name."),
        ("removed", "This field is gone."),
    ]


def test_the_start_page_asks_in_another_order() -> None:
    name = "  name: {type: text, label: Name, given: true, personal: true, max_length: 80}\n"
    place = "  place: {type: text, label: Place, given: true, required: false}\n"
    assert told((name + place, place + name)) == [
        ("order", "The fields that are given at the start stand in another order: place, name.")
    ]


@pytest.mark.parametrize(
    ("old", "new", "kind", "sentence"),
    [
        ("points: [Wait, Listen]", "points: [Listen, Wait]", "order", "The points stand in another order."),
        ("points: [Wait, Listen]", "points: [Wait, Listen, Ask]", "added", "The point “Ask” is new."),
        ("[You again, Not you]", "[Not you]", "removed", "The line never to say “You again” is gone."),
        ("note: Smile.", "note: Smile!", "wording", "The note is now “Smile!”; it was “Smile.”."),
        ("    note: Smile.\n", "", "wording", "The note is gone; it was “Smile.”."),
        ("  more:\n", "  more:\n    stage: close\n", "changed", "The stage is new: 'close'."),
        ("max_visits: 9", "max_visits: 4", "tightened", "The greatest number of visits is now 4; it was 9."),
        ("max_visits: 9", "max_visits: 11", "loosened", "The greatest number of visits is now 11; it was 9."),
        ("    skippable: over\n", "", "way", "Skipping this step no longer goes to 'over'."),
        ("say: More.", "say: |\n      More.", "wording", "Only spaces or line breaks of the text to say changed."),
        ("[letter, mail]", "[mail, letter]", "order", "The documents stand in another order: mail, letter."),
        (
            "[rate, day, mark]",
            "[day, rate, mark]",
            "order",
            "The fields it asks for stand in another order: day, rate, mark.",
        ),
        (
            "{field: ways, required: true}",
            "ways",
            "loosened",
            "Asking for “Ways”: an answer is now optional; it was required.",
        ),
        (
            "when: is_answered(code)}",
            "required: true}",
            "changed",
            "Asking for “Sum”: the condition is gone; it was “is_answered(code)”.",
        ),
        (
            "label: Heard}",
            "label: Heard it}",
            "wording",
            "The check “Heard it”: the label is now “Heard it”; it was “Heard”.",
        ),
        (
            "required: true, override: approval}",
            "override: approval}",
            "changed",
            "The check “Record seen”: a tick is now optional; it was required.",
        ),
        (
            "alt: Two}",
            "alt: Too}",
            "wording",
            "The image 'two.png': what it shows in words is now “Too”; it was “Two”.",
        ),
        ("because: Too much", "because: Too dear", "wording", ""),
        ("override: reason", "override: approval", "changed", ""),
        (
            "was: pauses",
            "was: rests",
            "changed",
            "The answer “Waits”: the id that it had before is now rests; it was pauses.",
        ),
        (
            "when: sum > 2",
            "when: sum > 3",
            "changed",
            "The record 'promise': its when is now “sum > 3”; it was “sum > 2”.",
        ),
        ("with: {whom: name}, take: {taken: word}}}", "with: {whom: name}}}", "changed", ""),
        (
            "staff: true, outcome",
            "outcome",
            "changed",
            "It is now offered to clients too; it was offered to staff alone.",
        ),
        ("label: Has paid, to: over", "label: Has paid, to: more", "way", "It now goes to 'more'; it went to 'over'."),
        (
            "label: Done, kind: success",
            "label: Done, kind: partial",
            "changed",
            "The kind is now partial; it was success.",
        ),
        (
            "label: Done, kind: success",
            "label: Done, kind: success, summary: It is done.",
            "wording",
            "The sentence for clients is new: “It is done.”.",
        ),
        ("kind: letter", "kind: summary", "changed", "The kind is now summary; it was letter."),
        ("longest_path: 15", "longest_path: 14", "changed", ""),
        ("because: So it is, anytime: true", "because: So it is", "changed", ""),
        ("    ends: lost\n", "", "changed", "It has other 'ends'."),
        (
            "{talk: Talk, close: Close}",
            "{close: Close, talk: Talk}",
            "order",
            "The stages stand in another order: close, talk.",
        ),
        (
            "{talk: Talk, close: Close}",
            "{talk: Talk, close: End}",
            "wording",
            "The label is now “End”; it was “Close”.",
        ),
        ("tags: [one, two]", "tags: [one]", "changed", "The list of tags is now one; it was one, two."),
    ],
)
def test_parts_of_steps_and_of_the_guide(old: str, new: str, kind: str, sentence: str) -> None:
    (found,) = told((old, new))
    assert found[0] == kind
    assert found[1] == sentence or not sentence


def test_what_is_told_of_an_option_set_is_told_once() -> None:
    before, after = version(WHOLE), version(WHOLE.replace("label: Refuses, hint: Politely", "label: Says no"))
    assert before
    assert after
    found = compare(before, after)
    assert {difference.about[:2] for difference in found} == {("option set", "replies")}
    assert [difference.sentence for difference in found] == [
        "The answer “Refuses” is now called “Says no”.",
        "The answer “Says no”: the hint is gone; it was “Politely”.",
    ]


def test_an_answer_that_joins_and_one_that_leaves_a_set() -> None:
    both = version(WHOLE.replace("  spare:\n", "    - {id: asks, label: Asks, to: over}\n  spare:\n"))
    before = version(WHOLE)
    assert before
    assert both
    told = [(each.about.part, each.sentence) for each in (*compare(before, both), *compare(both, before))]
    assert told == [
        ("option set", "The answer “Asks” ('asks') is new; it goes to 'over'."),
        ("option set", "The answer “Asks” is gone; it went to 'over'."),
    ]


def test_steps_that_stop_using_a_set_are_told_themselves() -> None:
    assert told(("    options: {use: replies}", "    options: [{id: agrees, label: Agrees, to: over}]")) == [
        ("way", "The answer “Agrees” now goes to 'over'; it went to 'more'."),
        ("removed", "The answer “Refuses” is gone; it went to 'over'."),
    ]


def test_checks_and_documents_that_are_new_and_gone() -> None:
    assert told(("{id: heard, label: Heard}", "{id: read, label: Read}"), ("[letter, mail]", "[mail]")) == [
        ("added", "The check “Read” ('read') is new; a tick is optional."),
        ("removed", "The check “Heard” ('heard') is gone."),
        ("removed", "This step no longer offers the document “A letter”."),
    ]
    assert told(
        ("documents: [letter, mail]", "documents: [letter]"), ("stage: talk", "documents: [mail]\n    stage: talk")
    ) == [
        ("added", "This step now offers the document “A mail”."),
        ("removed", "This step no longer offers the document “A mail”."),
    ]


def test_fields_and_images_that_a_step_has_and_has_not() -> None:
    changes = ("ask: [rate, day, mark]", "ask: [rate, day]"), ("note: Smile.", "images: [{file: new.png, alt: New}]")
    assert told(
        *changes, ("{file: two.png, alt: Two}", "{file: also.png, alt: Too}"), ("ask: [code,", "ask: [code, mark,")
    ) == [
        ("wording", "The note is gone; it was “Smile.”."),
        ("added", "The image 'new.png' is new: “New”."),
        ("added", "This step now asks for “Mark”."),
        ("added", "The image 'also.png' is new: “Too”."),
        ("removed", "The image 'two.png' is gone."),
        ("removed", "This step no longer asks for “Mark”."),
    ]


def test_another_picture_under_the_same_name() -> None:
    def shown(digest: str) -> dict[str, Picture]:
        return {name: Picture(digest, "png", 9, 9) for name in ("one.png", "two.png")}

    texts = {"whole.yaml": WHOLE, "other.yaml": OTHER}
    old, new = (compile_guides(texts, images=shown(digest)).guides["whole"] for digest in ("a", "b"))
    assert [difference.sentence for difference in compare(old, new)] == [
        "The image 'one.png': it is another picture.",
        "The image 'two.png': it is another picture.",
    ]


def test_records_that_are_new_gone_and_in_another_order() -> None:
    promise, agreement = (
        f"{line}\n" for line in WHOLE.splitlines() if line.startswith(("      - promise", "      - agr"))
    )
    assert told((promise, "")) == [("removed", "The record 'promise' is gone: “Pay [sum]”.")]
    assert told((agreement, agreement + "      - recognition: {what: Well done}\n")) == [
        ("added", "The record 'recognition' is new: “Well done”.")
    ]
    assert told((promise + agreement, agreement + promise)) == [("order", "The records stand in another order.")]


def test_answers_at_any_time_that_are_new_gone_and_of_another_kind() -> None:
    paid = "  - {id: has-paid, label: Has paid, to: over}\n"
    assert told((paid, paid.replace("has-paid", "pays"))) == [
        ("added", "This answer is new."),
        ("removed", "This answer is gone."),
    ]
    assert told((paid, paid.replace("to: over", "outcome: done"))) == [
        ("way", "Its exit is now the outcome 'done' (“Done”); it was the step 'over'.")
    ]


def test_outcomes_documents_rules_and_walkthroughs_come_and_go() -> None:
    found = told(
        (
            "  lost: {label: Lost, kind: failure}\n",
            "  lost: {label: Lost, kind: failure}\n  more: {label: M, kind: partial}\n",
        ),
        ("documents:\n  letter:", "documents:\n  spare: {kind: letter, title: S, body: B}\n  letter:"),
        ("  - {id: short, longest_path: 15}\n", ""),
    )
    assert [sentence for _, sentence in found] == [
        "This outcome is new.",
        "This document is new.",
        "This rule is gone.",
    ]


TEXTS = {"title": "Hello", "steps/a/say": "Hi"}


def test_what_is_only_worded_otherwise_in_a_translation() -> None:
    text = (
        "guide: g\ntitle: Hello\noutcomes: {done: {label: Done, kind: success}}\nsteps: {a: {say: Hi, outcome: done}}\n"
    )

    def translated(*entries: tuple[str, str], language: str = "de") -> dict[str, str]:
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n'
        lines = "".join(f'\nmsgctxt "{at}"\nmsgid "{TEXTS[at]}"\nmsgstr "{new}"\n' for at, new in entries)
        return {f"locale/{language}/g.po": head + lines}

    plain, one, other, french = (
        compile_guides({"g.yaml": text}, catalogs=catalogs).guides["g"]
        for catalogs in (
            {},
            translated(("title", "Hallo"), ("steps/a/say", "Tach")),
            translated(("title", "Hallo"), ("steps/a/say", "Guten Tag")),
            translated(("title", "Salut"), language="fr"),
        )
    )
    assert [difference.sentence for difference in compare(one, other)] == [
        "Step a: The text to say is now “Guten Tag”; it was “Tach”."
    ]
    assert [difference.sentence for difference in compare(plain, one)] == ["This translation is new."]
    assert [difference.sentence for difference in compare(one, french)] == [
        "This translation is new.",
        "This translation is gone.",
    ]


MANY = (
    "the text: “We agreed” is now “You agreed”; “I see that” is now “I saw that”; "
    "“go wrong? Which” is now “go amiss? Which”"
)


def test_what_a_translation_leaves_in_the_guides_own_words_is_told_once() -> None:
    text = (
        "guide: g\ntitle: Hello\noutcomes: {done: {label: Done, kind: success}}\nsteps: {a: {say: Hi, outcome: done}}\n"
    )
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n'
    catalogs = {"locale/de/g.po": f'{head}\nmsgctxt "title"\nmsgid "Hello"\nmsgstr "Hallo"\n'}
    old, new = (
        compile_guides({"g.yaml": each}, catalogs=catalogs).guides["g"] for each in (text, text.replace("Hi", "Ho"))
    )
    assert [difference.about.part for difference in compare(old, new)] == ["step"]


LONG = "We agreed on a date, and I see that it has passed. Did something go wrong? Which date will hold this time?"


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (LONG.replace("a date", "two dates"), "the text: “on a date, and” is now “on two dates, and”"),
        (LONG.replace("something", "anything"), "the text: “Did something go” is now “Did anything go”"),
        (LONG.replace("Did something go wrong? ", ""), "the text: “Did something go wrong?” is gone"),
        (LONG.replace("Which date", "Please tell me: which date"), ""),
        (f"Hello. {LONG}", "the text: “Hello.” is new at the start"),
        (f"{LONG} Thank you.", "the text: “Thank you.” is new after “this time?”"),
        (
            LONG.replace("We", "You")
            .replace("see", "saw")
            .replace("wrong", "amiss")
            .replace("hold", "do")
            .replace("time", "day"),
            f"{MANY}; and 2 more places changed",
        ),
        (
            LONG.replace("We", "You").replace("see", "saw").replace("wrong", "amiss").replace("time", "day"),
            f"{MANY}; and 1 more place changed",
        ),
        (LONG.replace(" ", "\n"), "only spaces or line breaks of the text changed"),
    ],
)
def test_long_texts_are_told_place_by_place(now: str, sentence: str) -> None:
    assert reworded("the text", LONG, now) == sentence or not sentence


def test_a_text_written_anew_is_shown_in_short() -> None:
    told = reworded(
        "the text",
        LONG,
        "Something else entirely, which has nothing to do with what stood here before at all, so long it is",
    )
    assert told.startswith("the text is now “Something else entirely, which has")
    assert told.endswith(
        "…”; it was “We agreed on a date, and I see that it has passed. Did something go wrong? Which date wil…”"
    )
