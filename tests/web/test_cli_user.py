import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import PostgresUrl
from web.cli import COMMANDS, main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, sqlite_store: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs a `handrail user` command on a store of its own."""
    monkeypatch.setenv("HANDRAIL_DATA", str(tmp_path))
    shutil.copy(sqlite_store, tmp_path)
    return lambda *words: CliRunner().invoke(main, ["user", *words])


def _people(run: Run) -> list[tuple[str, str, str | None, bool]]:
    told = json.loads(run("list", "--format", "json").stdout)
    return [(each["name"], each["role"], each["team"], each["disabled"]) for each in told]


def test_people_are_added_and_listed(run: Run) -> None:
    assert run("add", "Ann Lee", "--role", "agent", "--team", "north").exit_code == 0
    assert run("add", "Bob", "--role", "manager").stderr == "Added Bob (manager). Let them in: handrail user link Bob\n"
    assert _people(run) == [("Ann Lee", "agent", "north", False), ("Bob", "manager", None, False)]
    assert run("list").stdout.splitlines()[0] == "Ann Lee  agent          north  no password yet"


def test_an_empty_store_lists_nobody(run: Run) -> None:
    assert (run("list").stdout, run("list").exit_code) == ("", 0)


def test_roles_change_and_people_are_disabled_and_enabled(run: Run) -> None:
    run("add", "Ann", "--role", "agent")
    assert [run("role", "ann", "author").exit_code, run("disable", "ann").exit_code] == [0, 0]
    assert _people(run) == [("Ann", "author", None, True)]
    assert run("enable", "ann").stderr == "Enabled Ann (author).\n"
    assert _people(run) == [("Ann", "author", None, False)]


def test_a_team_is_given_and_taken_from_somebody_who_is_there(run: Run) -> None:
    run("add", "Ann", "--role", "agent")
    assert run("role", "Ann", "--team", "north").stderr == "Ann (agent, team north).\n"
    assert run("role", "Ann", "--role", "manager", "--team", "south").stderr == "Ann (manager, team south).\n"
    assert run("role", "Ann", "--team", "").stderr == "Ann (manager).\n"
    assert "--team TEAM" in run("role", "Ann").stderr


def test_people_are_called_as_they_say(run: Run) -> None:
    run("add", "kim", "--role", "agent", "--display-name", "Kim Lee")
    assert run("list").stdout.startswith("kim (Kim Lee)  agent")
    assert run("rename", "kim", "--display-name", " Kim  L. ").stderr == "kim (Kim L., agent).\n"
    assert json.loads(run("list", "--format", "json").stdout)[0]["display_name"] == "Kim L."
    assert run("rename", "kim", "--display-name", "").stderr == "kim (agent).\n"
    assert [run("rename", "kim").exit_code, run("rename", "kim", "--display-name", "x" * 81).exit_code] == [2, 2]


def test_the_hint_names_the_command_and_the_store_as_they_were(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/handrail"])
    told = run("add", "Ann Lee", "--role", "agent", "--data", str(tmp_path / "a store"))
    link = f".venv/bin/handrail user link 'Ann Lee' --data '{tmp_path}/a store'"
    assert told.stderr == f"Added Ann Lee (agent). Let them in: {link}\n"


@pytest.mark.parametrize(
    "words", [("list",), ("link", "Ann"), ("role", "Ann", "--team", "x"), ("disable", "Ann"), ("enable", "Ann")]
)
def test_where_no_store_is_none_is_made(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = run(*words, "--data", str(tmp_path / "other"))
    make = f"handrail serve --data {tmp_path}/other"
    assert (told.exit_code, told.stdout) == (3, "")
    assert told.stderr == f"handrail: There is no store in {tmp_path}/other; `{make}` makes one.\n"
    assert not (tmp_path / "other").exists()


def test_a_file_that_is_no_store_is_named_by_its_url(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.db"
    assert run("list", "--database", url).stderr.endswith(
        f"no store in {url}; `handrail serve --database {url}` makes one.\n"
    )


def test_a_link_stands_alone_on_stdout(run: Run) -> None:
    run("add", "Ann", "--role", "agent")
    assert run("link", "Ann").stdout.startswith("http://127.0.0.1:8000/sign-in/link/")
    elsewhere = run("link", "Ann", "--url", "https://handrail.example/").stdout
    assert elsewhere.startswith("https://handrail.example/sign-in/link/")
    assert elsewhere.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("add",),
        ("add", "Ann"),
        ("add", "Ann", "--role", "king"),
        ("add", "", "--role", "agent"),
        ("role", "Nobody", "agent"),
        ("disable", "Nobody"),
        ("link", "Nobody"),
        ("list", "--database", "mysql://host/db"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(run: Run, words: tuple[str, ...]) -> None:
    told = run(*words)
    assert told.exit_code == (3 if "--database" in words else 2)
    assert told.stderr
    assert (told.stdout, _people(run)) == ("", [])


def test_a_setting_that_cannot_be_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDRAIL_PORT", "eighty")
    told = run("list")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "port (from the environment)" in told.stderr


def test_a_store_that_cannot_be_reached_exits_with_3(run: Run) -> None:
    told = run("list", "--database", "postgresql://me:secret@127.0.0.1:1/handrail")
    assert (told.exit_code, told.stdout) == (3, "")
    assert "could not be reached" in told.stderr
    assert "secret" not in told.stderr


def test_people_may_live_in_postgresql(run: Run, postgres_url: PostgresUrl) -> None:
    with postgres_url() as url:
        assert run("add", "Ann", "--role", "agent", "--database", url).exit_code == 0
        assert run("list", "--database", url).stdout.startswith("Ann  agent")


def test_every_command_of_the_table_is_there_and_explains_itself() -> None:
    told = {name: CliRunner().invoke(main, [name, "--help"]) for name in COMMANDS}
    assert {name: each.exit_code for name, each in told.items()} == dict.fromkeys(COMMANDS, 0)
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_help_loads_no_command() -> None:
    heavy = ("sqlalchemy", "flask", "yaml", "babel", "networkx", "web.commands")
    code = f"""
import sys
from web.cli import main
main(["--help"], standalone_mode=False)
print([name for name in {heavy} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"
    assert all(name in told.stdout for name in COMMANDS)
