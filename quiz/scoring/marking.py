"""From ticks on a shuffled paper to marks. Pure.

The paper remembers in which order the choices of each question stood; marking goes back through it, so the
shuffling cannot change a mark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question of a paper: `order[i]` is the choice of the revision (from 0) shown at place i."""

    revision_id: int
    order: tuple[int, ...]
    correct: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a paper was done; `right` in the order of the paper."""

    correct: int
    total: int
    right: tuple[bool, ...]

    @property
    def all_correct(self) -> bool:
        """Every question right, of at least one."""
        return self.total > 0 and self.correct == self.total


@dataclass(frozen=True, slots=True)
class Correction:
    """What counts as right for a revision after its key was found wrong.

    Any of the sets of choices (from 0) in `accepted` is right; with `is_void` every answer is, also none.
    """

    accepted: tuple[frozenset[int], ...] = ()
    is_void: bool = False


def chosen(item: PaperItem, shown: Sequence[int]) -> frozenset[int]:
    """The choices of the revision (from 0) behind the places that were ticked (from 1).

    Places that are not on the paper are left out: saving refuses them, and a stray one in stored data must
    not keep a paper from being closed.
    """
    return frozenset(item.order[place - 1] for place in shown if 1 <= place <= len(item.order))


def is_right(item: PaperItem, shown: Sequence[int], correction: Correction | None = None) -> bool:
    """Whether exactly the correct choices are ticked: ticking more, or everything, is wrong."""
    if correction is None:
        return bool(item.correct) and chosen(item, shown) == item.correct
    ticked = chosen(item, shown)
    return correction.is_void or (bool(ticked) and ticked in correction.accepted)


def mark(
    items: Sequence[PaperItem],
    answers: Mapping[int, Sequence[int]],
    corrections: Mapping[int, Correction] | None = None,
) -> Marks:
    """Mark a paper. Answers: place of the question from 1 → places of the ticked choices from 1.

    `corrections` are by revision and take the place of the key.
    """
    known = corrections or {}
    right = tuple(
        is_right(item, answers.get(place, ()), known.get(item.revision_id))
        for place, item in enumerate(items, start=1)
    )
    return Marks(correct=sum(right), total=len(items), right=right)
