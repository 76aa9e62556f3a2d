"""Guides that those under test call."""

APOLOGY = """\
guide: apology
title: Apology
outcomes:
  accepted: {label: Accepted, kind: success}
  refused: {label: Refused, kind: failure}
fields:
  client_name: {type: text, label: Client's name, given: true}
  invoice: {type: text, label: Invoice number, given: true, required: false}
  credit: {type: money, currency: EUR, label: Credit}
  words: {type: text, label: Their words, required: false}
steps:
  sorry:
    say: I am sorry, {{ client_name }}.
    ask: [credit, words]
    question: Is that all right?
    options:
      - {id: "yes", label: It is, to: good}
      - {id: "no", label: It is not, to: bad}
  good: {say: Thank you., outcome: accepted}
  bad: {say: I understand., outcome: refused}
"""


def chain(length: int) -> list[str]:
    """So many guides, g1, g2, …, each of which but the last calls the next."""
    return [_link(number, last=number == length) for number in range(1, length + 1)]


def _link(number: int, *, last: bool) -> str:
    call = "" if last else f"  on: {{call: {{guide: g{number + 1}, otherwise: bye}}}}\n"
    return (
        f"guide: g{number}\ntitle: G\noutcomes: {{done: {{label: Done, kind: success}}}}\n"
        f"steps:\n{call}  bye: {{say: Goodbye., outcome: done}}\n"
    )
