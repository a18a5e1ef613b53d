"""What a drill is and what it saw."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the criteria held, and the figures in words."""

    passed: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Run:
    """On what a drill runs: "sqlite" or "postgresql", its seed, how the server is broken, and how long.

    `scale` is 1 for the whole drill; quick ones take a fraction of its rounds.
    """

    kind: str
    seed: int
    broken: str = ""
    scale: float = 1.0

    def times(self, count: int) -> int:
        """A number of rounds for this scale, at least one."""
        return max(1, round(count * self.scale))


@dataclass(frozen=True, slots=True)
class Drill:
    """One line of the table. `control` names the break that this drill has to notice."""

    code: str
    title: str
    play: Callable[[Run], Outcome]
    control: str
    kinds: tuple[str, ...] = ("sqlite", "postgresql")
    control_kinds: tuple[str, ...] = ("sqlite",)


def told(checks: dict[str, bool], figures: str) -> Outcome:
    """Passed when every check holds; those that do not are named before the figures."""
    wrong = [name for name, holds in checks.items() if not holds]
    return Outcome(not wrong, (f"NOT: {', '.join(wrong)}; " if wrong else "") + figures)
