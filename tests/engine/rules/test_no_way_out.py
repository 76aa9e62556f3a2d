import pytest

from tests.engine.guides import check_text, told


def test_from_every_step_an_outcome_can_be_reached(guide: str) -> None:
    """
    guide: round
    title: Round
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Finished?
        options:
          - {id: finished, label: Finished, to: bye}
          - {id: more, label: Not yet, to: wait}
      wait: {say: One moment., next: again}
      again: {say: Still here., next: wait}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("no-way-out", 10, 3)]
    assert told(guide)[0].startswith("no outcome can be reached from 'wait', nor from 'again'; ")
    assert check_text(guide.replace("next: wait", "next: bye")) == []


def test_steps_without_a_way_out_that_do_not_hang_together_are_told_apart(guide: str) -> None:
    """
    guide: round
    title: Round
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Finished?
        options:
          - {id: finished, label: Finished, to: bye}
          - {id: more, label: Not yet, to: wait}
          - {id: other, label: Other, to: hold}
      wait: {say: One moment., next: wait}
      hold: {say: Two moments., next: hold}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("no-way-out", 11, 3), ("no-way-out", 12, 3)]


def test_a_step_that_leads_to_one_without_a_way_out_hangs_together_with_it(guide: str) -> None:
    """
    guide: round
    title: Round
    outcomes: {done: {label: Done, kind: success}}
    steps:
      ask:
        question: Finished?
        options:
          - {id: finished, label: Finished, to: bye}
          - {id: more, label: Not yet, to: hold}
          - {id: other, label: Other, to: wait}
      wait: {say: One moment., next: wait}
      hold: {say: Two moments., next: wait}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("no-way-out", 11, 3)]
    assert told(guide)[0].startswith("no outcome can be reached from 'wait', nor from 'hold'; ")


@pytest.mark.parametrize(
    ("count", "others"),
    [
        (1, ""),
        (2, ", nor from 's1'"),
        (5, ", nor from 's1', 's2', 's3' and 's4'"),
        (6, ", nor from 's1', 's2', 's3', 's4' and 1 more"),
        (9, ", nor from 's1', 's2', 's3', 's4' and 4 more"),
    ],
)
def test_of_many_steps_without_a_way_out_the_first_are_named(count: int, others: str) -> None:
    lost = "".join(f"  s{n}: {{say: Hm., next: s{(n + 1) % count}}}\n" for n in range(count))
    head = "guide: round\ntitle: Round\noutcomes: {done: {label: Done, kind: success}}\nsteps:\n"
    ask = "  ask: {question: Well, options: [{id: a, label: A, to: s0}, {id: b, label: B, to: bye}]}\n"
    message = told(f"{head}{ask}{lost}  bye: {{outcome: done}}\n")
    assert message[0].startswith(f"no outcome can be reached from 's0'{others}; ")
