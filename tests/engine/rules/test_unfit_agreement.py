"""What a field reads of an agreement is what some guide writes into it."""

from tests.engine.guides import check_text, told

WRITES = """\
guide: writes
title: Writes
outcomes: {done: {label: Done, kind: success}}
fields:
  limit: {type: money, currency: EUR, label: Limit, given: true}
  rate: {type: percent, label: Rate, given: true}
anytime:
  - id: out
    label: Hangs up
    records: [{agreement: {id: terms, title: Terms, values: [rate], state: draft}}]
    outcome: done
steps:
  bye:
    say: Goodbye.
    records: [{agreement: {id: terms, title: Terms, values: [limit], state: agreed}}]
    outcome: done
"""


def reads(type: str, field: str, id: str = "terms") -> str:
    """A guide that reads one field of an agreement."""
    return (
        "guide: reads\ntitle: Reads\noutcomes: {done: {label: Done, kind: success}}\nfields:\n"
        f"  x: {{type: {type}, fact: agreement, id: {id}, field: {field}}}\n"
        'steps:\n  bye: {say: "{{ coalesce(x, 0) }}", outcome: done}\n'
    )


def test_what_is_agreed_fits_where_it_is_read() -> None:
    assert told(reads("integer", "limit"), WRITES) == [
        "'limit' is money where 'writes' writes it, which does not fit 'x'; 'x' is integer: give both the same type"
    ]
    assert check_text(reads("money, currency: EUR", "limit"), WRITES) == []
    assert check_text(reads("percent", "rate"), WRITES) == []


def test_what_is_read_is_agreed() -> None:
    assert told(reads("integer", "days"), WRITES) == [
        "the agreement 'terms' is written without 'days'; it has 'limit' and 'rate'"
    ]
    assert told(reads("integer", "limitt"), WRITES)[0].endswith("did you mean 'limit'?")


def test_an_agreement_that_nobody_writes_here_may_be_written_elsewhere() -> None:
    assert check_text(reads("integer", "limit", "other"), WRITES) == []
    assert check_text(reads("integer", "limit")) == []
