"""What limits a field's values: conditions of a guide's author, worked out where the field is asked (FORMAT §2.1)."""

from dataclasses import dataclass

from engine.expressions.expression import Expression, Scope
from engine.fields.catalogue import fit
from engine.fields.field import Field, Limits, Value


@dataclass(frozen=True, slots=True)
class Bounds:
    """The inclusive limits of a field's values, each an expression or None."""

    min: Expression | None = None
    max: Expression | None = None

    @property
    def vary(self) -> bool:
        """Whether they depend on what is known in a session."""
        return any(bound.varies for bound in (self.min, self.max) if bound)

    def within(self, field: Field, scope: Scope) -> Limits:
        """The limits of the field's value here; a missing one limits nothing."""
        low, high = (bound.evaluate(scope) if bound else None for bound in (self.min, self.max))
        return Limits(_as_held(field, low), _as_held(field, high))


def _as_held(field: Field, bound: Value) -> Value:
    """A bound as the field holds its values, unless that would move it: 5.5 stays 5.5 for whole numbers."""
    held = fit(field, bound)
    return held if held == bound else bound
