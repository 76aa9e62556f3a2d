"""`handrail new`: a first guide to edit."""

import re
from datetime import date
from pathlib import Path

import click

from engine.errors import HandrailError
from web.commands import files
from web.commands.arguments import today

_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")

TEXT = """\
# A first guide to edit. Ask what is wrong with it:  handrail check {path}
# Walk it:  handrail walk {path}      What a problem means:  handrail help CODE
# Its id is the name of this file, without .yaml.
guide: {id}
title: {title}
summary: Say in a sentence what this guide is for.
language: en
owner: your-team
review_by: {review_by}
stages: {{talk: Talk, close: Close}}
start: greet

# What a conversation can come to know.
fields:
  client_name: {{type: text, label: Client's name, given: true, personal: true}}
  call_back_on:
    type: date
    label: Day to call back
    help: Within two weeks.
    min: today + days(1)
    max: today + days(14)

# How it can end. Kinds: success, partial, failure, escalated, abandoned.
outcomes:
  helped: {{label: Helped, kind: success}}
  call-back: {{label: Call back agreed, kind: partial}}

steps:
  greet:
    stage: talk
    title: Greet the client
    note: |
      Background for you; it is never read out.
    say: |
      Hello {{{{ client_name }}}}, thank you for calling. How can I help?
    points:
      - Let them finish
    question: Is now a good moment for the client?
    options:
      - {{id: now, label: Now is fine, to: help}}
      - {{id: later, label: Another day, to: agree-day}}

  help:
    stage: talk
    title: Help
    say: |
      Let us take care of that now, together.
    next: helped

  agree-day:
    stage: talk
    title: Agree on a day
    say: |
      Of course. Which day suits you?
    ask: [call_back_on]
    next: call-back

  helped:
    stage: close
    say: |
      Is there anything else I can do for you?
    outcome: helped

  call-back:
    stage: close
    say: |
      Then we speak on {{{{ call_back_on | long_date }}}}. Thank you, {{{{ client_name }}}}.
    outcome: call-back

# Paths you expect: played by every check, so that a later change cannot break them unnoticed.
walkthroughs:
  - name: The client wants to be called another day
    today: 2026-03-02
    given: {{client_name: Ada Example}}
    answers:
      - greet: later
      - agree-day:
          values: {{call_back_on: 2026-03-06}}
    ends: call-back
    path: [greet, agree-day, call-back]
"""


class BadIdError(HandrailError):
    """An id that no guide can have."""

    def __init__(self, id: str) -> None:
        super().__init__(
            f"'{id}' cannot be a guide's id: write a small letter, then small letters, digits and '-', "
            "64 at most, like late-payment."
        )


class OtherNameError(HandrailError):
    """A file that is not called like the guide in it."""

    def __init__(self, path: Path, id: str) -> None:
        super().__init__(f"The guide '{id}' must stand in a file called {id}.yaml, not {path.name}.")


@click.command("new")
@click.argument("id", metavar="ID")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write: a folder, or a file called ID.yaml. Without it: guides/ID.yaml.",
)
def command(id: str, output: Path | None) -> None:
    """Write a first guide to edit: small, with a comment where one helps, and without a problem."""
    if not _ID.fullmatch(id):
        raise BadIdError(id)
    path = output or Path("guides")
    if path.suffix not in files.ENDINGS:
        path /= f"{id}.yaml"
    if path.stem != id:
        raise OtherNameError(path, id)
    files.create(path, first_guide(id, path, today()).encode())
    click.echo(str(path))
    click.echo(f"Edit it, then: handrail check {path}", err=True)


def first_guide(id: str, path: Path, now: date) -> str:
    """The text of a guide with this id, to be looked at again within a year."""
    review_by = now.replace(year=now.year + 1, day=min(now.day, 28))
    return TEXT.format(id=id, title=id.replace("-", " ").strip().capitalize(), path=path, review_by=review_by)
