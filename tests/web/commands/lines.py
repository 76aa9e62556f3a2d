"""A guide walked with lines from a pipe."""

from click.testing import CliRunner

from web.cli import main


def type_lines(file: str, *lines: str, options: tuple[str, ...] = ()) -> str:
    """All that is shown while these lines are typed, after which the input ends."""
    done = CliRunner().invoke(main, ["walk", file, *options], input="".join(f"{line}\n" for line in lines))
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout
