from tests.engine.guides import check_text, told


def test_steps_that_nobody_sees_lead_on(guide: str) -> None:
    """
    guide: dizzy
    title: Dizzy
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: again}
          - {to: bye}
      again: {next: sort}
      bye: {say: Goodbye., outcome: done}
    """
    assert check_text(guide) == [("automatic-loop", 6, 3)]
    assert told(guide)[0].startswith("'sort' and 'again' lead in a circle without anybody being asked; ")
    assert check_text(guide.replace("again: {next", "again: {say: Once more., next")) == []


def test_a_step_can_be_a_circle_of_its_own(guide: str) -> None:
    """
    guide: dizzy
    title: Dizzy
    outcomes: {done: {label: Done, kind: success}}
    fields: {days: {type: integer, label: Days late, given: true}}
    steps:
      sort:
        branch:
          - {when: days > 30, to: sort}
          - {to: bye}
      bye: {say: Goodbye., outcome: done}
    """
    assert told(guide)[0].startswith("'sort' leads in a circle")
