"""The example of the format, whole: it compiles without a warning, and its walkthrough goes as it says."""

from pathlib import Path

from engine import walkthroughs
from engine.compiler import compile_guides
from engine.state import standing
from engine.walkthroughs import SOME_DAY
from tests.engine.rules.others import APOLOGY

TEXT = (Path(__file__).parent / "late-payment-short.yaml").read_text(encoding="utf-8")
OTHER = APOLOGY.replace("guide: apology\n", "guide: apology-remediation\n")


def test_the_example_of_the_format_has_no_problem() -> None:
    found = compile_guides({"late-payment-short.yaml": TEXT, "apology-remediation.yaml": OTHER}, SOME_DAY)
    assert [str(problem) for problem in found.problems] == []


def test_the_example_leaves_its_promises_in_the_ledger() -> None:
    guides = compile_guides({"late-payment-short.yaml": TEXT, "apology-remediation.yaml": OTHER}).guides
    guide = guides["late-payment-short"]
    state = walkthroughs.play(guides, guide.id, guide.walkthroughs[0].script, SOME_DAY).state
    assert state is not None
    said = [(each.due.record, each.due.texts.get("what")) for each in standing(state).values()]
    assert said == [
        ("promise", "Pay €120.00 on invoice A-17"),
        ("contact", None),
        ("promise", "Send the agreement in writing"),
    ]
