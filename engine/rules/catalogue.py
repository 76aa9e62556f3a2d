"""The rules, and the one table of every problem an author can be told."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from engine.graph import GuideGraph
from engine.problems import Finding, Severity
from engine.rules import (
    asked_again,
    automatic_loop,
    blame_wording,
    broken_rule,
    call_loop,
    closed_to_clients,
    content_on_outcome,
    duplicate_label,
    long_say,
    may_be_missing,
    may_strand,
    missing_otherwise,
    narrow_gap,
    never_asked,
    never_fires,
    no_way_out,
    nothing_for_clients,
    outside_image,
    overlap,
    promise_without_record,
    raw_html,
    review_past,
    too_many_frames,
    unfit_agreement,
    unfit_call,
    unknown_guide,
    unknown_outcome,
    unknown_tag,
    unmapped_outcome,
    unreachable_step,
    unsafe_link,
    unused_document,
    unused_field,
    unused_option_set,
    unused_outcome,
    used_before_set,
)

Rule = Callable[[GuideGraph], Iterator[Finding]]


class Code(NamedTuple):
    """One kind of problem: how bad it is, what is wrong in a line, and which part of the engine finds it."""

    code: str
    severity: Severity
    summary: str
    where: str


MODULES: tuple[ModuleType, ...] = (
    content_on_outcome,
    missing_otherwise,
    may_strand,
    no_way_out,
    automatic_loop,
    used_before_set,
    never_asked,
    unknown_guide,
    unknown_outcome,
    unmapped_outcome,
    unfit_call,
    call_loop,
    too_many_frames,
    closed_to_clients,
    unsafe_link,
    outside_image,
    unknown_tag,
    broken_rule,
    unreachable_step,
    never_fires,
    asked_again,
    may_be_missing,
    unused_field,
    unused_outcome,
    unused_option_set,
    unused_document,
    unfit_agreement,
    nothing_for_clients,
    long_say,
    raw_html,
    blame_wording,
    promise_without_record,
    duplicate_label,
    review_past,
    overlap,
    narrow_gap,
)
"""Every rule; its docstring is its help page. A new one: copy a neighbour, add a line here."""

RULES: tuple[Rule, ...] = tuple(module.check for module in MODULES)

_ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "source": {
        "anchor": "an anchor (&name), which guides do not have",
        "alias": "an alias (*name), which guides do not have",
        "colon-in-text": "': ' inside a text without quotes",
        "complex-key": "a key that is not a plain text",
        "control-character": "a character that is not text",
        "cut-by-comment": "a text without quotes that ' #' cuts off",
        "duplicate-key": "a key that is there twice",
        "empty-file": "a file without a guide",
        "flow-trap": "a value inside {} or [] that breaks off",
        "merge-key": "a merge key (<<), which guides do not have",
        "nbsp-indentation": "indentation with a character that only looks like a space",
        "needs-quotes": "a text that starts with a character YAML has another use for",
        "not-a-mapping": "a file that is not made of keys and values",
        "not-utf8": "bytes that are not UTF-8",
        "second-document": "a second document in one file",
        "tab-indentation": "indentation with a tab",
        "tag": "a tag (!name), which guides do not have",
        "too-deep": "values inside values, too many levels deep",
        "too-large": "a file that is too large",
        "too-many-values": "a file with too many values",
        "yaml-syntax": "a text that is not YAML",
    },
    "schema": {
        "bad-id": "an id of a form that ids do not have",
        "empty": "a key without a value",
        "missing-key": "a key that must be there and is not",
        "no-exit": "a step that does not say how it goes on",
        "not-allowed-value": "a value that is not one of those possible here",
        "out-of-range": "a number outside what is possible here",
        "reserved-id": "a step with an id that means something else",
        "too-long": "more characters or entries than are possible here",
        "too-short": "fewer characters than are needed here",
        "unclear-rule": "a rule that does not say one thing that must hold",
        "two-exits": "a step that goes on in two ways",
        "unknown-key": "a key that means nothing here",
        "wrong-type": "a value of another kind than is due here",
    },
    "expressions": {
        "expression-syntax": "an expression that cannot be read",
        "expression-too-deep": "an expression with too many parts inside each other",
        "expression-too-long": "an expression that is too long",
        "expression-type": "values that do not go together in an expression",
        "number-too-long": "a number with too many digits",
        "unfit-format": "a format for another type of value",
        "unknown-field": "a field that is not declared",
        "unknown-format": "a format that does not exist",
        "unknown-function": "a function that does not exist",
        "unknown-option": "an option that the field or step does not have",
        "unknown-step": "a step that does not exist",
    },
    "building": {
        "bad-default": "a default that the field would refuse",
        "bad-image": "an image that cannot be shown",
        "bad-pattern": "a pattern that cannot be used",
        "computed-asked": "a computed field that is asked for",
        "computed-loop": "fields that are computed from each other",
        "computed-set": "a computed field that is set",
        "duplicate-id": "an id that is there twice",
        "missing-currency": "money without a currency",
        "missing-image": "an image that is not in the guide's folder",
        "missing-options": "a choice without options",
        "not-for-type": "a key that means nothing for this type of field",
        "two-sources": "a field with two sources of its value",
        "unknown-document": "a document that is not declared",
        "unknown-option-set": "an option set that does not exist",
        "unknown-stage": "a stage that is not declared",
    },
    "compiler": {
        "duplicate-guide": "two guides with one id",
        "wrong-name": "a guide whose id is not the name of its file",
    },
    "silences": {
        "idle-silence": "a remark to Handrail that silences nothing",
    },
    "translation": {
        "bad-translation": "a translation that cannot be used",
        "old-translation": "a translation of a text that is no longer in the guide",
    },
    "walkthroughs": {
        "failing-walkthrough": "a walkthrough that does not end as its author says",
    },
}
_WARNINGS = frozenset({"cut-by-comment", "idle-silence", "old-translation"})


def _rule(module: ModuleType) -> Code:
    summary = str(module.__doc__).partition("\n")[0].rstrip(".")
    return Code(module.CODE, module.SEVERITY, summary, "rules")


def _elsewhere(where: str) -> Iterator[Code]:
    for code, summary in _ELSEWHERE[where].items():
        yield Code(code, Severity.WARNING if code in _WARNINGS else Severity.ERROR, summary, where)


CODES: Mapping[str, Code] = MappingProxyType(
    {
        each.code: each
        for each in (*(found for where in _ELSEWHERE for found in _elsewhere(where)), *map(_rule, MODULES))
    }
)
"""Every problem an author can be told, by its code."""
PROVED = frozenset({narrow_gap.CODE, never_fires.CODE, overlap.CODE})
"""The codes of problems of which some are told only where z3 is there."""
