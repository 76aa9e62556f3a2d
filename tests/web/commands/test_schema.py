"""`handrail schema`."""

import json
from pathlib import Path

from click.testing import CliRunner

from web.cli import main


def test_the_schema_is_printed_as_it_is_kept() -> None:
    done = CliRunner().invoke(main, ["schema"])
    assert done.exit_code == 0
    assert done.stdout == Path("schemas/guide.schema.json").read_text(encoding="utf-8")
    assert "$schema" in json.loads(done.stdout)
