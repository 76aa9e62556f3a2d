"""`handrail user`: people, their roles and sign-in links."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from web.commands import store
from web.storage.people import Person
from web.use_cases.house import House, open_house
from web.use_cases.permissions import Role

ROLE = click.Choice([str(role) for role in Role])


@click.group("user")
def command() -> None:
    """Add people, list them, give them roles and sign-in links."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=ROLE, required=True, help="What the person is here for.")
@click.option("--team", help="The team whose manager may look back at their sessions.")
@store.options
def add(name: str, role: str, team: str | None, **flags: Any) -> None:
    """Add a person; they come in with a sign-in link and then set a password."""
    with _house(flags) as house:
        person = house.people.add(name, role, team)
    click.echo(f"Added {_told(person)}. Let them in: handrail user link {_quoted(person.name)}", err=True)


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
    width = max((len(person.name) for person in people), default=0)
    for person in people:
        click.echo(f"{person.name:<{width}}  {person.role:<13}  {person.team or '-'}{_standing(person)}")


@command.command("role")
@click.argument("name")
@click.argument("role", type=ROLE)
@store.options
def role(name: str, role: str, **flags: Any) -> None:
    """Give a person another role."""
    with _house(flags) as house:
        click.echo(f"{_told(house.people.change_role(name, role))}.", err=True)


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
    house = open_house(store.settings(flags))
    try:
        yield house
    finally:
        house.close()


def _told(person: Person) -> str:
    team = f", team {person.team}" if person.team else ""
    return f"{person.name} ({person.role}{team})"


def _standing(person: Person) -> str:
    return "  disabled" if person.disabled else "" if person.has_password else "  no password yet"


def _plain(person: Person) -> dict[str, Any]:
    own = {"name": person.name, "role": person.role, "team": person.team}
    return own | {"disabled": person.disabled, "has_password": person.has_password}


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name
