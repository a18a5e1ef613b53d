"""What a board may show, and to whom, at a moment of a round. Pure.

While a round is open nothing public lets the predicted quantity be read or inferred: one function decides,
and every page, export and screen asks it.
"""

from dataclasses import dataclass

from quiz.contests.definition import PublishRule, PublishTime
from quiz.contests.phases import Phase
from quiz.scoring.prediction import HIDDEN_COUNTERS, Counter, Target

SHORT_BOARD = 50  # rows of a board whose depth would give the predicted number away
_BEFORE_CLOSE = frozenset({Phase.DRAFT, Phase.SCHEDULED, Phase.OPEN, Phase.RESTING, Phase.PAUSED})


@dataclass(frozen=True, slots=True)
class Visible:
    """What may be shown. `most_rows` is None for a whole board with pages; `is_held`: boards stand still."""

    board: bool
    own_score: bool
    key: bool
    most_rows: int | None
    hidden: frozenset[Counter]
    is_official: bool
    is_held: bool = False

    @property
    def own_rank(self) -> bool:
        """Whether somebody may be told their own place of this moment."""
        return self.board_rank and not self.is_held

    @property
    def board_rank(self) -> bool:
        """Whether somebody may be told their own place on the board as it is shown."""
        return self.board and Counter.BOARD_DEPTH not in self.hidden

    def shows(self, counter: Counter) -> bool:
        """Whether a public figure may be shown."""
        return counter not in self.hidden


def visible(phase: Phase, target: Target | None, publish: PublishRule, *, is_held: bool = False) -> Visible:
    """What the public and the entrants may see in a phase of a round, by its target and publication rule."""
    hidden: frozenset[Counter] = frozenset()
    if target is not None and phase in _BEFORE_CLOSE:
        hidden = HIDDEN_COUNTERS[target]
    scores = has_come(publish.score, phase)
    return Visible(
        board=scores and has_come(publish.board, phase),
        own_score=scores,
        key=phase.is_over and has_come(publish.key, phase),
        most_rows=SHORT_BOARD if Counter.BOARD_DEPTH in hidden else None,
        hidden=hidden,
        is_official=phase is Phase.PUBLISHED,
        is_held=is_held,
    )


def has_come(when: PublishTime, phase: Phase) -> bool:
    """Whether a moment of publication has come."""
    if when is PublishTime.AT_ONCE:
        return True
    if when is PublishTime.AFTER_CLOSE:
        return phase.is_over
    return when is PublishTime.AFTER_PUBLICATION and phase is Phase.PUBLISHED
