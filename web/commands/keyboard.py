"""Walking a guide by keyboard: a screen, a prompt for each thing to fill in, and one key an answer."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine import walker
from engine.errors import HandrailError, Refusal, RefusedError
from engine.events import Moment
from engine.model import Guide
from engine.replies import Reply
from engine.screen import build
from engine.state import State
from engine.visits import Guides
from engine.walker import Opening
from engine.walkthroughs import no_records
from web.commands import files, terminal, transcript
from web.commands.console import CommandError, Console, LeftError
from web.commands.form import Entry, Form, entered


class Walked(NamedTuple):
    """What is walked: a guide, and all that it can reach; `save` is where the answers are kept, or None."""

    guides: Guides
    guide: Guide
    save: Path | None = None


class Walk:
    """One walk at the keyboard; `clock` gives the moment of each request."""

    def __init__(self, walked: Walked, clock: Callable[[], Moment]) -> None:
        self._walked = walked
        self._clock = clock
        self._console = Console(self._note)
        self._state: State | None = None
        self._form: Form | None = None

    def run(self) -> None:
        """Walk until the person leaves: by `q`, by Ctrl+C, or because there is no more input.

        Raises `UnwritableFileError`, `FileThereError` for the answers, which are shown then.
        """
        try:
            self._state = self._started()
            while True:
                self._state = self._turn(self._state)
        except (LeftError, EOFError, KeyboardInterrupt):
            self._leave()

    def _started(self) -> State:
        guide, console = self._walked.guide, self._console
        console.show(terminal.styled(line, "title") for line in terminal.wrapped(guide.title, console.columns))
        console.show(terminal.wrapped(guide.summary, console.columns))
        console.quiet("? for help, /q to leave")
        given: dict[str, Any] = {}
        refused: Mapping[str, Refusal] | None = None
        while True:
            for field in guide.given:
                if refused is None or field.id in refused:
                    given[field.id] = self._given(Entry(field, field.required, field.default))
            opening = Opening(given, guide.language, facts=no_records(self._walked.guides), preview=True)
            try:
                return walker.start(self._walked.guides, guide.id, opening, self._clock()).state
            except RefusedError as error:
                refused = self._refused(error)

    def _given(self, entry: Entry) -> Any:
        """The value of a field with which the guide starts; there is nothing else to do yet."""
        while True:
            try:
                return entered(self._console, entry, self._walked.guide.language)
            except CommandError:
                self._console.say("The first step is still to come; fill this in, or leave with /q.")

    def _turn(self, state: State) -> State:
        """Show the screen and take one answer, or whatever else the person asks for."""
        form = self._form
        if form is None or form.visit is not state.visit:
            self._form = form = Form(self._console, state)
        self._show(form)
        try:
            try:
                if state.status == "ended":
                    self._console.show([""])
                    self._console.line("Enter to leave, b back, c change an answer, n note:")
                    raise LeftError
                return self._answered(form, "")
            except CommandError as asked:
                return self._carried_out(asked.command, form)
        except CommandError:
            self._console.quiet("Nothing has changed.")
        except HandrailError as error:
            self._console.say(str(error))
        return self._here

    def _show(self, form: Form) -> None:
        self._console.attend(form.screen)
        columns = self._console.columns
        self._console.show(terminal.screen_lines(form.screen, columns))
        self._console.show(terminal.gap_lines(form.gaps, columns))
        self._console.show(terminal.anytime_lines(form.screen, columns))

    def _answered(self, form: Form, step: str) -> State:
        """Ask for all that the step needs, then again for what was refused, until the answer is taken."""
        refused: Mapping[str, Refusal] | None = None
        while True:
            reply = form.fill(refused)
            try:
                return self._sent(form, reply, step)
            except RefusedError as error:
                refused = self._refused(error)

    def _sent(self, form: Form, reply: Reply, step: str) -> State:
        """The state after a reply to the step on the screen, or to the earlier one that `step` names.

        A second person approves at the step itself, so an earlier one is then gone back to.
        """
        state = self._here
        approvals = {what: by for what, by in form.approvals.items() if what in reply.reasons}
        if step and not approvals:
            return walker.change(state, step, reply, self._clock()).state
        if step:
            state = walker.back(state, self._clock(), step).state
        for what, by in approvals.items():
            moment = self._clock()._replace(actor=by)
            state = walker.approve(state, what, True, reply.reasons[what], moment).state
        return walker.answer(state, reply, self._clock()).state

    def _carried_out(self, command: str, form: Form) -> State:
        if command == "b":
            return walker.back(self._here, self._clock()).state
        if command == "c":
            return self._changed()
        if command == "j":
            step = self._picked("Number of the step to go back to, or Enter to stay:")
            return walker.back(self._here, self._clock(), step).state if step else self._here
        if command == "s":
            reason = self._console.text("Your reason for skipping this step:")
            return walker.skip(self._here, reason, self._clock()).state
        return self._taken_anytime(int(command[1:]), form)

    def _changed(self) -> State:
        """An earlier step answered anew; what was answered there is shown filled in."""
        step = self._picked("Number of the answer to change, or Enter to stay:")
        if not step:
            return self._here
        form = Form(self._console, walker.back(self._here, self._clock(), step).state)
        form.screen = form.screen._replace(anytime=(), skippable=False)
        self._show(form)
        self._console.show([""])
        self._console.quiet("You change this answer; b leaves it as it was.")
        return self._answered(form, step)

    def _picked(self, prompt: str) -> str:
        """The name of one of the steps answered, or "" for none."""
        steps = transcript.passed(self._here)
        if not steps:
            self._console.say("Nothing has been answered yet.")
            return ""
        labels = (f"{step.title} — {step.said}" if step.said else step.title for step in steps)
        self._console.show(["", *terminal.choice_lines(labels, self._console.columns)])
        number = self._console.number(prompt, len(steps))
        return steps[number - 1].name if number else ""

    def _taken_anytime(self, number: int, form: Form) -> State:
        entry = form.screen.anytime[number - 1]
        reasons = form.unlocked(entry)
        return self._here if reasons is None else self._sent(form, Reply(entry.id, reasons=reasons), "")

    def _note(self) -> None:
        if self._state is None:
            self._console.say("There is no step to note anything at yet.")
        elif text := self._console.text("Note:"):
            self._state = walker.note(self._state, text, self._clock()).state
            self._console.show(["Noted."])

    @property
    def _here(self) -> State:
        """The state as it stands, notes written at a prompt included."""
        assert self._state is not None, "only asked once the walk has begun"
        return self._state

    def _refused(self, error: RefusedError) -> Mapping[str, Refusal]:
        for refusal in error.refusals.values():
            self._console.say(refusal.message)
        return error.refusals

    def _leave(self) -> None:
        """Say where the walk stands, and show the answers so far or keep them."""
        self._console.show([""])
        if self._state is None:
            self._console.quiet("You left before the first step.")
            return
        screen, answers = build(self._state), transcript.document(self._state)
        ended = f"The walk ended: {screen.outcome['label']}." if screen.outcome else ""
        self._console.quiet(ended or f"You left at “{screen.content.title}”.")
        try:
            self._keep(answers)
        except HandrailError:
            self._console.show(answers.splitlines())
            raise

    def _keep(self, answers: str) -> None:
        save, console = self._walked.save, self._console
        if save is not None:
            files.create(save, answers.encode())
            console.show([f"Your answers are in {save}; --answers {save} replays them."])
        elif transcript.passed(self._here):
            console.quiet("Your answers, as --answers replays them (--save FILE keeps them):")
            console.show(["", *answers.splitlines()])
