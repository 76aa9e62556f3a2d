"""Help for those who walk guides, and for those who write them."""

from functools import cache
from importlib.resources import files

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from engine.rules.catalogue import CODES
from web import handbook, manual
from web.rich_text import rich_line, rich_manual, rich_page
from web.security import Open, allow

blueprint = Blueprint("help", __name__)

CHAPTERS = ("walking", "keys", "going-back", "locked", "notes", "writing", "clients")


@blueprint.get("/help")
@allow(Open.PAGE)
def index() -> str:
    """Every chapter on one page."""
    chapters = {name: _chapter(name) for name in CHAPTERS}
    return render_template("help/index.html", chapters=chapters, titles={name: _title(name) for name in CHAPTERS})


@blueprint.get("/help/guides")
@allow(Open.PAGE)
def guides() -> str:
    """The guides that Handrail comes with: when to use which."""
    return render_template("help/guides.html", groups=handbook.GROUPS, pages=handbook.pages(), line=rich_line)


@blueprint.get("/help/guides/<guide:guide_id>")
@allow(Open.PAGE)
def guide(guide_id: str) -> str:
    """One of them: when to use it, why it goes as it goes, what it records."""
    pages = handbook.pages()
    if guide_id not in pages:
        abort(404)
    text = rich_manual(pages[guide_id].text, pages)
    return render_template("help/guide.html", guide_id=guide_id, title=pages[guide_id].title, text=text)


@blueprint.get("/help/authors")
@allow(Open.PAGE)
def authors() -> str:
    """The commands for authors."""
    return render_template("help/authors.html", chapter=rich_manual(_text("authors")))


@blueprint.get("/help/problems")
@allow(Open.PAGE)
def problems() -> str:
    """Every problem that an author can be told."""
    return render_template("help/problems.html", kinds=manual.kinds(), heading=manual.heading)


@blueprint.get("/help/problems/<guide:code>")
@allow(Open.PAGE)
def problem(code: str) -> str:
    """One problem: why it matters, a guide that has it, and the guide mended."""
    if code not in CODES:
        abort(404)
    text = rich_manual(manual.page(code))
    return render_template("help/problem.html", code=CODES[code], text=text, heading=manual.heading)


@cache
def _chapter(name: str) -> Markup:
    return rich_page(_text(name))


@cache
def _title(name: str) -> str:
    return _text(name).partition("\n")[0].removeprefix("# ")


def _text(name: str) -> str:
    return (files("web") / "help" / f"{name}.md").read_text(encoding="utf-8")
