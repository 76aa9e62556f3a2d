"""`handrail help`: a problem explained by its code."""

import click

from engine.errors import HandrailError
from engine.problems import suggestion
from engine.rules.catalogue import CODES, Code
from web import manual


class UnknownCodeError(HandrailError):
    """A code that no problem has."""

    def __init__(self, code: str) -> None:
        near = suggestion(code, CODES)
        super().__init__(f"There is no problem '{code}'{f'; {near}' if near else '.'} `handrail help` lists them all.")


@click.command("help")
@click.argument("code", required=False)
@click.pass_context
def command(context: click.Context, code: str | None) -> None:
    """Explain a problem: what is wrong, why it matters, a guide that has it, and the guide mended.

    Without a code: list every problem. With the name of a command: how to use it.
    """
    group = context.find_root().command
    asked = group.get_command(context, code) if code and isinstance(group, click.Group) else None
    if not code:
        click.echo(_listing(), nl=False)
    elif asked:
        click.echo(asked.get_help(click.Context(asked, info_name=code, parent=context.parent)))
    elif code in CODES:
        found = CODES[code]
        click.echo(f"{code} ({found.severity})\n\n{manual.heading(found)}\n\n{manual.page(code).strip()}")
    else:
        raise UnknownCodeError(code)


def _listing() -> str:
    width = max(map(len, CODES))
    lines = []
    for title, codes in manual.kinds():
        lines += ["", title] + [f"  {code.code:<{width}}  {_told(code)}" for code in codes]
    return "\n".join(lines[1:]) + "\n"


def _told(code: Code) -> str:
    return manual.heading(code).rstrip(".") + ("" if code.severity == "error" else f" ({code.severity})")
