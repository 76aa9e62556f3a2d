"""Generated walkthroughs as YAML, in the layout of guides."""

from collections.abc import Mapping
from typing import Any

from engine import layout, quoting, source
from engine.explorer import Found


def as_yaml(guide: str, found: Found) -> str:
    """The `walkthroughs` of a guide, ready to be put into its file; ways that were not reached are comments."""
    lines = [f"# {guide}", *(f"# not reached: {way}" for way in found.left)]
    document, _ = source.parse(_in_brackets({"walkthroughs": list(found.walkthroughs)}))
    assert document is not None, "what is quoted where it has to be is YAML"
    return "\n".join([*lines, layout.formatted(document)])


def _in_brackets(value: Any) -> str:
    """A value on one line; texts are in quotes only where they have to be, as everything in a guide is text."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_brackets(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_brackets, value)) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return quoting.inline(text, quoted=False, brackets=True)
