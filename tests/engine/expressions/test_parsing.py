"""What is wrong with an expression is told with its code, its place and how to mend it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions.expression import Expression
from engine.expressions.names import RESERVED
from engine.expressions.parsing import compile_expression
from tests.engine.expressions.names import NAMES, compiled, mistakes

FOREIGN = [
    ("days_late = 5", 10, "write == to compare"),
    ("agreed && disputed", 7, "write 'and'"),
    ("agreed || disputed", 7, "write 'or'"),
    ("!agreed", 0, "write 'not'"),
    ("rate => 5", 5, "write >="),
    ("rate <> 5", 5, "write !="),
    ("rate \u2264 5", 5, "write <="),
    ("rate ** 2", 5, "write x * x"),
    ("rate % 2", 5, "write x / 100"),
    ("name == \u2018late\u2019", 8, "use straight quotes, like 'late'"),
    ("name == \u201clate\u201d", 8, "use straight quotes, like 'late'"),
    ("{{ rate }} > 1", 0, "leave out the curly brackets"),
    ("agreed == True", 10, "write true"),
    ("agreed == None", 10, "ask is_answered(field)"),
    ("rate == null", 8, "ask is_answered(field)"),
    ("rate is 5", 5, "write == to compare"),
    ("agreed AND disputed", 7, "write 'and'"),
    ("name == 'late", 8, "close it with '"),
    ('name == "late', 8, 'close it with "'),
    ("name == 'a\\'b'", 8, "leave it out"),
    ("name == 'a\x00b'", 8, "leave it out"),
    ("rate.real", 4, ""),
    ("(lambda: 1)()", 1, ""),
    ("rate > 1\x01", 8, ""),
    ("rate > 1_000", 7, "write it like 1000, 0.5 or 12.50"),
    ("rate > 1e9", 7, "write it like 1000, 0.5 or 12.50"),
    ("rate > 007", 7, "write it like 1000, 0.5 or 12.50"),
    ("rate > 5.", 7, "write it like 1000, 0.5 or 12.50"),
    ("rate > 1,000", 9, "write it like 1000, 0.5 or 12.50"),
]

SYNTAX = [
    ("", 0, "write one, like days_late > 60"),
    (" \n ", 0, "write one, like days_late > 60"),
    ("rate >", 6, ""),
    ("(rate > 1", 0, "close it with ')'"),
    ("reason in ['late'", 10, "close it with ']'"),
    ("rate > 1)", 8, "take it out, or open it before"),
    ("(rate]", 5, "take it out, or open it before"),
    ("rate rate", 5, "write 'and', 'or', a sign or a comma there"),
    ("name == 'a' 'b'", 12, "write 'and', 'or', a sign or a comma there"),
    ("u'a' == name", 1, "write 'and', 'or', a sign or a comma there"),
    ("rate > > 1", 7, ""),
    ("agreed and", 10, ""),
    ("  rate + * 2", 9, ""),
    ("1 if agreed", 0, "write it like a if condition else b"),
    ("rate > (1, 100)", 7, "numbers have no comma in them; a list after 'in' has square brackets"),
    ("['late']", 0, "a list stands after 'in' only"),
    ("rate[0]", 0, "a list stands after 'in' only"),
    ("max(*rate)", 4, ""),
    ("'late' in faults", 10, "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"),
    ("reason in []", 10, "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"),
    ("1 < rate in [1]", 4, "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"),
]

TYPES = [
    ("name < 5", 7, "write numbers without quotes"),
    ("rate == '5'", 8, "write numbers without quotes"),
    ("name < story", 7, "use == or !="),
    ("email < name", 8, "use == or !="),
    ("home < abroad", 7, "use == or !="),
    ("home == name", 8, ""),
    ("home == reason", 8, ""),
    ("expiry < '2026-3'", 9, "write a month like '2026-03'"),
    ("'2026-3' in ['a'] and expiry == '2026'", 32, "write a month like '2026-03'"),
    ("expiry == today", 10, ""),
    ("expiry == call_at", 10, ""),
    ("call_at in ['09:00', '9:30']", 21, "write a time like '14:30'"),
    ("call_at > name", 10, "write a time like '14:30'"),
    ("expiry + days(1)", 9, ""),
    ("any_of(home, 'AT')", 7, "use it like any_of(field, 'a', 'b')"),
    ("starts_with(expiry, '2026')", 12, "use it like starts_with(text, 'start')"),
    ("reason < 'late'", 9, "use == or !="),
    ("agreed > disputed", 9, "use == or !="),
    ("promised == '2026-03-01'", 12, "write dates like date('2026-03-01')"),
    ("amount_due > dollars", 13, "use amounts in one currency"),
    ("amount_due + dollars", 13, "use amounts in one currency"),
    ("amount_due > rate", 13, ""),
    ("amount_due + rate", 13, ""),
    ("amount_due * paid", 13, ""),
    ("rate / amount_due", 7, ""),
    ("amount_due / dollars", 13, "use amounts in one currency"),
    ("faults == 'late'", 10, "use any_of(field, 'a', 'b')"),
    ("faults in ['late']", 11, "use any_of(field, 'a', 'b')"),
    ("faults == faults", 10, "use any_of(field, 'a', 'b')"),
    ("reason == name", 10, ""),
    ("promised + 3", 11, "use days(n) for a length of time, or days_between(a, b)"),
    ("days(3) - promised", 10, ""),
    ("3 + promised", 4, "use days(n) for a length of time, or days_between(a, b)"),
    ("3 - promised", 4, "use days(n) for a length of time, or days_between(a, b)"),
    ("promised + promised", 11, ""),
    ("promised * days(2)", 11, ""),
    ("days(1) == days(2)", 11, ""),
    ("days(3)", 0, "add it to a date, like today + days(7)"),
    ("name + 'x'", 7, ""),
    ("agreed + 1", 9, ""),
    ("-name", 1, ""),
    ("rate and agreed", 0, "compare it with something, like x == 1"),
    ("not rate", 4, "compare it with something, like x == 1"),
    ("reason == 'late' or 'other'", 20, "compare it with something, like x == 1"),
    ("1 if rate else 2", 5, "compare it with something, like x == 1"),
    ("1 if agreed else 'a'", 0, "give all cases the same type"),
    ("reason in [name]", 11, "write it like x in ['a', 'b'], any_of(field, 'a') or contains(text, 'part')"),
    ("rate in ['late']", 9, "write numbers without quotes"),
    ("round(rate)", 0, "use it like round(x, 2)"),
    ("is_answered(name, rate)", 0, "use it like is_answered(field)"),
    ("min(rate)", 0, "use it like min(a, b)"),
    ("coalesce()", 0, "use it like coalesce(a, b)"),
    ("round(rate, rate)", 12, "use it like round(x, 2)"),
    ("round(rate, 11)", 12, "use it like round(x, 2)"),
    ("round(rate, true)", 12, "use it like round(x, 2)"),
    ("round(name, 2)", 6, "use it like round(x, 2)"),
    ("min(rate, agreed)", 10, "use it like min(a, b)"),
    ("min(agreed, disputed)", 4, "use it like min(a, b)"),
    ("sum(amount_due, dollars)", 16, "use it like sum(a, b)"),
    ("coalesce(rate, name)", 15, "use it like coalesce(a, b)"),
    ("today + days(rate)", 13, "use round(x, 0)"),
    ("today + months(name)", 15, "use round(x, 0)"),
    ("days_between(today, rate)", 20, "use it like days_between(a, b)"),
    ("lower(reason)", 6, "use it like lower(text)"),
    ("count(rate)", 6, "use it like count(field) or count(a > 1, b > 1)"),
    ("any_of(reason, 'late')", 7, "write field in ['a', 'b']"),
    ("any_of(name, 'late')", 7, "use it like any_of(field, 'a', 'b')"),
    ("any_of(faults, name)", 15, "use it like any_of(field, 'a', 'b')"),
    ("is_answered(rate + 1)", 12, "use it like is_answered(field)"),
    ("visits(name)", 7, "use it like visits('step')"),
    ("answered('gentle', 3)", 19, "use it like answered('step', 'option')"),
    ("date('2026-02-31')", 5, "write it like date('2026-03-01')"),
    ("date('20260301')", 5, "write it like date('2026-03-01')"),
    ("date(name)", 5, "write it like date('2026-03-01')"),
]

UNKNOWN = [
    ("days_lat > 5", "unknown-field", 0, "did you mean 'days_late'?"),
    ("reason == late", "unknown-field", 10, "if the option is meant, put it in quotes: 'late'"),
    ("reason == not_paid", "unknown-field", 10, "if the option is meant, put it in quotes: 'not-paid'"),
    ("days > 5", "unknown-field", 0, "the function is used like days(n)"),
    ("xyzzy > 5", "unknown-field", 0, ""),
    ("rund(rate, 2)", "unknown-function", 0, "did you mean 'round'?"),
    ("rate(2)", "unknown-function", 0, "leave out the brackets"),
    ("(rate)(2)", "unknown-function", 1, "leave out the brackets"),
    ("max(1, 2)(3)", "unknown-function", 0, ""),
    ("reason == 'lat'", "unknown-option", 10, "did you mean 'late'?"),
    ("'lat' == reason", "unknown-option", 0, "did you mean 'late'?"),
    ("reason in ['late', 'lat']", "unknown-option", 19, "did you mean 'late'?"),
    ("(reason if agreed else cause) == 'lst'", "unknown-option", 33, "did you mean 'lost'?"),
    ("any_of(faults, 'late', 'lat')", "unknown-option", 23, "did you mean 'late'?"),
    ("home == 'XX'", "unknown-option", 8, "countries are written by the two letters of ISO 3166-1, like 'AT'"),
    (
        "home in ['AT', 'Germany']",
        "unknown-option",
        15,
        "countries are written by the two letters of ISO 3166-1, like 'AT'",
    ),
    ("visits('gentel') > 1", "unknown-step", 7, "did you mean 'gentle'?"),
    ("answered('gentel', 'promise')", "unknown-step", 9, "did you mean 'gentle'?"),
    ("answered('gentle', 'promis')", "unknown-option", 19, "did you mean 'promise'?"),
]


@pytest.mark.parametrize(("source", "offset", "hint"), FOREIGN + SYNTAX)
def test_what_is_not_in_the_language_is_told_with_its_place(source: str, offset: int, hint: str) -> None:
    found = mistakes(source)[0]
    assert (found.code, found.offset, found.hint) == ("expression-syntax", offset, hint)


@pytest.mark.parametrize(("source", "offset", "hint"), TYPES)
def test_what_does_not_go_together_is_told_with_its_place(source: str, offset: int, hint: str) -> None:
    (found,) = mistakes(source)
    assert (found.code, found.offset) == ("expression-type", offset)
    assert found.hint == hint


@pytest.mark.parametrize(("source", "code", "offset", "hint"), UNKNOWN)
def test_names_that_are_not_known_are_told_with_what_was_meant(source: str, code: str, offset: int, hint: str) -> None:
    (found,) = mistakes(source)
    assert (found.code, found.offset, found.hint) == (code, offset, hint)


def test_all_mistakes_are_told_in_their_order() -> None:
    found = mistakes("rund(1) + 1 > 'a' and nam == 'b' and reason == 'x'")
    assert [(each.code, each.offset) for each in found] == [
        ("unknown-function", 0),
        ("unknown-field", 22),
        ("unknown-option", 47),
    ]


def test_one_wrong_name_is_not_told_again_for_its_type() -> None:
    found = mistakes("today + (days(nix) if -nix + 1 in [nix] and not nix else months(nix))")
    assert [each.code for each in found] == ["unknown-field"] * 5


def test_characters_are_counted_not_bytes() -> None:
    (found,) = mistakes("  name == 'Zoë Größe 😀' and nam == 'x'")
    assert found.offset == 28


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1 + " * 500 + "1", "expression-too-long"),
        ("(" * 33 + "1" + ")" * 33, "expression-too-deep"),
        ("not " * 33 + "agreed", "expression-too-deep"),
        ("-" * 33 + "rate", "expression-too-deep"),
        ("abs(" * 16 + "-(-(" * 16 + "rate" + "))" * 16 + ")" * 16, "expression-too-deep"),
        ("(1 + 2 * " * 20 + "rate" + ")" * 20, "expression-too-deep"),
        ("1" * 41 + " > rate", "number-too-long"),
        ("0." + "1" * 40 + " > rate", "number-too-long"),
    ],
)
def test_what_is_too_much_is_refused_before_it_hurts(source: str, code: str) -> None:
    assert [each.code for each in mistakes(source)] == [code]


@pytest.mark.parametrize(
    "source",
    [
        "+".join(["1"] * 1000),
        "-".join(["(1)"] * 400),
        "agreed or " * 190 + "agreed",
        "1<" * 900 + "1",
        "1 if agreed else " * 110 + "2",
        "max(" + ",".join("1" * 900) + ")",
        "rate in [" + ",".join("1" * 900) + "]",
        "(" * 31 + "rate" + ")" * 31,
    ],
)
def test_a_long_expression_is_not_a_deep_one(source: str) -> None:
    assert compiled(source).source == source


def test_line_breaks_and_other_spaces_mean_nothing() -> None:
    assert compiled("\n  rate >\r\n\t1\u00a0and\n agreed == true\n").fields == {"rate", "agreed"}


def test_an_expression_says_what_it_reads_and_asks() -> None:
    found = compiled(
        "rate > 1 and visits('gentle') > 1 and answered('gentle', 'refuse') and coalesce(name, 'x') == 'y'"
    )
    assert (found.fields, found.steps) == (frozenset({"rate", "name"}), frozenset({"gentle"}))


def test_python_words_cannot_name_a_field() -> None:
    assert {"is", "class", "true", "today", "None"} <= RESERVED


PIECES = r"""
    rate name agreed faults reason promised amount_due today true 'late' 'x' 5 0.5 ( ) [ ] , + - * / == != < <= in
    and or not if else round( max( days( any_of( coalesce( visits( answered( date( = ! . ' \ # é 😀 lambda
"""


@given(
    st.text()
    | st.lists(st.sampled_from(PIECES.split())).map(" ".join)
    | st.lists(st.sampled_from(PIECES.split())).map("".join)
)
@settings(max_examples=500)
def test_any_text_is_an_expression_or_has_mistakes(source: str) -> None:
    found = compile_expression(source, NAMES)
    if not isinstance(found, Expression):
        assert found
        assert all(0 <= each.offset <= len(source) for each in found)


@pytest.mark.parametrize(
    "piece", ["(", "[", "-", "not ", "1+", "a.", "'", "((((1)", "1 if ", "f(", "\ud800", "é", "0", "a<", "\\", "{{"]
)
def test_any_text_is_judged_however_long_it_is(piece: str) -> None:
    assert mistakes(piece * (2000 // len(piece)))
    assert mistakes(piece * 100_000)
