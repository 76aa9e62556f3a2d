"""Help for those who walk guides."""

from functools import cache
from importlib.resources import files

from flask import Blueprint, render_template
from markupsafe import Markup

from web.rich_text import rich_page
from web.security import Open, allow

blueprint = Blueprint("help", __name__)

CHAPTERS = ("walking", "keys", "going-back", "notes")


@blueprint.get("/help")
@allow(Open.PAGE)
def index() -> str:
    """Every chapter on one page."""
    return render_template("help/index.html", chapters={name: _chapter(name) for name in CHAPTERS})


@cache
def _chapter(name: str) -> Markup:
    return rich_page((files("web") / "help" / f"{name}.md").read_text(encoding="utf-8"))
