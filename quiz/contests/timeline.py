"""What the clock did with a round, between the steps that people took. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.contests.phases import Phase, RoundAction, RoundWindow


@dataclass(frozen=True, slots=True)
class Step:
    """A step and when it was taken."""

    action: RoundAction
    at: datetime


def clock_steps(window: RoundWindow, taken: Sequence[Step], now: datetime) -> tuple[Step, ...]:
    """The opening and the closing that came by themselves; `taken` are people's steps in their order."""
    if window.phase(now) in (Phase.DRAFT, Phase.SCHEDULED):
        return ()
    found = []
    by_hand = [step.at for step in taken if step.action is RoundAction.OPEN]
    if by_hand and max(by_hand) < window.opens_at <= now:
        found.append(Step(RoundAction.OPEN, window.opens_at))
    closed = _closed_at(window, taken)
    if closed is not None and closed <= now:
        found.append(Step(RoundAction.CLOSE, closed))
    return tuple(found)


def _closed_at(window: RoundWindow, taken: Sequence[Step]) -> datetime | None:
    """When the clock closed the round: at its time, or when a pause that lasted beyond it ended."""
    before = [step for step in taken if step.at < window.closes_at]
    after = [step for step in taken if step.at >= window.closes_at]
    if any(step.action is RoundAction.CLOSE and step.at == window.closes_at for step in after):
        return None  # closed early: its time was moved to that moment
    if any(step.action is RoundAction.CLOSE for step in before):
        return None
    if before and before[-1].action is RoundAction.PAUSE:
        resumed = next((step for step in after if step.action is RoundAction.RESUME), None)
        return resumed.at if resumed else None
    return window.closes_at
