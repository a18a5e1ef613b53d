"""In which phase a round is, from what is stored and what time it is. Pure.

Stored is only what a person decided (`RoundState`); the clock does the rest. So a round opens and closes to
the second without any job running.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from quiz.contests.hours import OpenHours


class RoundState(StrEnum):
    """What the organisers decided."""

    DRAFT = "draft"
    READY = "ready"  # opens and closes by the clock
    PAUSED = "paused"
    CLOSED = "closed"
    FROZEN = "frozen"  # figures fixed, results being checked
    PUBLISHED = "published"


class Phase(StrEnum):
    """What is so now."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    RESTING = "resting"  # within its time, outside of its days and hours
    PAUSED = "paused"
    CLOSED = "closed"
    FROZEN = "frozen"
    PUBLISHED = "published"

    @property
    def is_over(self) -> bool:
        """Nobody can take part any more."""
        return self in {Phase.CLOSED, Phase.FROZEN, Phase.PUBLISHED}


class RoundAction(StrEnum):
    """What organisers can do with a round, on pages and on the command line."""

    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    FREEZE = "freeze"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class RoundWindow:
    """When a round is open, with the organisers' decision. The closing time itself is outside.

    With `hours` it is open only then; after the last of them there is nothing to wait for, and it is closed.
    """

    opens_at: datetime
    closes_at: datetime
    state: RoundState
    hours: OpenHours | None = None

    def held_since(self, minutes: int, now: datetime) -> datetime | None:
        """When the last `minutes` before the close began, while they last; None at any other time."""
        since = self.closes_at - timedelta(minutes=minutes)
        return since if minutes and since <= now and not self.phase(now).is_over else None

    def phase(self, now: datetime) -> Phase:
        """The phase at a moment."""
        if self.state not in {RoundState.READY, RoundState.PAUSED}:
            return Phase(self.state.value)
        if self.state is RoundState.PAUSED:
            return Phase.PAUSED  # also past its end: who was interrupted is still owed the time
        if now >= self.closes_at:
            return Phase.CLOSED
        if now < self.opens_at:
            return Phase.SCHEDULED
        if self.hours is None or self.hours.open_until(now) is not None:
            return Phase.OPEN
        return Phase.RESTING if self.reopens_at(now) is not None else Phase.CLOSED

    def reopens_at(self, now: datetime) -> datetime | None:
        """When it opens next after its hours of today; None if it does not."""
        opening = self.hours.next_opening(max(now, self.opens_at)) if self.hours else None
        return opening if opening is not None and opening < self.closes_at else None

    def ends_at(self, now: datetime) -> datetime:
        """Until when somebody who starts now could work at most: the closing, or the end of today's hours."""
        until = self.hours.open_until(now) if self.hours else None
        return self.closes_at if until is None else min(until, self.closes_at)


# Which phases allow an action, and the state that it leads to. A scheduled round may be opened before its
# time and an open one closed before its time: the service then moves the times as well.
_STEPS: dict[RoundAction, tuple[frozenset[Phase], RoundState]] = {
    RoundAction.OPEN: (frozenset({Phase.DRAFT, Phase.SCHEDULED}), RoundState.READY),
    RoundAction.PAUSE: (frozenset({Phase.OPEN, Phase.RESTING}), RoundState.PAUSED),
    RoundAction.RESUME: (frozenset({Phase.PAUSED}), RoundState.READY),
    RoundAction.CLOSE: (
        frozenset({Phase.SCHEDULED, Phase.OPEN, Phase.RESTING, Phase.PAUSED, Phase.CLOSED}),
        RoundState.CLOSED,
    ),
    RoundAction.FREEZE: (frozenset({Phase.CLOSED}), RoundState.FROZEN),
    RoundAction.PUBLISH: (frozenset({Phase.FROZEN}), RoundState.PUBLISHED),
}


def next_state(window: RoundWindow, action: RoundAction, now: datetime) -> RoundState | None:
    """The state after an action, or None if the round's phase does not allow it.

    Closing what the clock has closed already is allowed: it only writes the decision down.
    """
    phases, state = _STEPS[action]
    return state if window.phase(now) in phases else None


def possible_actions(window: RoundWindow, now: datetime) -> tuple[RoundAction, ...]:
    """The actions to offer now, in the order of a round's life."""
    return tuple(
        action
        for action in RoundAction
        if (state := next_state(window, action, now)) is not None and state is not window.state
    )
