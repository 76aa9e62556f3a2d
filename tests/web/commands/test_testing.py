"""`handrail test`."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.web.commands.small import BROKEN, written
from web.cli import main
from web.commands import progress

GUIDE = """\
guide: small
title: A small guide
outcomes: {done: {label: Done, kind: success}, gone: {label: Gone, kind: abandoned}}
fields: {n: {type: integer, label: N, min: 0}, m: {type: integer, label: M, min: n, max: 9}}
anytime: [{id: hung-up, label: Hangs up, outcome: gone}]
steps:
  ask: {ask: [n], branch: [{when: n > 5, to: then}, {to: end}]}
  then: {ask: [m], next: end}
  end: {outcome: done}
walkthroughs:
  - name: Few
    answers: [{ask: {values: {n: 1}}}]
    ends: done
"""
WRONG = GUIDE.replace("    ends: done", "    ends: gone")
CALLING = """\
guide: calling
title: A guide that calls
outcomes: {done: {label: Done, kind: success}}
steps:
  over: {call: {guide: small, otherwise: end}}
  end: {outcome: done}
walkthroughs:
  - name: Through
    answers: [{ask: {values: {n: 7}}}, {then: {values: {m: 8}}}]
    ends: done
"""


def run(*arguments: object) -> Result:
    """What `handrail test` says to these arguments."""
    return CliRunner().invoke(main, ["test", *map(str, arguments)])


def told(*arguments: object) -> dict[str, Any]:
    """Its JSON."""
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return found


def test_walkthroughs_pass_and_what_they_do_not_cover_is_told(tmp_path: Path) -> None:
    (file,) = written(tmp_path, GUIDE)
    done = run(file)
    assert (done.exit_code, done.stderr) == (0, "1 guide, 1 walkthrough, all passed\n")
    left = "not taken: then, ask: case-1, then: next, anytime: hung-up"
    assert done.stdout == f"small: steps 66 %, ways 25 %; {left}\n"


def test_json_is_what_the_contract_says(tmp_path: Path) -> None:
    assert told(*written(tmp_path, GUIDE)) == {
        "walkthroughs": 1,
        "passed": 1,
        "failed": [],
        "coverage": {"small": {"steps": 0.6666, "edges": 0.25}},
    }


def test_a_failing_walkthrough_is_told_with_its_place(tmp_path: Path) -> None:
    (file,) = written(tmp_path, WRONG)
    done, message = run(file), "it ends with 'done', not with 'gone'"
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == f"{file}:13: small 'Few': {message}"
    assert told(file)["failed"] == [{"guide": "small", "name": "Few", "at": f"{file}:13:11", "message": message}]
    assert (told(file)["walkthroughs"], told(file)["passed"]) == (1, 0)


def test_an_unreadable_walkthrough_fails(tmp_path: Path) -> None:
    (file,) = written(tmp_path, GUIDE.replace("answers: [{ask: {values: {n: 1}}}]", "answers: [{ask: {valeus: {}}}]"))
    done = run(file)
    assert done.exit_code == 1
    assert f"{file}:12:" in done.stdout


def test_a_guide_with_errors_fails(tmp_path: Path) -> None:
    (file,) = written(tmp_path, BROKEN)
    done = run(file)
    assert (done.exit_code, done.stderr) == (1, "0 guides, 0 walkthroughs, 1 failure\n")
    assert done.stdout.startswith(f"{file}:5: broken: 'tow' is not a step of this guide")


def test_bytes_that_are_no_guide_fail(tmp_path: Path) -> None:
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00[")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert f"{tmp_path / 'noise.yaml'}:1: noise: " in done.stdout


def test_a_guide_that_leads_into_one_with_errors_fails(tmp_path: Path) -> None:
    calling, small = written(tmp_path, CALLING, GUIDE.replace("to: end}]}", "to: edn}]}"))
    done = run(calling)
    assert (done.exit_code, done.stdout) == (1, f"{calling}:1: calling: a guide that it leads into has errors\n")
    assert small not in done.stdout


def test_a_failing_walkthrough_of_a_called_guide_keeps_nobody_from_playing(tmp_path: Path) -> None:
    calling, _ = written(tmp_path, CALLING, WRONG)
    assert run(calling).exit_code == 0


def test_what_a_caller_s_walkthroughs_take_in_a_called_guide_counts_for_it(tmp_path: Path) -> None:
    files = written(tmp_path, CALLING, GUIDE)
    coverage = told(*files)["coverage"]
    assert coverage == {"calling": {"steps": 1.0, "edges": 1.0}, "small": {"steps": 1.0, "edges": 0.75}}
    assert list(told(files[0])["coverage"]) == ["calling"]


@pytest.mark.parametrize(("share", "code"), [("0.25", 0), ("25", 0), ("25%", 0), ("26", 1), ("0.26", 1), ("1", 1)])
def test_less_than_the_least_coverage_fails(tmp_path: Path, share: str, code: int) -> None:
    assert run(*written(tmp_path, GUIDE), "--min-coverage", share).exit_code == code


@pytest.mark.parametrize("share", ["much", "-1", "101"])
def test_a_coverage_that_is_no_share_is_wrong_usage(tmp_path: Path, share: str) -> None:
    done = run(*written(tmp_path, GUIDE), "--min-coverage", share)
    assert done.exit_code == 2
    assert f"'{share}' is not a share; write it like 90 or 0.9." in done.stderr


def test_exploring_tells_a_dead_end_with_answers_that_walk_replays(tmp_path: Path) -> None:
    (file,) = written(tmp_path, GUIDE)
    done = run(file, "--explore", 30)
    line, answers, *_ = done.stdout.splitlines()
    assert done.exit_code == 1
    assert line.startswith(f"{file}:8: small 'explored with seed 1, walk ")
    (tmp_path / "answers.json").write_text(answers)
    replayed = CliRunner().invoke(main, ["walk", file, "--answers", str(tmp_path / "answers.json")])
    assert (replayed.exit_code, json.loads(replayed.stdout)["step"]) == (1, "then")


def test_the_seed_decides_the_walks(tmp_path: Path) -> None:
    (file,) = written(tmp_path, GUIDE)
    one, again, other = (told(file, "--explore", 30, "--seed", seed) for seed in (1, 1, 2))
    assert one == again != other
    assert one["explored"]["walks"] >= 30
    assert one["failed"][0]["answers"]["answers"]


def test_exploring_a_sound_guide_finds_nothing_but_what_cannot_be_reached(tmp_path: Path) -> None:
    sound = GUIDE.replace("max: 9", "max: n + 1").replace("n > 5", "n * n == 7")
    done = run(*written(tmp_path, sound), "--explore", 5)
    assert done.exit_code == 0
    assert "small: no answers were found that take ask: case-1\n" in done.stderr
    assert "other walks, all passed" in done.stderr


def test_generated_walkthroughs_pass_when_they_are_put_into_the_guide(tmp_path: Path) -> None:
    bare, _, _ = GUIDE.partition("walkthroughs:")
    (file,) = written(tmp_path, bare)
    done = run(file, "--generate")
    assert done.exit_code == 0
    assert "0 walkthroughs" in done.stderr
    Path(file).write_text(bare + done.stdout)
    assert run(file, "--min-coverage", "1").exit_code == 0


def test_what_cannot_be_reached_stands_beside_the_generated_walkthroughs(tmp_path: Path) -> None:
    (file,) = written(tmp_path, GUIDE.replace("n > 5", "n * n == 7"))
    done = run(file, "--generate")
    assert done.stdout.startswith("# small\n# not reached: ask: case-1\n# not reached: then: next\nwalkthroughs:\n")
    generated = told(file, "--generate")["generated"]["small"]
    assert generated[0]["ends"] in ("done", "gone")


def test_a_long_list_of_what_is_not_taken_is_cut(tmp_path: Path) -> None:
    options = "".join(f"      - {{id: o{n}, label: Option {n}, to: end}}\n" for n in range(30))
    head = "guide: small\ntitle: A small guide\noutcomes: {done: {label: Done, kind: success}}\n"
    steps = f"steps:\n  ask:\n    question: Q\n    options:\n{options}  end: {{outcome: done}}\n"
    assert run(*written(tmp_path, head + steps)).stdout.endswith("ask: o17, and 12 more\n")


def test_nothing_is_said_on_the_way_where_nobody_looks_on(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = progress.Progress(after=-1)
    quiet.tell("walking")
    quiet.clear()
    assert capsys.readouterr().err == ""


def test_a_terminal_sees_what_is_done_once_it_takes_a_while(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = progress.Progress(after=-1)
    shown.tell("walk 1")
    shown.tell("walk 2")
    shown.clear()
    assert capsys.readouterr().err == "\r\x1b[Kwalk 1\r\x1b[K"
