"""Translations beside guides on disk."""

from pathlib import Path

import yaml
from click.testing import CliRunner

from tests.web.commands.small import SMALL, written
from web.cli import main

GERMAN = """\
msgctxt "steps/greet/say"
msgid "Hello {{ name }}, see [our page](https://example.org/a_b)."
msgstr "Hallo %s!"
"""


def translated(folder: Path, name: str) -> str:
    """The small guide with a translation that fills in `name`."""
    (guide,) = written(folder, SMALL)
    catalog = folder / "locale" / "de" / "small.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(GERMAN % f"{{{{ {name} }}}}")
    return guide


def test_a_walk_is_heard_in_the_language_of_its_answers(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"given": {"name": "Ann"}, "locale": "de-AT", "answers": []}')
    done = CliRunner().invoke(main, ["walk", translated(tmp_path, "name"), "--answers", str(answers)])
    assert yaml.safe_load(done.stdout)["screen"]["say"] == "Hallo Ann!"


def test_check_tells_what_is_wrong_with_a_translation(tmp_path: Path) -> None:
    guide = translated(tmp_path, "nobody")
    done = CliRunner().invoke(main, ["check", guide])
    assert done.stdout.startswith(f"{tmp_path / 'locale' / 'de' / 'small.po'}:3:1: error: 'nobody' is not a field")
    assert (done.exit_code, done.stderr) == (1, "1 guide, 1 error\n")


def test_a_bad_translation_keeps_nobody_from_the_guide(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["graph", translated(tmp_path, "nobody")]).exit_code == 0
