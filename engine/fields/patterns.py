"""Whether an author's `pattern` can be used: it compiles, and cannot take for ever."""

import re
import warnings

LONGEST = 200
"""Characters a pattern may have."""

_MANY = 3
"""A group that itself repeats, or has alternatives, may be repeated this often."""

_PIECE = re.compile(
    r"""\\.                                              # an escaped character
    | \[\^?\]?(?:\\.|[^]\\])*\]                          # a set
    | \((?:\?(?:P<\w+>|<?[=!]|[:>]|[a-zA-Z-]*:?))?       # the start of a group
    | \{[0-9]*,?[0-9]*\}                                 # a count
    | .                                                  # anything else""",
    re.DOTALL | re.VERBOSE,
)


def mistake(pattern: str) -> str:
    """What is wrong with a pattern, as the end of the sentence `The pattern …`; "" where it can be used.

    A repeated group that holds a repetition or alternatives, like `(a+)+`, can take longer than a call lasts
    on a short text; so it is refused, though some are harmless.
    """
    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(pattern)
    except (re.error, OverflowError, Warning) as error:
        return f"is not a regular expression: {error}"
    if _may_take_for_ever(_PIECE.findall(pattern)):
        return "repeats a group that itself repeats or has alternatives, which can take for ever"
    return ""


def _may_take_for_ever(pieces: list[str]) -> bool:
    """Whether a group with a repetition or alternatives is repeated."""
    varies = [False]
    closed = False
    for piece in pieces:
        if closed and _repeats(piece):
            return True
        closed = False
        if piece[0] == "(":
            varies.append(False)
        elif piece == ")":
            closed = varies.pop()
            varies[-1] |= closed
        elif piece in ("|", "*", "+") or (piece[0] == "{" and "," in piece):
            varies[-1] = True
    return False


def _repeats(piece: str) -> bool:
    """Whether a piece repeats what stands before it more than a few times."""
    if piece[0] != "{" or len(piece) == 1:
        return piece in ("*", "+")
    least, comma, most = piece[1:-1].partition(",")
    return int((most if comma else least) or _MANY + 1) > _MANY
