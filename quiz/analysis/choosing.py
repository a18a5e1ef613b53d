"""Which questions a table shows, and in which order. Pure."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from question_bank.statistics import MIN_ATTEMPTS, Flag

# What calls for a look at the question; the other flags are remarks.
WORRYING = (Flag.KEY_SUSPECT, Flag.NEGATIVE_DISCRIMINATION, Flag.TOO_HARD)


class Sortable(Protocol):
    """The figures that a table is sorted by."""

    @property
    def number(self) -> int:
        """The question's number in its bank."""

    @property
    def attempts(self) -> int:
        """How many attempts had it."""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is striking about it."""


Line = TypeVar("Line", bound=Sortable)
_FIGURES: dict[str, Callable[[Any], float | None]] = {
    "number": lambda line: line.number,
    "attempts": lambda line: line.attempts,
    "facility": lambda line: line.facility,
    "discrimination": lambda line: line.discrimination,
    "efficiency": lambda line: line.efficiency,
    "difficulty": lambda line: line.difficulty,
}
COLUMNS = tuple(_FIGURES)


def needs_review(flags: Sequence[Flag]) -> bool:
    """Whether somebody should look at the question."""
    return any(flag in WORRYING for flag in flags)


def is_meaningful(attempts: int) -> bool:
    """Whether there are enough attempts to show figures."""
    return attempts >= MIN_ATTEMPTS


def ordered(lines: Sequence[Line], column: str, *, descending: bool) -> list[Line]:
    """By a column; what has no figure stands last in both directions, then by number."""
    column = column if column in _FIGURES else "number"
    figure = _FIGURES[column]

    def key(line: Line) -> tuple[bool, float, int]:
        value = figure(line)
        hidden = value is None or not (is_meaningful(line.attempts) or column in ("number", "attempts"))
        return hidden, 0.0 if value is None or hidden else (-value if descending else value), line.number

    return sorted(lines, key=key)
