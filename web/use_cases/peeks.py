"""What the answers on view would lead to, for a page that shows its next step before the server has answered."""

from collections.abc import Mapping

from engine.replies import Reply
from web.storage.people import Person
from web.use_cases.desk import reasoned
from web.use_cases.moves import Look, Moves, Session
from web.use_cases.refusals import StaleError

MOST = 9
"""How many answers have a key of their own."""


class Peeks:
    """The use case of looking ahead: the walker says where each answer leads, and nothing is written (FORMAT §6)."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    def ahead(self, person: Person, session: Session, seq: int, reply: Reply) -> Mapping[str, Look]:
        """What the answers of a page that showed `seq` lead to, by the option's id, or "" for *Continue*; at most 9.

        `reply` is what stands in the step's form. Answers that it does not suffice for are left out, and locked ones.
        Raises `StaleError`, `NotFoundError`, and `RefusedError` for a reason of more than 1,000 characters.
        """
        look, reply = self._moves.look(person, session), reasoned(reply)
        if not look.state.moved <= seq <= look.state.seq:
            raise StaleError(look)
        moment = self._moves.moment(person, look.state.started.time_zone, look.head)
        return self._moves.foresee(look, {id: reply._replace(option=id or None) for id in _answers(look)}, moment)


def _answers(look: Look) -> list[str]:
    """The ids of the answers on view that are open; one of no name where there is nothing to choose."""
    if look.state.status == "ended":
        return []
    options = look.screen.options
    return [option.id for option in options[:MOST] if option.allowed] if options else [""]
