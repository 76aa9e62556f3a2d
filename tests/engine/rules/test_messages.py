"""What an author reads of each rule, word for word: what is said of the wrong guide on the rule's page."""

import re
from textwrap import dedent
from types import ModuleType

import pytest

from engine.compiler import compile_guides
from engine.problems import Problem
from engine.rules.catalogue import MODULES
from tests.engine.guides import TODAY
from tests.engine.rules.others import APOLOGY, chain

OTHERS = {"apology.yaml": APOLOGY} | {f"g{number}.yaml": text for number, text in enumerate(chain(9)[1:], 2)}
SAID = """\
content-on-outcome error
  'bye' ends the guide when it is reached, so its 'question' could never be answered
    move it to the step before
missing-otherwise error
  one of these conditions is always true, but the last entry of 'sort' has to stand without one
    delete its 'when'
may-strand error
  no option of 'ask' is open where days is less than 30
    let one option stand without 'when' and 'allow'
no-way-out error
  no outcome can be reached from 'wait'
    give one of these steps a way to an outcome
automatic-loop error
  'sort' and 'again' lead in a circle without anybody being asked
    give one of them something to say or to ask, or lead out of the circle
used-before-set error
  'invoice' cannot have a value yet when 'hello' needs it here
    ask for it in an earlier step
never-asked error
  'invoice' is used, but nothing gives it a value
    ask for it in a step, or write 'given: true' if it is known when a session starts
unknown-guide error
  there is no guide 'apologie'
    did you mean 'apology'?
unknown-outcome error
  'dome' is not an outcome of this guide
    did you mean 'done'?
unmapped-outcome error
  when 'apology' ends with 'refused', this call has no way on
    name a step for it under 'on', or one for all others under 'otherwise'
unfit-call error
  'apology' must be given 'client_name', and this call does not hand it over
    add it under 'with'
  'client' is not a given field of 'apology'
    it is given 'client_name' and 'invoice'
call-loop error
  these guides call each other in a circle: mirror → mirror
    go back within one guide instead of calling it again
too-many-frames error
  here more than 8 guides are open inside each other: g1 → g2 → g3 → g4 → g5 → g6 → g7 → g8 → g9
    let one of them do its work without calling the next
closed-to-clients error
  'seen' must be ticked, but clients see no checks, so none of them could go on
    leave out 'required', or ask them what must be known
unsafe-link error
  the link to 'file:///terms.pdf' is not allowed
    links start with https://, http://, mailto: or tel:
outside-image error
  a text cannot show a picture
    list its file under 'images' of the step, or link to it without the '!'
unknown-tag error
  'evidense' is not a tag of any step of this guide or of one that it leads to
    did you mean 'evidence'?
broken-rule error
  the path hello → gentle breaks the rule 'look-first': We are certain before we ask
    lead it through tag 'evidence', or change the rule
unreachable-step warning
  no path leads to 'island'
    lead to it from another step, or delete it
never-fires warning
  an entry above is taken always, so this one never is
    move the entry without 'when' to the end
  an entry above is taken always, so this one never is
    move the entry without 'when' to the end
  no answers lead to 'firm'
    correct the conditions that should lead here, or delete the step
asked-again warning
  'invoice' has been asked by then on a path to 'second'
    show the answer instead, or ask only where it is missing: 'when: not is_answered(invoice)'
may-be-missing warning
  'contact' may have no value here
    ask for it on every path to this step, or say what stands for it: coalesce(…, 0), coalesce(…, 'text')
unused-field warning
  nothing asks for 'invoice', sets it or reads it
    use it in a step, or delete it
unused-outcome warning
  no step ends with the outcome 'refused'
    end a step with it, or delete it
unused-option-set warning
  no step uses the option set 'yes-only'
    write 'options: {use: yes-only}' in a step, or delete the set
unused-document warning
  no step offers the document 'confirmation'
    write 'documents: [confirmation]' in a step, or delete it
unfit-agreement warning
  the agreement 'terms' is written without 'limt'
    did you mean 'limit'?
nothing-for-clients warning
  clients see nothing of 'prepare' but a button to go on
    add 'say:', or move what is for staff to a step that clients see something of
long-say warning
  9 words in 9 lines are to be said here; a screen holds 90 in 8
    keep what must be said in these words, and make points or another step of the rest
raw-html warning
  '<b>' is HTML, which is shown as it is typed
    write Markdown, like **bold**
blame-wording warning
  “You failed” puts the blame on the client
    say what happened, what it means and what can be done
promise-without-record warning
  “I will” promises something, and no way on from here records a promise by us
    add 'records:' with a promise by us, and when it is due
duplicate-label warning
  'agreed-later' is labelled 'Agrees', just like 'agreed'
    say what is different about it
review-past warning
  this guide was to be checked again by 2024-01-31
    read it through with those who use it, then set a new date
overlap info
  where broken is exactly 2 and days is less than 5, this is true and an entry above it too, which is taken
    change their order if that is not meant
narrow-gap info
  this falls to the last entry only when days is exactly 30
    let another entry take it, with <= or >=
"""
"""Each rule's code and severity, and below them what it says, with how to mend it."""


def problems(page: str) -> list[Problem]:
    """What is told of the wrong guide of a rule's page."""
    _, _, rest = page.partition("\nWrong, at line")
    text = dedent(rest.partition("\n\n")[2].partition("\nMended")[0])
    found = re.search(r"guide: (\S+)", text)
    assert found
    file = f"{found[1]}.yaml"
    told = compile_guides({**OTHERS, file: text}, TODAY).problems
    return [problem for problem in told if problem.file == file]


def said(code: str) -> list[str]:
    """What the table has of a rule: its severity, then what it says."""
    parts = re.split(r"^(\S+) ", SAID, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))[code].splitlines()


@pytest.mark.parametrize("rule", MODULES, ids=lambda rule: rule.CODE)
def test_a_rule_says_what_is_wrong_and_how_to_mend_it(rule: ModuleType) -> None:
    severity, *expected = said(rule.CODE)
    found = [problem for problem in problems(str(rule.__doc__)) if problem.code == rule.CODE]
    assert [line for each in found for line in (f"  {each.message}", f"    {each.hint}")] == expected
    assert {problem.severity for problem in found} == {severity}
    line, column = map(int, re.findall(r"^Wrong, at line (\d+), column (\d+)", str(rule.__doc__), re.MULTILINE)[0])
    assert (line, column) in [problem.position for problem in found]
