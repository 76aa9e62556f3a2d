"""The day by which the guide was to be checked again has passed.

Prices, laws and habits change; a guide that nobody has looked at gives yesterday's answer in today's call.
Read it with the people who use it, then set `review_by` to the next date.

Wrong, at line 3, column 12 (any day after it):

    guide: old
    title: Old
    review_by: 2024-01-31
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}

Mended:

    guide: old
    title: Old
    review_by: 2099-01-31
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: Goodbye., outcome: done}
"""

from collections.abc import Iterator

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity

CODE = "review-past"
SEVERITY = Severity.WARNING


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding where `review_by` lies before today; none where it is not known what day it is."""
    review_by = graph.guide.review_by
    if review_by and graph.today and review_by < graph.today.isoformat():
        message = f"this guide was to be checked again by {review_by}"
        hint = "read it through with those who use it, then set a new date"
        yield Finding(CODE, message, Place(("review_by",)), hint, SEVERITY)
