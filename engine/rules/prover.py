"""Conditions tried together where there is too much to try one by one: z3 reckons out what can be (it is handed in).

An example that is told was tried on the conditions themselves. What a search within its limits does not settle is not
claimed; the limits are steps of z3, so that the same guide is told the same on every machine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from engine.expressions.expression import Expression, Scope
from engine.expressions.tree import Known, nodes
from engine.fields.field import Value
from engine.rules.domains import ANYWHERE
from engine.rules.formulas import TODAY, Formulas, latest, visits
from engine.rules.proofs import ANY_DAY, Names, Trial
from engine.rules.unknowns import Unknown, numeral

EACH = 200_000
"""Steps of z3 for one question, about 50 ms."""
BRANCH = 1_000_000
"""Steps for all questions of one branch, about a quarter of a second."""
ALL = 10_000_000
"""Steps for all questions of one guide, about 5 s."""
FEE = 4_000
"""Steps that every question counts for besides: it takes its time to be put."""
MOST = 64
"""Ways in which the conditions are true and not, as many as are looked for."""
PATIENCE = 2_000
"""Milliseconds after which a question is given up whatever its steps; no question has been seen to take so long."""
_IN_ORDER = frozenset({"number", "money", "date"})

Truths: TypeAlias = tuple[bool, ...]
"""For each condition whether it is true."""


class Prover:
    """What z3 may spend on one guide."""

    def __init__(self, z3: Any) -> None:
        self.z3 = z3
        self._left = ALL
        self._here = BRANCH
        self._count = 0

    def solver(self) -> Any:
        """A solver for one branch, whose answers do not depend on the machine."""
        self._here = BRANCH
        solver = self.z3.SimpleSolver()
        solver.set("arith.nl.nra", False)  # its steps are not counted: a question took minutes
        solver.set("timeout", PATIENCE)
        return solver

    @property
    def spent(self) -> bool:
        """Whether nothing more will be found out."""
        return self._left <= 0

    def asked(self, solver: Any, *more: Any) -> bool | None:
        """Whether all this can be; None where that is not found out."""
        if self.spent or self._here <= 0:
            return None
        solver.set("rlimit", min(EACH, self._left, self._here))
        answer = solver.check(*more)
        count = solver.statistics().get_key_value("rlimit count")
        steps = FEE + (max(0, count - self._count) if self._count else 0)
        self._left, self._here, self._count = self._left - steps, self._here - steps, count
        return {"sat": True, "unsat": False}.get(str(answer))


class _Path:
    """What was done on a path that z3 has found."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def of(self, step: str) -> tuple[int, str | None]:
        count, answer = self._values.get(visits(step)), self._values.get(latest(step))
        return (count if isinstance(count, int) else 0), (answer if isinstance(answer, str) else None)


class Proof:
    """Conditions tried together by z3; `trial` is what was found without it.

    `exact`, because every example was tried. What z3 needs is let go of, and made anew where words are asked for.
    """

    exact = True

    def __init__(
        self, prover: Prover, conditions: Sequence[Expression], names: Names, trial: Trial | None = None
    ) -> None:
        self._prover, self._conditions, self._names, self._trial = prover, conditions, names, trial
        self._found, self.complete = self._search().found()

    @property
    def seen(self) -> frozenset[Truths]:
        """Which conditions are true together, for every example that was tried."""
        return frozenset(true for true, values in self._found.items() if values is not None)

    def ever(self, wanted: Callable[[Truths], bool]) -> bool:
        """Whether the conditions can be as wanted, for all that is known."""
        if self.complete:
            return any(map(wanted, self._found))
        return self._trial is None or self._trial.ever(wanted)

    def example(self, wanted: Callable[[Truths], bool]) -> Mapping[str, Value] | None:
        """Values by name at which the conditions are as wanted; None where none are found."""
        return next((values for true, values in self._found.items() if values is not None and wanted(true)), None)

    def where(self, wanted: Callable[[Truths], bool]) -> str:
        """An example of values at which the conditions are as wanted, in words; "" where none is found."""
        true = next((each for each in self._found if each in self.seen and wanted(each)), None)
        if true is None:
            return ""
        search = self._search()
        values = search.likely(true) or self._found[true]
        assert values is not None, "what was seen has values"
        return search.words(values, [each for each in self._found if wanted(each)])

    def single(self) -> str:
        """The words of the one value at which no condition is true, whatever else is; "" where there is none."""
        nothing = (False,) * len(self._conditions)
        return self._search().single(nothing) if nothing in self.seen else ""

    def _search(self) -> "_Search":
        return _Search(self._prover, self._conditions, self._names)


class _Search:
    """The conditions as z3 has them."""

    def __init__(self, prover: Prover, conditions: Sequence[Expression], names: Names) -> None:
        self.z3, self.prover, self.conditions, self.names = prover.z3, prover, conditions, names
        self.formulas = Formulas(prover.z3, names, conditions)
        self.flags = [self.z3.Bool(f"true {number}") for number in range(len(conditions))]
        self.solver = prover.solver()
        for flag, condition in zip(self.flags, conditions):
            self.solver.add(flag == self.formulas.true(condition))
        self.solver.add(*self.formulas.given)
        self.unknowns = dict(sorted(self.formulas.unknowns.items(), key=lambda each: each[0] != TODAY))
        fields = (names.fields.get(name) for name in self.unknowns)
        self.open = any(field and (field.step or field.pattern or field.min_length) for field in fields)

    def found(self) -> tuple[Mapping[Truths, Mapping[str, Value] | None], bool]:
        """Every way in which the conditions are true and not, with values that make them so; whether that is all."""
        found: dict[Truths, Mapping[str, Value] | None] = {}
        self.solver.push()
        answer = self._asked()
        while answer and len(found) < MOST:
            model = self.solver.model()
            true = tuple(self.z3.is_true(model.eval(flag, True)) for flag in self.flags)
            values = self._values(model)
            found[true] = values if self._holds(values, true) else None
            self.solver.add(self.z3.Not(self._being(true)))
            answer = self._asked()
        self.solver.pop()
        return {true: self.likely(true) if each is None else each for true, each in found.items()}, answer is False

    def likely(self, true: Truths) -> Mapping[str, Value] | None:
        """Values that a person would think of, at which the conditions are true and not like this."""
        fixed = [self._being(true)]
        fixed += self.formulas.exact if self._can(*fixed, *self.formulas.exact) else []
        for unknown in self.unknowns.values():
            there = self.z3.Not(unknown.term.missing)
            choices = (*(self._is(unknown, value) for value in unknown.likely), there, unknown.term.missing)
            fixed += [next((each for each in choices if self._can(*fixed, each)), there)]
        if not self._can(*fixed):
            return None
        values = self._values(self.solver.model())
        return values if self._holds(values, true) else None

    def words(self, values: Mapping[str, Value], wanted: Sequence[Truths]) -> str:
        """An example, without what may as well be anything."""
        fixed = {name: self._is(unknown, values[name]) for name, unknown in self.unknowns.items()}
        unwanted = self.z3.Not(self.z3.Or([self._being(each) for each in wanted]))
        for name in values if self._can(*fixed.values()) else ():
            rest = [each for id, each in fixed.items() if id != name]
            if rest and self.prover.asked(self.solver, unwanted, *rest) is False:
                del fixed[name]
        return " and ".join(self.unknowns[name].said(values[name]) for name in fixed)

    def single(self, nothing: Truths) -> str:
        """The words of the one value that a field has wherever the conditions are like this."""
        here = self._being(nothing)
        for node in self._in_order():
            term = self.formulas.term(node)
            there = self.z3.Not(term.missing)
            if self._asked(here, there):
                value = self.solver.model().eval(term.value, True)
                if self._asked(here, there, term.value != value) is False and not self._is_end(node, value):
                    return f"{node.id} is exactly {_exactly(value, node)}"
        return ""

    def _in_order(self) -> Iterator[Known]:
        """The fields that conditions name, of the types whose values have an order, each once."""
        known = (node for condition in self.conditions for node in nodes(condition.tree) if isinstance(node, Known))
        yield from {node.id: node for node in known if node.type.kind in _IN_ORDER}.values()

    def _is_end(self, node: Known, value: Any) -> bool:
        """Whether no value of the field is less, or none is more: what is left over at an end is meant."""
        ends = self.names.ranges.get(node.id, ANYWHERE)
        return _exactly(value, node) in {str(end) for end in ends}

    def _can(self, *more: Any) -> bool:
        return self.prover.asked(self.solver, *more) is True

    def _asked(self, *more: Any) -> bool | None:
        """Whether all this can be; where that is hard to tell, it is tried with likely values."""
        answer = self.prover.asked(self.solver, *more)
        return self._guessed(list(more)) if answer is None else answer

    def _guessed(self, fixed: list[Any]) -> bool | None:
        """True where one likely value after another leads to an answer."""
        for unknown in self.unknowns.values():
            for value in unknown.likely:
                answer = self.prover.asked(self.solver, *fixed, self._is(unknown, value))
                if answer:
                    return True
                if answer is None:
                    fixed.append(self._is(unknown, value))
                    break
        return None

    def _being(self, true: Truths) -> Any:
        return self.z3.And([flag == value for flag, value in zip(self.flags, true)])

    def _is(self, unknown: Unknown, value: Value) -> Any:
        if value is None:
            return unknown.term.missing
        return self.z3.And(self.z3.Not(unknown.term.missing), unknown.being(value))

    def _values(self, model: Any) -> dict[str, Value]:
        return {name: self._value(unknown, model) for name, unknown in self.unknowns.items()}

    def _value(self, unknown: Unknown, model: Any) -> Value:
        missing, value = unknown.term
        if self.z3.is_true(model.eval(missing, True)):
            return None
        if isinstance(value, dict):
            return unknown.read({id: self.z3.is_true(model.eval(each, True)) for id, each in value.items()})
        return unknown.read(model.eval(value, True))

    def _holds(self, values: Mapping[str, Value], true: Truths) -> bool:
        """Whether these values make the conditions themselves as z3 says."""
        today = values.get(TODAY)
        known: dict[str, Value] = {name: value for name, value in values.items() if name in self.names.fields}
        scope = Scope(known, today if isinstance(today, date) else ANY_DAY, _Path(values))
        for id, formula in self.names.formulas.items():
            known[id] = formula.evaluate(scope)
        return not self.open and tuple(each.evaluate(scope) is True for each in self.conditions) == true


def _exactly(found: Any, node: Known) -> str:
    """A value of a model as authors write it."""
    if node.type.kind == "date":
        return date.fromordinal(found.as_long()).isoformat()
    return format(numeral(found).normalize(), "f")
