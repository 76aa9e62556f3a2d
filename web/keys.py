"""The keys that do something: the one table behind the help page and the help that `?` opens."""

from typing import NamedTuple

from engine.sentences import sentence


class Key(NamedTuple):
    """A key as it is pressed; `at` is the `data-key` of what it acts on, "" where it works on every page.

    `single`: it is one character without Alt, which a person can switch off (WCAG 2.1.4). `in_row`: it acts on the row
    in focus, `at` being its `data-row-key`.
    """

    shown: tuple[str, ...]
    does: str
    at: str = ""
    single: bool = True
    in_row: bool = False


KEYS = (
    Key(("1", "9"), sentence("gives the answer that shows this number; 1 also continues"), "1"),
    Key(("Alt", "1", "9"), sentence("the same while you are typing in a field"), "1", single=False),
    Key(
        ("Enter",),
        sentence(
            "while you are in a field: continues, where the step has a Continue button; never chooses an answer for you"
        ),
        "1",
        single=False,
    ),
    Key(("b",), sentence("one step back"), "b"),
    Key(("c",), sentence("copies the words to say; at the end, the summary for the client"), "c"),
    Key(("t",), sentence("copies the case note for your ticket"), "t"),
    Key(("h",), sentence("shows hints and help, where screens are short"), "h"),
    Key(
        ("j",),
        sentence("jumps to the answers so far: its number, its words or the arrows pick one, Enter changes it"),
        "j",
    ),
    Key(("n",), sentence("opens the note; Ctrl+Enter saves it, Esc closes it"), "n"),
    Key(("0",), sentence("none of these fit: asks for the client's own words"), "0"),
    Key(("f",), sentence("flags the step for the guide's author"), "f"),
    Key(("g",), sentence("opens another guide as a detour that comes back here"), "g"),
    Key(("p",), sentence("pauses, and asks why; takes up again what is paused"), "p"),
    Key(("o",), sentence("hands the session over to somebody else"), "o"),
    Key(("e",), sentence("ends the session, and asks why"), "e"),
    Key(("m",), sentence("opens More, where these stand; Esc closes it"), "m"),
    Key(("a",), sentence("moves to the answers under At any time; Tab moves along them, Enter gives one"), "a"),
    Key(("s",), sentence("asks why you skip the step, where it can be skipped"), "s"),
    Key(
        ("/",),
        sentence("opens the search for guides and steps; among more than nine answers, the search for those"),
        "/",
    ),
    Key(("x",), sentence("cancels what was recorded by an answer that was changed since"), "x"),
    Key(("k",), sentence("marks the promise in focus as kept"), "k", in_row=True),
    Key(("b",), sentence("marks the promise in focus as broken"), "b", in_row=True),
    Key(("x",), sentence("cancels the promise in focus"), "x", in_row=True),
    Key(("u",), sentence("takes back what was just said of a promise"), "u"),
    Key(("d",), sentence("goes to the first promise"), "d"),
    Key(("↑", "↓"), sentence("move between promises"), "k", single=False, in_row=True),
    Key(("?",), sentence("opens this list; Esc closes it")),
    Key(("Tab",), sentence("moves on to the next field or button"), single=False),
)
