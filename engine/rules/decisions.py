"""The conditions that decide together: those of a branch, and those of a step's options."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from engine.expressions.expression import Expression
from engine.expressions.types import UNKNOWN
from engine.fields.field import Field
from engine.graph import GuideGraph
from engine.model import Branch, Call, Options, Step
from engine.rules.domains import LISTED, Range
from engine.rules.knowledge import knowledge_of
from engine.rules.proofs import Names, Trial, tried, written_out
from engine.rules.prover import Proof, Prover

Tried: TypeAlias = Trial | Proof
"""Conditions tried together: with every combination of values, or by z3."""


class Decisions:
    """What is tried of a guide, once for all rules that ask."""

    def __init__(self, graph: GuideGraph) -> None:
        self.graph = graph
        self.guide = graph.guide
        self._trials: dict[str, Tried | None] = {}
        self._alike: dict[tuple[str, ...], Tried | None] = {}

    def branch(self, step: Step) -> Tried | None:
        """The conditions of its branch together; None where there are none, or one is wrong, or too many to try."""
        exit = step.exit
        cases = exit.cases if isinstance(exit, Branch) else ()
        conditions = [case.when for case in cases if case.when]
        if step.id not in self._trials:
            wrong = any(condition.type.kind != "boolean" for condition in conditions)
            self._trials[step.id] = self._tried(conditions, self.after(step)) if conditions and not wrong else None
        return self._trials[step.id]

    def _tried(self, conditions: Sequence[Expression], names: Names) -> Tried | None:
        """The trial of conditions that read alike, with the same fields surely known, is the same."""
        fields = sorted({field for condition in conditions for field in names.behind(condition)})
        key = (*(condition.source for condition in conditions), "", *(field for field in fields if names.facts(field)))
        if key not in self._alike:
            self._alike[key] = self.better(tried(conditions, names), conditions, names)
        return self._alike[key]

    def better(self, trial: Trial | None, conditions: Sequence[Expression], names: Names) -> Tried | None:
        """The trial where it tells all there is; else what z3 tells, if it is there."""
        told = (trial and trial.exact) or any(condition.type == UNKNOWN for condition in conditions)
        if told or self._prover is None or self._prover.spent:
            return trial
        return Proof(self._prover, conditions, names, trial)

    @cached_property
    def _prover(self) -> Prover | None:
        return Prover(self.graph.solver()) if self.graph.solver else None

    def alone(self, step: Step, condition: Expression) -> Tried | None:
        """One condition of a step by itself, before the step is answered."""
        return self._tried([condition], self.before(step)) if condition.type.kind == "boolean" else None

    def before(self, step: Step) -> Names:
        """What conditions can name before the step is answered."""
        knowledge = knowledge_of(self.graph)
        facts = knowledge.facts(knowledge.sure.get(step.id, 0))
        return Names(self.guide.fields, facts, self.ranges, dict(self.guide.computed))

    def after(self, step: Step, *, listed: bool = False) -> Names:
        """What conditions can name once the step's answers are taken; `listed`, only fields that list all values."""
        knowledge = knowledge_of(self.graph)
        known = knowledge.after_asking(step, knowledge.sure.get(step.id, 0))
        facts = knowledge.facts(knowledge.after_setting(step.sets, known))
        return Names(self._listed if listed else self.guide.fields, facts, self.ranges, dict(self.guide.computed))

    @cached_property
    def _listed(self) -> Mapping[str, Field]:
        return {id: field for id, field in self.guide.fields.items() if field.type in LISTED}

    @cached_property
    def ranges(self) -> Mapping[str, Range]:
        """The bounds, where they are written out, of fields whose every value is held against them."""
        outside = {id for id, field in self.guide.fields.items() if field.fact or field.source or field.computed}
        free = outside.union(self._given_freely())
        bounds = {id: each for id, each in self.guide.bounds.items() if id not in free}
        return {id: Range(_end(each.min), _end(each.max)) for id, each in bounds.items()}

    def _given_freely(self) -> Iterator[str]:
        """The fields that are set, taken, or handed over by another guide: nothing is held against bounds then."""
        for step in self.guide.steps.values():
            yield from (each.field for each in step.sets)
            yield from (take.ours for take in (step.exit.take if isinstance(step.exit, Call) else ()))
            options = step.exit.options if isinstance(step.exit, Options) else ()
            yield from (each.field for option in options for each in option.sets)
        for entry in self.guide.anytime:
            yield from (each.field for each in entry.option.sets)
            yield from (take.ours for take in (entry.detour.take if entry.detour else ()))
        for other in self.graph.others.values():
            yield from (given.field for lead in other.leads if lead.guide == self.guide.id for given in lead.given)


@lru_cache(maxsize=1)
def decisions_of(graph: GuideGraph) -> Decisions:
    """What is tried of this guide, worked out once for all rules that ask in turn."""
    return Decisions(graph)


def _end(bound: Expression | None) -> Any:
    return written_out(bound.tree) if bound else None
