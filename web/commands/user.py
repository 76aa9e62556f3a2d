"""`handrail user`: people, their roles and sign-in links."""

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from web.commands import store
from web.config import Config
from web.storage.people import Person
from web.use_cases.house import House, open_house
from web.use_cases.permissions import Role

ROLE = click.Choice([str(role) for role in Role])
DISPLAY_NAME = click.option("--display-name", help="What people call them, and clients hear; else their NAME.")


@click.group("user")
def command() -> None:
    """Add people, list them, give them roles and sign-in links."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=ROLE, required=True, help="What the person is here for.")
@click.option("--team", help="The team whose manager may look back at their sessions.")
@DISPLAY_NAME
@store.options
def add(name: str, role: str, team: str | None, display_name: str | None, **flags: Any) -> None:
    """Add a person; they come in with a sign-in link and then set a password."""
    with _opened(store.settings(flags)) as house:
        person = house.people.add(name, role, team, display_name)
    let_in = store.again(f"user link {shlex.quote(person.name)}", flags)
    click.echo(f"Added {_told(person)}. Let them in: {let_in}", err=True)


@command.command("list")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@store.options
def list_people(style: str, **flags: Any) -> None:
    """List everybody, by name."""
    with _house(flags) as house:
        people = house.people.everyone()
    if style == "json":
        click.echo(json.dumps([_plain(person) for person in people], ensure_ascii=False))
        return
    width = max((len(_known_as(person)) for person in people), default=0)
    for person in people:
        click.echo(f"{_known_as(person):<{width}}  {person.role:<13}  {person.team or '-'}{_standing(person)}")


@command.command("role")
@click.argument("name")
@click.argument("role", type=ROLE, required=False)
@click.option("--role", "new_role", type=ROLE, help="What the person is here for from now on.")
@click.option("--team", help="The team whose manager may look back at their sessions; '' takes them out of theirs.")
@store.options
def role(name: str, role: str | None, new_role: str | None, team: str | None, **flags: Any) -> None:
    """Give a person another role or team."""
    role = new_role or role
    if role is None and team is None:
        raise click.UsageError("Say what changes: --role ROLE, --team TEAM, or both.")
    with _house(flags) as house:
        people = house.people
        told = [people.change_role(name, role)] if role else []
        told += [people.change_team(name, team)] if team is not None else []
    click.echo(f"{_told(told[-1])}.", err=True)


@command.command("rename")
@click.argument("name")
@DISPLAY_NAME
@store.options
def rename(name: str, display_name: str | None, **flags: Any) -> None:
    """Say what a person is called; they go on signing in by NAME."""
    if display_name is None:
        raise click.UsageError("Say what they are called: --display-name 'Kim Lee'; '' goes back to NAME.")
    with _house(flags) as house:
        click.echo(f"{_told(house.people.rename(name, display_name))}.", err=True)


@command.command("disable")
@click.argument("name")
@store.options
def disable(name: str, **flags: Any) -> None:
    """Keep a person out from now on; what they did stays in the log."""
    with _house(flags) as house:
        click.echo(f"Disabled {_told(house.people.disable(name))}.", err=True)


@command.command("enable")
@click.argument("name")
@store.options
def enable(name: str, **flags: Any) -> None:
    """Let a disabled person in again."""
    with _house(flags) as house:
        click.echo(f"Enabled {_told(house.people.enable(name))}.", err=True)


@command.command("link")
@click.argument("name")
@click.option("--url", help="The address people reach Handrail by, where it is not the configured one.")
@store.options
def link(name: str, **flags: Any) -> None:
    """Print one sign-in link for a person; their older links stop working."""
    with _house(flags) as house:
        token = house.people.make_link(name)
        click.echo("It works once, within 24 hours:", err=True)
        click.echo(f"{house.config.address}/sign-in/link/{token}")


@contextmanager
def _house(flags: dict[str, Any]) -> Iterator[House]:
    """A store that is there already: whoever is looked for in a new one cannot be found."""
    config = store.settings(flags)
    store.expect(config, flags)
    with _opened(config) as house:
        yield house


@contextmanager
def _opened(config: Config) -> Iterator[House]:
    house = open_house(config)
    try:
        yield house
    finally:
        house.close()


def _told(person: Person) -> str:
    team = f"team {person.team}" if person.team else None
    return f"{person.name} ({', '.join(filter(None, (person.display_name, person.role, team)))})"


def _known_as(person: Person) -> str:
    return f"{person.name} ({person.display_name})" if person.display_name else person.name


def _standing(person: Person) -> str:
    return "  disabled" if person.disabled else "" if person.has_password else "  no password yet"


def _plain(person: Person) -> dict[str, Any]:
    own = {"name": person.name, "display_name": person.display_name, "role": person.role, "team": person.team}
    return own | {"disabled": person.disabled, "has_password": person.has_password}
