"""Guides of any size to measure with: blocks of a question, a form, a branch nobody sees and a step to read."""

from collections.abc import Iterator

BLOCK = 4
"""Steps in a block; walking a block takes `ANSWERS` answers."""
ANSWERS = 3
MOST_FIELDS = 900
"""A guide has at most 1,000 fields; the blocks after these have none of their own."""

_HEAD = """\
guide: generated
title: A generated guide
language: en
start: ask-0
stages: {talk: Talk, close: Close}
fields:
  name: {type: text, label: Name, given: true}
"""
_FIELD = "  amount_%d: {type: integer, label: Amount %d, min: 0, max: 1000}\n"
_BLOCK = """\
  ask-%(here)d:
    stage: talk
    title: Question %(here)d
    say: |
      Thank you, {{ name }}. This is question **%(here)d**; please take your time.
    points: [Ask and then wait]
    question: What does the client say?
    options:
      - {id: agrees, label: Agrees, to: fill-%(here)d}
      - {id: objects, label: Objects, to: fill-%(here)d}
      - {id: unsure, label: Is not sure, to: branch-%(here)d}
  fill-%(here)d:
    stage: talk
    say: |
      How much is it, {{ name }}?
%(ask)s    next: branch-%(here)d
  branch-%(here)d:
    stage: talk
    branch:
      - {when: %(when)s, to: read-%(here)d}
      - {to: %(there)s}
  read-%(here)d:
    stage: talk
    say: |
      That is more than ten, {{ name }}.
    next: %(there)s
"""
_TAIL = """\
  done:
    stage: close
    outcome: done
outcomes:
  done: {label: Done, kind: success}
"""


def text(steps: int) -> str:
    """A guide of about so many steps, as YAML."""
    return "".join(_parts(max(1, steps // BLOCK)))


def _parts(blocks: int) -> Iterator[str]:
    yield _HEAD
    yield from (_FIELD % (number, number) for number in range(min(blocks, MOST_FIELDS)))
    yield "steps:\n"
    for number in range(blocks):
        there = f"ask-{number + 1}" if number + 1 < blocks else "done"
        asks = number < MOST_FIELDS
        yield _BLOCK % {
            "here": number,
            "there": there,
            "ask": f"    ask: [amount_{number}]\n" if asks else "",
            "when": f"amount_{number} >= 10" if asks else f"visits('fill-{number}') > 0",
        }
    yield _TAIL
