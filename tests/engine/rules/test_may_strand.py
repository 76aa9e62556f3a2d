from tests.engine.guides import check_text


def test_one_option_is_always_offered(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      ask:
        question: What does the client say?
        options:
          - {id: pays, label: Pays, when: days > 30, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("may-strand", 8, 5)]
    assert check_text(guide.replace("when: days > 30, ", "")) == []


def test_conditions_that_leave_nothing_over_strand_nobody(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: boolean, label: Late}}
    steps:
      first: {ask: [late], next: ask}
      ask:
        question: What does the client say?
        options:
          - {id: late, label: Is late, when: late, to: bye}
          - {id: soon, label: Is soon, when: not late, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == []


def test_an_answer_given_in_the_step_itself_comes_too_late(guide: str) -> None:
    """
    guide: strand
    title: Strand
    outcomes: {done: {label: Done, kind: success}}
    fields: {late: {type: boolean, label: Late, given: true, required: false}}
    steps:
      ask:
        question: What does the client say?
        ask: [{field: late, required: true}]
        options:
          - {id: late, label: Is late, when: late, to: bye}
          - {id: soon, label: Is soon, when: not late, to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("may-strand", 9, 5)]
