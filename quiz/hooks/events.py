"""Which events of a round are due, from what is stored, what was told already and what time it is. Pure.

A round opens and closes by the clock with nobody acting. So an event is not the echo of an act: it is what
the row and the clock say now and nobody has written down yet. Each is told once; a round that is prolonged
after its close was told opens and closes a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quiz.contests.phases import Phase, RoundState, RoundWindow

_BEGUN = frozenset({Phase.OPEN, Phase.RESTING, Phase.PAUSED})


class HookEvent(StrEnum):
    """What can be told. PING is asked for by hand, to try an address."""

    OPENED = "round.opened"
    CLOSED = "round.closed"
    PUBLISHED = "round.published"
    PING = "ping"


ROUND_EVENTS = (HookEvent.OPENED, HookEvent.CLOSED, HookEvent.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Due:
    """An event that nobody has written down yet; `occurrence` counts its kind in the round from 1."""

    event: HookEvent
    occurrence: int
    occurred_at: datetime


def due_events(
    window: RoundWindow, state_since: datetime, told: Sequence[HookEvent], now: datetime
) -> tuple[Due, ...]:
    """What is due in a round, in the order in which it happened; `told`: what was written down, in order."""
    phase = window.phase(now)
    due: list[Due] = []

    def add(event: HookEvent, at: datetime) -> None:
        due.append(Due(event, 1 + told.count(event), at))

    turns = [event for event in told if event is not HookEvent.PUBLISHED]
    last = turns[-1] if turns else None
    if phase in _BEGUN and last is not HookEvent.OPENED:
        add(HookEvent.OPENED, now if last else _opened_at(window, state_since))
    if phase.is_over:
        if last is None and window.opens_at < min(now, window.closes_at):
            add(HookEvent.OPENED, _opened_at(window, state_since))
        if last is not HookEvent.CLOSED:
            add(HookEvent.CLOSED, min(window.closes_at, now))
    if phase is Phase.PUBLISHED and HookEvent.PUBLISHED not in told:
        add(HookEvent.PUBLISHED, state_since)
    return tuple(due)


def _opened_at(window: RoundWindow, state_since: datetime) -> datetime:
    """By the clock, or when it was released after its time had begun."""
    return max(window.opens_at, state_since) if window.state is RoundState.READY else window.opens_at
