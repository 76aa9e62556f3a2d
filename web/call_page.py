"""The page of a call, put together from its parts.

What most pages have is taken ready from `web.parts`, so that no template runs for them; what few have is rendered.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

from markupsafe import Markup, escape

from web.context import person, reader
from web.parts import parts
from web.rich_text import rich
from web.use_cases.moves import Look

Shown: TypeAlias = Mapping[str, Any]
"""All that stands on a page, by the names that the templates know it by."""


class CallPage(TypedDict):
    """What stands in place of the page on view, `main`, and what is told round it: `title` and `guide` are titles."""

    look: Look
    title: str
    guide: str
    mistaken: bool
    practice: bool
    main: Markup


def call_page(shown: Shown) -> CallPage:
    """The page of a call, of which `look`, `bearings`, `inputs` and what else there is of it is shown."""
    look = shown["look"]
    return CallPage(
        look=look,
        title=look.screen.content.title,
        guide=shown["bearings"].guides[-1],
        mistaken=bool(shown["entered"].refusals),
        practice=look.head.practice,
        main=_main(_all(shown)),
    )


def swapped(page: CallPage) -> str:
    """The page for a script, which puts it in place of the one on view."""
    gaps = {"title": escape(page["title"]), "guide": escape(page["guide"]), "main": page["main"]}
    return parts().once("desk/part.html", gaps=gaps, mistaken=page["mistaken"], practice=page["practice"])


def _all(shown: Shown) -> Shown:
    """What is shown, with what follows from it."""
    look, bearings, entered = shown["look"], shown["bearings"], shown["entered"]
    screen, ended = look.screen, look.state.status == "ended"
    own = {option.id for option in screen.options}  # at this step such an answer is said better
    anytime = [] if ended else [entry for entry in screen.anytime if entry.id not in own]
    wrong = entered.option if entered.error("option") else None
    return {
        **shown,
        "screen": screen,
        "ended": ended,
        "seq": look.state.seq,
        "session_id": look.session_id,
        "spoken": bearings.language,
        "anytime": anytime,
        "refused": next((entry for entry in anytime if entry.id == wrong and not entry.allowed), None),
        "noted": [note for note in bearings.noted if note.here],
        "elsewhere": [note for note in bearings.noted if not note.here],
    }


def _main(shown: Shown) -> Markup:
    look, bearings, seq, ended, asked = (shown[name] for name in ("look", "bearings", "seq", "ended", "asked"))
    wrong, paused = shown["entered"].refusals, look.state.status == "paused"
    gaps = {
        "mark": look.mark,
        "visit": escape(" ".join(map(str, look.state.visit.key))),
        "where": parts().once(
            "desk/where.html",
            practice=look.head.practice,
            guides=bearings.guides,
            stages=bearings.stages,
            spoken=bearings.language,
        ),
        "above": _rare("desk/above.html", shown, wrong or paused or shown.get("changed")),
        "step": _step(shown),
        "between": _rare("desk/between.html", shown, look.screen.documents or shown["noted"]),
        "answer": _answer(shown),
        "undone": _rare("desk/undone.html", shown, shown["undone"]),
        "beside": _beside(shown),
        "anytime": _rare("desk/anytime.html", shown, shown["anytime"]),
        "bar": _bar(shown),
    }
    waits = any(each.status == "waiting" for each in asked.values()) if asked else False
    return parts().once("desk/call.html", seq=seq, gaps=gaps, ended=ended, waits=waits)


def _rare(name: str, shown: Shown, wanted: object) -> str:
    """What few pages have."""
    return parts().rendered(name, shown) if wanted else ""


def _step(shown: Shown) -> Markup:
    screen = shown["screen"]
    content = screen.content
    return parts().once(
        "desk/step.html",
        gaps={"say": rich(content.say)},
        title=content.title,
        before=screen.before,
        note=content.note,
        points=content.points,
        never=content.never,
        images=screen.images,
        missing=screen.missing,
        brief=person().brief,
        ended=shown["ended"],
        spoken=shown["spoken"],
    )


def _answer(shown: Shown) -> str:
    if shown["ended"] or shown["asked"] or shown["before"] or shown["entered"].refusals:
        return parts().rendered("desk/answering.html", shown)
    screen = shown["screen"]
    return parts().once(
        "desk/answer.html",
        seq=shown["seq"],
        options=screen.options,
        checks=screen.checks,
        inputs=shown["inputs"],
        question=screen.content.question,
        skippable=screen.skippable,
        spoken=shown["spoken"],
    )


def _beside(shown: Shown) -> Markup:
    look, bearings, spoken, sees_clients = shown["look"], shown["bearings"], shown["spoken"], reader().sees_clients
    said = parts().each_once("desk/said.html", bearings.said, spoken=spoken)
    return parts().once(
        "desk/beside.html",
        shown["entered"],
        shown["seq"],
        gaps={"said": said, "noted": _rare("desk/noted.html", shown, shown["elsewhere"])},
        known=bearings.known,
        reference=look.head.reference,
        sees_clients=sees_clients,
        client=look.state.client if sees_clients else None,
        called=look.state.visit.frame.outside.get("client.name") if sees_clients else None,
        figures=shown["figures"],
        pledges=shown["pledges"],
        practice=look.head.practice,
        ended=shown["ended"],
        spoken=spoken,
    )


def _bar(shown: Shown) -> Markup:
    state = shown["look"].state
    return parts().once(
        "desk/bar.html",
        shown["entered"],
        shown["seq"],
        ended=shown["ended"],
        paused=state.status == "paused",
        begun=bool(shown["bearings"].said),
        choosing=bool(shown["screen"].options),
        reopens=state.ended_by is not None,
        done=shown.get("done"),
    )
