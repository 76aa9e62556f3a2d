"""What a person sees."""

from collections.abc import Callable

from tests.engine.walks import Walk

Start = Callable[..., Walk]


def test_a_screen_has_the_members_that_the_outside_relies_on(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {outcome: done}
    """
    promised = "before step title stage say points never note question checks asks options anytime documents missing"
    assert {*promised.split(), "progress", "outcome", "images"} <= set(walk().screen.to_dict())


def test_a_screen_shows_all_content_filled_in(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Name, given: true}
    steps:
      greet:
        title: Greet {{ name }}
        say: Hello {{ name }}
        points: ["Smile at {{ name }}"]
        never: ["Yawn at {{ name }}"]
        note: "{{ name }} likes tea"
        question: What does {{ name }} say?
        options: [{id: ok, label: Fine, hint: "{{ name }} is fine", to: end}]
      end: {outcome: done}
    """
    content, option = walk(name="Ann").screen.content, walk(name="Ann").screen.options[0]
    assert (content.title, content.say.strip(), content.note) == ("Greet Ann", "Hello Ann", "Ann likes tea")
    assert (content.points, content.never) == (("Smile at Ann",), ("Yawn at Ann",))
    assert (content.question, option.hint) == ("What does Ann say?", "Ann is fine")


def test_a_missing_value_is_a_gap_and_is_listed(walk: Start) -> None:
    """
    fields:
      name: {type: text, label: Client's name, given: true, required: false}
    steps:
      greet: {say: "Hello {{ name }}", next: end}
      end: {outcome: done}
    """
    screen = walk().screen
    assert screen.content.say == "Hello [client's name]"
    assert screen.missing == ("name",)


def test_a_step_is_known_by_its_title_else_its_question_else_its_id(walk: Start) -> None:
    """
    steps:
      first-of-all: {say: Hello, next: second}
      second: {question: "What now?", options: [{id: on, label: On, to: end}]}
      end: {title: The end, say: Bye, outcome: done}
    """
    walked = walk()
    titles = [
        walked.screen.content.title,
        walked.answer().screen.content.title,
        walked.answer("on").screen.content.title,
    ]
    assert titles == ["First of all", "What now?", "The end"]


def test_stage_and_progress(walk: Start) -> None:
    """
    stages: {one: Prepare, two: Talk}
    steps:
      read: {say: Hello, stage: two, next: free}
      free: {say: Hello, next: end}
      end: {outcome: done}
    """
    screen = walk().screen
    assert (screen.stage, screen.progress) == ("Talk", {"stage": 2, "of": 2})
    assert (walk().answer().screen.stage, walk().answer().screen.progress) == (None, None)


def test_asks_show_their_limits_and_their_default(walk: Start) -> None:
    """
    fields:
      low: {type: integer, label: Low, given: true}
      sum: {type: integer, label: Sum, min: low, max: low + 10, default: 7, unit: days, help: Count them}
      plan: {type: choice, label: Plan, options: [{id: a, label: A, hint: First}], required: false}
    steps:
      ask: {ask: [sum, {field: plan, when: low > 100}], next: end}
      end: {outcome: done}
    """
    ask, *others = walk(low=5).screen.asks
    assert (ask.min, ask.max, ask.value, ask.typed) == (5, 15, 7, None)
    assert (ask.label, ask.unit, ask.help, ask.required) == ("Sum", "days", "Count them", True)
    assert others == []


def test_choices_are_shown_with_their_hints(walk: Start) -> None:
    """
    fields:
      plan: {type: choice, label: Plan, options: [{id: a, label: A, hint: First}, {id: b, label: B}]}
    steps:
      ask: {ask: [{field: plan, required: false}], next: end}
      end: {outcome: done}
    """
    (ask,) = walk().screen.asks
    assert list(ask.options) == [{"id": "a", "label": "A", "hint": "First"}, {"id": "b", "label": "B", "hint": ""}]
    assert not ask.required


def test_an_earlier_answer_is_shown_filled_in(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum, required: false}
    steps:
      ask:
        checks: [{id: seen, label: Seen, source: accounts}]
        ask: [sum]
        question: Well
        options: [{id: go, label: Go, to: end}, {id: stay, label: Stay, to: ask}]
      end: {outcome: done}
    """
    screen = walk().answer("go", "seen", sum=4).back().screen
    assert [check.ticked for check in screen.checks] == [True]
    assert [ask.value for ask in screen.asks] == [4]
    assert [option.chosen for option in screen.options] == [True, False]


def test_a_field_asked_again_shows_what_is_known(walk: Start) -> None:
    """
    fields:
      sum: {type: integer, label: Sum}
    steps:
      ask: {ask: [sum], question: Well, options: [{id: more, label: More, to: ask}, {id: go, label: Go, to: end}]}
      end: {outcome: done}
    """
    assert walk().answer("more", sum=4).screen.asks[0].value == 4


def test_the_closing_words_of_a_called_guide_come_before_the_next_screen(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: other, otherwise: after}}
      after: {say: After, next: last}
      last: {say: Last, outcome: done}
    ---
    guide: other
    steps:
      read: {say: Theirs, next: thanks}
      thanks: {say: Thanks to you, outcome: done}
    """
    walked = walk().answer()
    assert [closed.say.strip() for closed in walked.screen.before] == ["Thanks to you"]
    assert walked.answer().screen.before == ()


def test_several_guides_that_ended_before_a_step_are_heard_in_their_order(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: middle, otherwise: after}}
      after: {say: After, next: last}
      last: {outcome: done}
    ---
    guide: middle
    steps:
      over: {call: {guide: inner, otherwise: end}}
      end: {say: Second, outcome: done}
    ---
    guide: inner
    steps:
      read: {say: Theirs, next: end}
      end: {say: First, outcome: done}
    """
    assert [closed.say.strip() for closed in walk().answer().screen.before] == ["First", "Second"]


def test_an_outcome_is_shown_with_its_label(walk: Start) -> None:
    """
    steps:
      read: {say: Read this, next: end}
      end: {say: Bye, outcome: done}
    """
    walked = walk()
    assert walked.screen.outcome is None
    assert walked.answer().screen.outcome == {"id": "done", "label": "Done", "kind": "success"}


def test_images_are_those_of_closed_guides_and_then_the_steps_own(walk: Start) -> None:
    """
    steps:
      over: {call: {guide: other, otherwise: read}}
      read: {images: [{file: own.png, alt: Our own}], next: end}
      end: {outcome: done}
    ---
    guide: other
    steps:
      hello: {say: Hello, next: bye}
      bye: {images: [{file: theirs.png, alt: Theirs}], outcome: done}
    """
    walked = walk()
    assert walked.screen.images == ()
    files = [(image.file, image.alt, image.digest) for image in walked.answer().screen.images]
    assert files == [("theirs.png", "Theirs", ""), ("own.png", "Our own", "")]
