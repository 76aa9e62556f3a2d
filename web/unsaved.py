"""What somebody entered on a page that could not take it, told in the words they know it by."""

from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType

from engine.model import Guide, Options
from engine.sentences import sentence
from web.forms import CONTROL, MOST_PARTS, PREFIX, REASON, Sent


def unsaved(form: Sent, labels: Mapping[str, str], spoken: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """What a person entered, by what they know it as, for a page that could not take it.

    `labels` are those of fields, `spoken` those of answers and checks, by id.
    """
    sent = {
        name: CONTROL.sub("", ", ".join(filter(None, form.getlist(name)))) for name in islice(form.keys(), MOST_PARTS)
    }
    names: dict[str, str] = {
        "option": sentence("Answer"),
        "check": sentence("Checked"),
        "text": sentence("Note"),
        "reason": sentence("Reason"),
        "flag": sentence("Flag"),
    }
    names |= {"words": sentence("The client's words"), "pause": sentence("Reason"), "client": sentence("Client")}
    names["why"] = sentence("Reason")
    names |= {PREFIX + id: label for id, label in labels.items()}
    reasons = [name for name in sent if name.startswith(REASON)]
    names |= {name: sentence("Reason: {what}", what=_in_words(name.removeprefix(REASON))) for name in reasons}
    words = ("option", "check")
    shown = {
        names[name]: _said(text, spoken) if name in words else text for name, text in sent.items() if name in names
    }
    return {label: text for label, text in shown.items() if text}


def said(guides: Iterable[Guide]) -> dict[str, str]:
    """The labels of answers and checks by id, where only one thing is called so."""
    labels: dict[str, set[str]] = {}
    for step in (step for guide in guides for step in guide.steps.values()):
        options = step.exit.options if isinstance(step.exit, Options) else ()
        for id, label in [(each.id, each.label) for each in step.checks] + [(each.id, each.label) for each in options]:
            labels.setdefault(id, set()).add(label)
    return {id: found.pop() for id, found in labels.items() if len(found) == 1}


def _said(ids: str, labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(id) or _in_words(id) for id in ids.split(", ") if id)


def _in_words(id: str) -> str:
    return id.replace("-", " ").capitalize()
