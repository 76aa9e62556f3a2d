"""A link that does not lead to a web page, an e-mail address or a telephone number.

Links may start with `https://`, `http://`, `mailto:` or `tel:`. Others can run a program on the agent's computer,
or lead nowhere from inside the product.

Wrong, at line 6, column 19:

    guide: link
    title: Link
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Look at [our terms](file:///terms.pdf).
        outcome: done

Mended:

    guide: link
    title: Link
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Look at [our terms](https://example.com/terms.pdf).
        outcome: done
"""

import re
from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.markdown import links, texts

CODE = "unsafe-link"
SEVERITY = Severity.ERROR
_SAFE = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each link with another beginning."""
    for text, path in texts(graph.guide):
        for link in links(text.written):
            if not link.image and not _SAFE.match(link.target):
                message = f"the link to '{link.target}' is not allowed"
                hint = "links start with https://, http://, mailto: or tel:"
                yield Finding(CODE, message, Place(path, offset=link.offset), hint, SEVERITY)
