"""Every problem an author can be told is in the catalogue, and every rule's help page is right."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

import engine
from engine.problems import Severity
from engine.rules.catalogue import CODES, MODULES, PROVED, RULES
from tests.engine.guides import check_text
from tests.engine.rules.others import APOLOGY, chain

HOME = Path(engine.__file__).parent
TELLERS = {"Finding", "Fault", "Problem", "Mistake", "Code", "tell", "warn", "_wrong"}
_LOOKS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
TABLE = """
source error: alias anchor colon-in-text complex-key control-character duplicate-key empty-file flow-trap merge-key
  nbsp-indentation needs-quotes not-a-mapping not-utf8 second-document tab-indentation tag too-deep too-large
  too-many-values yaml-syntax
source warning: cut-by-comment
schema error: bad-id empty missing-key no-exit not-allowed-value out-of-range reserved-id too-long too-short two-exits
  unclear-rule unknown-key wrong-type
expressions error: expression-syntax expression-too-deep expression-too-long expression-type number-too-long
  unfit-format unknown-field unknown-format unknown-function unknown-option unknown-step
building error: bad-default bad-image bad-pattern computed-asked computed-loop computed-set duplicate-id
  missing-currency missing-image missing-options not-for-type two-sources unknown-document unknown-option-set
  unknown-stage
compiler error: duplicate-guide wrong-name
silences warning: idle-silence
translation error: bad-translation
translation warning: old-translation
walkthroughs error: failing-walkthrough
rules error: automatic-loop broken-rule call-loop closed-to-clients content-on-outcome may-strand missing-otherwise
  never-asked no-way-out outside-image too-many-frames unfit-call unknown-guide unknown-outcome unknown-tag
  unmapped-outcome unsafe-link used-before-set
rules warning: asked-again blame-wording duplicate-label long-say may-be-missing never-fires nothing-for-clients
  promise-without-record raw-html review-past unfit-agreement unreachable-step unused-document unused-field
  unused-option-set unused-outcome
rules info: narrow-gap overlap
"""
"""Every code, by where it is found and how bad it is."""
_OTHERS = [APOLOGY, *chain(9)[1:]]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the engine's source text, by the name of what is called."""
    for file in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield name, node


def words(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and _LOOKS.fullmatch(each.value):
            yield each.value


def told() -> Iterator[str]:
    """The codes that the source text tells problems by."""
    for name, call in calls():
        if name in TELLERS:
            yield from (word for argument in call.args[:1] for word in words(argument))
            yield from (word for keyword in call.keywords if keyword.arg == "code" for word in words(keyword.value))
        yield from _kinds(name, call)


def _kinds(name: str, call: ast.Call) -> Iterator[str]:
    """The codes `unknown-…` of a call that looks a name up among those of its kind."""
    for argument in call.args[:1]:
        if name == "known" and isinstance(argument, ast.Constant):
            yield f"unknown-{argument.value!s}"


def examples(module: ModuleType) -> tuple[str, str]:
    """The wrong and the mended guide of a rule's help page."""
    wrong, mended = re.split(r"^Mended.*\n", str(module.__doc__), flags=re.MULTILINE)
    return _block(re.split(r"^Wrong.*(?:\n\S.*)*\n", wrong, flags=re.MULTILINE)[1]), _block(mended)


def _block(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


def test_every_code_is_as_bad_as_it_should_be() -> None:
    found: dict[str, set[str]] = {}
    for each in CODES.values():
        found.setdefault(f"{each.where} {each.severity}", set()).add(each.code)
    lines = (line.split(":") for line in TABLE.replace("\n  ", " ").strip().splitlines())
    assert found == {place: {*codes.split()} for place, codes in lines}
    assert all(code == each.code for code, each in CODES.items())
    assert sorted(PROVED) == ["narrow-gap", "never-fires", "overlap"]


def test_no_problem_is_missing_from_the_catalogue() -> None:
    found = set(told())
    assert len(found) > 40
    assert found - CODES.keys() == set()


def test_every_code_of_the_catalogue_stands_in_the_engine() -> None:
    source = "\n".join(file.read_text() for file in HOME.rglob("*.py") if file.name != "catalogue.py")
    schema = (HOME.parent / "schemas" / "guide.schema.json").read_text()
    kinds = {kind for name, call in calls() for kind in _kinds(name, call)}
    lost = [code for code in CODES if f'"{code}"' not in source + schema and code not in kinds | {"unknown-step"}]
    assert lost == []


def test_every_code_has_a_line_of_its_own() -> None:
    summaries = [code.summary for code in CODES.values()]
    assert all(summaries)
    assert len(set(summaries)) == len(summaries)
    assert len(RULES) == len(MODULES)


def test_a_rule_file_holds_each_rule() -> None:
    support = {
        "__init__",
        "catalogue",
        "certainty",
        "clients",
        "decisions",
        "domains",
        "formulas",
        "knowledge",
        "lengths",
        "markdown",
        "proofs",
        "prover",
        "unknowns",
        "uses",
        "ways",
        "wording",
    }
    files = {file.stem for file in (HOME / "rules").glob("*.py")} - support
    assert {module.__name__.rpartition(".")[2] for module in MODULES} == files
    assert {module.CODE.replace("-", "_") for module in MODULES} == files


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.CODE))
def test_the_help_page_shows_what_is_wrong_and_its_mend(module: ModuleType) -> None:
    wrong, mended = examples(module)
    assert module.CODE in [code for code, _, _ in check_text(wrong, *_OTHERS)]
    assert check_text(mended, *_OTHERS) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.CODE))
def test_a_help_page_has_a_heading_of_one_line(module: ModuleType) -> None:
    heading, blank, *_ = str(module.__doc__).split("\n")
    assert heading.endswith(".")
    assert blank == ""
    assert CODES[module.CODE].severity in Severity
