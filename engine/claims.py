"""What an author says must hold on every path (FORMAT §2.5)."""

from dataclasses import dataclass

from engine.problems import Path


@dataclass(frozen=True, slots=True)
class Selector:
    """Steps that a rule speaks of: by `step`, `tag`, `outcome` or `stage`; `any` is the `start`, or every `end`."""

    kind: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class EveryPath:
    """Claim: every path to one of these steps passes one of those."""

    to: Selector
    passes: Selector


@dataclass(frozen=True, slots=True)
class NoPath:
    """Claim: no path leads from one of these steps to one of those, or none without a third between them."""

    start: Selector
    to: Selector
    without: Selector | None = None


@dataclass(frozen=True, slots=True)
class LongestPath:
    """Claim: nobody sees more steps than this in one walk, each loop walked once."""

    steps: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What an author says must hold on every path, `because` of something; `path` leads to the key of the claim.

    With `anytime`, what is offered at every step counts as a way on too.
    """

    id: str
    claim: EveryPath | NoPath | LongestPath
    path: Path
    because: str = ""
    anytime: bool = False

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors of its claim."""
        if isinstance(self.claim, LongestPath):
            return ()
        if isinstance(self.claim, EveryPath):
            return self.claim.to, self.claim.passes
        return tuple(each for each in (self.claim.start, self.claim.to, self.claim.without) if each)
