"""HTML in a text.

Texts are Markdown; HTML in them is shown as it is typed, with its angle brackets. Use `**bold**`, `*italic*` and
lists.

Wrong, at line 6, column 16:

    guide: tags
    title: Tags
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Stay <b>calm</b>.
        outcome: done

Mended:

    guide: tags
    title: Tags
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Stay **calm**.
        outcome: done
"""

import re
from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.markdown import texts

CODE = "raw-html"
SEVERITY = Severity.WARNING
_TAG = re.compile(r"\{\{.*?(?:\}\}|\Z)|\\<|(?P<tag></?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--)", re.DOTALL)


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each text with HTML, at its first tag."""
    for text, path in texts(graph.guide):
        tags = _TAG.finditer(text.written) if "<" in text.written else ()
        tag = next((found for found in tags if found["tag"]), None)
        if tag:
            message = f"'{tag[0]}' is HTML, which is shown as it is typed"
            hint = "write Markdown, like **bold**"
            yield Finding(CODE, message, Place(path, offset=tag.start()), hint, SEVERITY)
