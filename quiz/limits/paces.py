"""How hard the proof of work is: by how often this browser and its network pressed lately. Pure.

A person costs at most the first, cheap step, whoever else comes from the same address at the pace of people.
What comes faster than people type, or again and again from one browser, costs twice as much step by step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quiz.limits.deeds import LIMITS, MINUTE, TEN_MINUTES, Deed
from quiz.limits.windows import Rate

HOUR = 3600
# Each step doubles the work: the last one is sixteen times the first.
HARDEST = 4
# So many presses more of the network, or of the browser, and the next step is reached.
_NETWORK_WIDTH, _BROWSER_WIDTH = 20, 4
# A crowd that comes slower than one a second for a while is asked too, at the first step.
_ASKED_SHARE = 0.4
# In a rush, starts of one browser within the hour that are not yet many.
_UNHURRIED = 2


class Press(StrEnum):
    """What is counted to judge the pace; a press that brings its proof is taken off again."""

    NETWORK = "network presses"
    NETWORK_SPELL = "network presses of ten minutes"
    BROWSER = "browser presses"
    BROWSER_HOUR = "browser presses of an hour"


RATES: Mapping[Press, Rate] = {
    Press.NETWORK: Rate(0, MINUTE),
    Press.NETWORK_SPELL: Rate(0, TEN_MINUTES),
    Press.BROWSER: Rate(0, TEN_MINUTES),
    Press.BROWSER_HOUR: Rate(0, HOUR),
}
Pace = Mapping[Press, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Presses of a network, as set: in a minute before any proof, in ten minutes before a harder one."""

    asked_from: int
    harder_from: int


def is_watched(deed: Deed) -> bool:
    """Whether a proof may be asked for at all."""
    return LIMITS[deed].unasked is not None


def find_step(deed: Deed, pace: Pace, thresholds: Thresholds, *, is_known: bool) -> int | None:
    """Which step the next press has to prove, 0 the cheapest; None: no proof at all.

    `is_known`: the person entered before this rush, so that only what their own browser does makes it harder.
    """
    unasked = LIMITS[deed].unasked
    if unasked is None:
        return None
    spell, own = pace.get(Press.NETWORK_SPELL, 0.0), pace.get(Press.BROWSER, 0.0)
    is_rush = spell > thresholds.harder_from
    is_crowd = (
        pace.get(Press.NETWORK, 0.0) > thresholds.asked_from or spell > thresholds.harder_from * _ASKED_SHARE
    )
    if not is_crowd and own <= unasked:
        return None
    steps = [_steps(own - unasked, _BROWSER_WIDTH)]
    if is_rush:
        steps.append(int(max(0.0, pace.get(Press.BROWSER_HOUR, 0.0) - _UNHURRIED)))
    if is_rush and not is_known:
        steps.append(1 + _steps(spell - thresholds.harder_from, _NETWORK_WIDTH))
    return min(HARDEST, max(steps))


def _steps(over: float, width: int) -> int:
    """How many whole widths were passed; the first of them is still step 0."""
    return max(0, int((over - 1) // width))
