"""What conditions ask for, in parts that can be met one after the other."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from engine.expressions.closures import closure
from engine.expressions.expression import Expression, Scope
from engine.expressions.tree import Logic, Node
from engine.influence import Owned, conditions
from engine.model import Branch, Guide

Part = Callable[[Scope], bool]


class Aim(NamedTuple):
    """One way for a condition to be true: when all `parts` are; `fields` are those of its guide that it is made of."""

    parts: tuple[Part, ...]
    fields: frozenset[str]

    def met(self, scope: Scope) -> int:
        """How many of the parts are true."""
        return sum(part(scope) for part in self.parts)


def aims(guide: Guide, feeding: Mapping[Owned, set[Owned]]) -> Iterator[Aim]:
    """Every way for every condition of a guide to be true; a branch case only where no case before it is.

    `feeding` are the fields that a field is made of (`influence.sources`).
    """
    before: dict[int, tuple[Expression, ...]] = {}
    for step in guide.steps.values():
        if isinstance(step.exit, Branch):
            tests = [case.when for case in step.exit.cases if case.when]
            before.update((id(test), tuple(tests[:number])) for number, test in enumerate(tests))
    for condition in conditions(guide):
        others = before.get(id(condition), ())
        names = condition.fields.union(*(other.fields for other in others))
        fields = _made_of(guide.id, names, feeding)
        for nodes in _alternatives(condition.tree):
            yield Aim((*map(_true, nodes), *map(_not_true, others)), fields)


def _alternatives(node: Node) -> list[tuple[Node, ...]]:
    if not isinstance(node, Logic):
        return [(node,)]
    if node.word == "and":
        return [node.parts]
    return [each for part in node.parts for each in _alternatives(part)]


def _true(node: Node) -> Part:
    evaluate = closure(node)
    return lambda scope: evaluate(scope) is True


def _not_true(condition: Expression) -> Part:
    return lambda scope: condition.evaluate(scope) is not True


def _made_of(guide: str, names: frozenset[str], feeding: Mapping[Owned, set[Owned]]) -> frozenset[str]:
    found, waiting = set(names), sorted(names)
    while waiting:
        for owner, name in feeding.get((guide, waiting.pop()), ()):
            if owner == guide and name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)
