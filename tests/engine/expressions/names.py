"""The names of the guide that the expressions under test belong to."""

from collections.abc import Mapping
from datetime import date

from engine.expressions.expression import Expression, Mistake, Scope
from engine.expressions.names import Names
from engine.expressions.parsing import compile_expression
from engine.fields.field import Choice, Field, Value

OPTIONS = (Choice("late", "Late"), Choice("not-paid", "Not paid"), Choice("other", "Other"))
FIELDS = (
    Field("days_late", "integer"),
    Field("broken", "integer"),
    Field("rate", "number"),
    Field("amount_due", "money", currency="EUR"),
    Field("paid", "money", currency="EUR"),
    Field("dollars", "money", currency="USD"),
    Field("name", "text"),
    Field("story", "long_text"),
    Field("reason", "choice", options=OPTIONS),
    Field("cause", "choice", options=(Choice("late", "Late"), Choice("lost", "Lost"))),
    Field("mood", "choice", options=(Choice("calm", "Calm"),)),
    Field("faults", "choices", options=OPTIONS),
    Field("promised", "date"),
    Field("agreed", "boolean"),
    Field("disputed", "boolean"),
    Field("discount", "percent"),
    Field("stars", "rating"),
    Field("expiry", "month"),
    Field("call_at", "time"),
    Field("email", "email"),
    Field("phone", "phone"),
    Field("page", "url"),
    Field("home", "country"),
    Field("abroad", "country"),
)
NAMES = Names(
    {field.id: field for field in FIELDS},
    {"gentle": frozenset({"promise", "refuse"}), "firm": frozenset()},
)
TODAY = date(2026, 3, 2)


class Done:
    """A session in which `gentle` was visited twice and answered with `promise` at last."""

    def of(self, step: str) -> tuple[int, str | None]:
        """Visits and the option last chosen."""
        return (2, "promise") if step == "gentle" else (0, None)


def compiled(source: str) -> Expression:
    """The expression, which must have no mistakes."""
    found = compile_expression(source, NAMES)
    assert isinstance(found, Expression), found
    return found


def mistakes(source: str) -> tuple[Mistake, ...]:
    """The mistakes of an expression, which must have some."""
    found = compile_expression(source, NAMES)
    assert not isinstance(found, Expression), found
    return found


def value(source: str, values: Mapping[str, Value] | None = None) -> Value:
    """What the expression gives with these values known."""
    return compiled(source).evaluate(Scope(values or {}, TODAY, Done()))
