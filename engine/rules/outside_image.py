"""A picture in a text, or from elsewhere.

A picture fetched from elsewhere tells that place who is looking at it and when, and is gone when the other side
moves it. Save it beside the guide and list it under `images` of the step, or link to it.

Wrong, at line 6, column 11:

    guide: picture
    title: Picture
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: "![the form](https://example.com/form.png)"
        outcome: done

Mended:

    guide: picture
    title: Picture
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: "[Where we have it from](https://example.com/form)"
        images: [{file: form.png, alt: The order form}]
        outcome: done
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity
from engine.rules.markdown import links, texts

CODE = "outside-image"
SEVERITY = Severity.ERROR


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each image in a Markdown text."""
    for text, path in texts(graph.guide):
        for link in links(text.written):
            if link.image:
                message = "a text cannot show a picture"
                hint = "list its file under 'images' of the step, or link to it without the '!'"
                yield Finding(CODE, message, Place(path, offset=link.offset), hint, SEVERITY)
