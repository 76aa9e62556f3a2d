"""What an author reads about an expression, word for word."""

import pytest

from tests.engine.expressions.names import compiled, mistakes

IN_LIST = "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"
TOO_DEEP = "an expression is nested at most 32 deep; compute a part in a field of its own"

INSTEAD = [
    ("=", "write == to compare"),
    ("is", "write == to compare"),
    ("&&", "write 'and'"),
    ("&", "write 'and'"),
    ("AND", "write 'and'"),
    ("||", "write 'or'"),
    ("|", "write 'or'"),
    ("OR", "write 'or'"),
    ("!", "write 'not'"),
    ("NOT", "write 'not'"),
    ("=>", "write >="),
    ("=<", "write <="),
    ("<>", "write !="),
    ("\u2264", "write <="),
    ("\u2265", "write >="),
    ("\u2260", "write !="),
    ("\u00d7", "write *"),
    ("\u00f7", "write /"),
    ("\u2212", "write -"),
    ("\u2013", "write -"),
    ("**", "write x * x"),
    ("//", "write / and round(x, 0)"),
    ("%", "write x / 100"),
    ("\u20ac", "amounts are written as plain numbers"),
    ("$", "amounts are written as plain numbers"),
    *((quote, "use straight quotes, like 'late'") for quote in "\u2018\u2019\u201c\u201d\u201e"),
    ("{", "leave out the curly brackets"),
    ("}", "leave out the curly brackets"),
    ("True", "write true"),
    ("TRUE", "write true"),
    ("False", "write false"),
    ("FALSE", "write false"),
    ("None", "ask is_answered(field)"),
    ("null", "ask is_answered(field)"),
    ("nil", "ask is_answered(field)"),
    ("undefined", "ask is_answered(field)"),
    *((piece, "") for piece in (":=", "...", ":", ";", "@", "?", "#", "lambda", "class", "yield")),
]

SAID = [
    ("", "an expression is due here; write one, like days_late > 60"),
    ("rate >", "the expression is not finished here; "),
    ("rate > > 1", "> is not expected here; "),
    ("not + not agreed", "not is not expected here; "),
    ("1 if agreed", "the expression is not finished here; write it like a if condition else b"),
    ("name == 'late", "the text that begins here has no end; close it with '"),
    ("name == 'a\\'", "a text cannot hold a backslash or a control character; leave it out"),
    ("rate\x01", "the character U+0001 is not part of an expression; "),
    ("rate > 1_000", "'1_000' is not a number; write it like 1000, 0.5 or 12.50"),
    ("rate > " + "1_" * 20, f"'{'1_' * 10}' is not a number; write it like 1000, 0.5 or 12.50"),
    ("rate > " + "1" * 41, "a number has at most 40 digits; write a shorter one"),
    ("rate > 1)", "this ')' closes no bracket; take it out, or open it before"),
    ("((rate", "this '(' is not closed; close it with ')'"),
    ("(rate in [1", "this '(' is not closed; close it with ')'"),
    ("rate 'a'", "something is missing between rate and 'a'; write 'and', 'or', a sign or a comma there"),
    (
        "1 + " * 500 + "1",
        "an expression has at most 2,000 characters, this has 2,001; compute a part in a field of its own",
    ),
    ("(" * 33 + "rate" + ")" * 33, TOO_DEEP),
    ("(1 + 2 * " * 20 + "rate" + ")" * 20, TOO_DEEP),
    ("['late']", "this is not part of an expression; a list stands after 'in' only"),
    ("max(*rate)", "this is not part of an expression; "),
    ("'late' in faults", f"a list of values is due here; {IN_LIST}"),
    ("1 < rate in [1]", f"a list of values is due here; {IN_LIST}"),
    ("rate in [1] < 2", f"a list of values is due here; {IN_LIST}"),
    ("rate in [1] in [2]", f"a list of values is due here; {IN_LIST}"),
    ("reason in [name]", f"a list holds values that are written out; {IN_LIST}"),
    ("name < 5", "text cannot be compared with a number; write numbers without quotes"),
    ("amount_due > dollars", "an amount in EUR cannot be compared with an amount in USD; use amounts in one currency"),
    ("faults == faults", "a list of choices cannot be compared with a list of choices; use any_of(field, 'a', 'b')"),
    ("days(1) == days(2)", "a length of time cannot be compared with a length of time; "),
    ("agreed > disputed", "'>' has no meaning for true or false; use == or !="),
    ("rate / amount_due", "'/' has no meaning between a number and an amount in EUR; "),
    (
        "promised + 3",
        "'+' has no meaning between a date and a number; use days(n) for a length of time, or days_between(a, b)",
    ),
    ("months(2)", "this is a length of time, which cannot stand alone; add it to a date, like today + days(7)"),
    ("-name", "this is text, which has no sign; "),
    ("not rate", "this is a number, but a condition is due here; compare it with something, like x == 1"),
    ("1 if agreed else 'a'", "this is a number, but another case is text; give all cases the same type"),
    ("round(rate)", "'round' takes 2 arguments, not 1; use it like round(x, 2)"),
    ("is_answered()", "'is_answered' takes 1 argument, not 0; use it like is_answered(field)"),
    ("min(rate)", "'min' takes at least 2 arguments, not 1; use it like min(a, b)"),
    ("sum()", "'sum' takes at least 1 argument, not 0; use it like sum(a, b)"),
    ("round(rate, 11)", "the decimals to round to are a number from 0 to 10, written out; use it like round(x, 2)"),
    ("min(agreed, disputed)", "this is true or false, which means nothing here; use it like min(a, b)"),
    ("coalesce(rate, name)", "this is text, but what stands before it is a number; use it like coalesce(a, b)"),
    ("today + days(rate)", "this is a number, but a whole number is due here; use round(x, 0)"),
    ("lower(reason)", "this is a choice, but text is due here; use it like lower(text)"),
    ("any_of(reason, 'a')", "this is a choice, but a field of type choices is due here; write field in ['a', 'b']"),
    ("any_of(faults, name)", "the id of the option is due here, in quotes; use it like any_of(field, 'a', 'b')"),
    ("is_answered(1)", "the name of a field is due here; use it like is_answered(field)"),
    ("visits(name)", "the id of the step is due here, in quotes; use it like visits('step')"),
    ("visits('gentel')", "'gentel' is not known as step here; did you mean 'gentle'?"),
    ("date(name)", "a real date is due here, in quotes; write it like date('2026-03-01')"),
    ("days_lat > 5", "'days_lat' is not a field; did you mean 'days_late'?"),
    ("tru", "'tru' is not a field; did you mean 'true'?"),
    ("fals", "'fals' is not a field; did you mean 'false'?"),
    ("toda > promised", "'toda' is not a field; did you mean 'today'?"),
    ("rund(rate, 2)", "'rund' is not a function; did you mean 'round'?"),
    ("max(1, 2)(3)", "this is not a function; "),
    ("reason == 'lat'", "'lat' is not an option of 'reason'; did you mean 'late'?"),
    ("(reason if agreed else cause) == 'lst'", "'lst' is not an option here; did you mean 'lost'?"),
    (
        "home == 'XX'",
        "'XX' is not the code of a country; countries are written by the two letters of ISO 3166-1, like 'AT'",
    ),
]


@pytest.mark.parametrize(("piece", "hint"), INSTEAD)
def test_what_other_languages_have_is_told_with_what_to_write_instead(piece: str, hint: str) -> None:
    found = mistakes(f"agreed {piece} true")[0]
    assert (found.message, found.offset, found.hint) == (f"'{piece}' is not part of an expression", 7, hint)


@pytest.mark.parametrize(("source", "said"), SAID)
def test_a_mistake_is_told_once_in_plain_words(source: str, said: str) -> None:
    assert [f"{found.message}; {found.hint}" for found in mistakes(source)] == [said]


def test_all_that_is_wrong_is_told_in_its_order() -> None:
    found = mistakes("a = 1_0 && 'x\\' || None")
    assert [(each.offset, each.hint.split()[-1]) for each in found] == [
        (2, "compare"),
        (4, "12.50"),
        (8, "'and'"),
        (11, "out"),
        (16, "'or'"),
        (19, "is_answered(field)"),
    ]


@pytest.mark.parametrize("front", ["-", "+", "not ", "(", "abs(", "1 * (", "rate in [1] and ("])
def test_an_expression_may_be_nested_32_deep(front: str) -> None:
    inner = {"not ": "agreed", "rate in [1] and (": "rate > 0"}.get(front, "rate")
    rest = "(" * 31 + inner + ")" * 31
    end = ")" * front.count("(")
    assert compiled(front + rest + end).fields <= {"rate", "agreed"}
    (found,) = mistakes(f"{front}({rest}){end}")
    assert (found.code, found.offset) == ("expression-too-deep", len(front) + 31)


def test_brackets_beside_each_other_are_not_nested() -> None:
    assert compiled(" and ".join(["(rate) in [1]"] * 40)).fields == {"rate"}


def test_the_longest_number_and_the_longest_expression_are_taken() -> None:
    assert compiled("9" * 40).source == "9" * 40
    assert compiled("agreed".ljust(2000)).fields == {"agreed"}


@pytest.mark.parametrize(
    ("part", "offset"),
    [
        ("(agreed and disputed)", 2),
        ("(not agreed)", 2),
        ("(1 < rate)", 2),
        ("(reason in ['late'])", 2),
        ("today", 1),
        ("true", 1),
        ("'a'", 1),
        ("(name if agreed else story)", 2),
        ("lower(name)", 1),
        ("(promised + days(1))", 2),
        ("date('2026-03-01')", 1),
    ],
)
def test_every_kind_of_part_knows_where_it_begins(part: str, offset: int) -> None:
    (found,) = mistakes(f"-{part}")
    assert (found.message.endswith(", which has no sign"), found.offset) == (True, offset)
