"""Counts by hour as the geometry of a bar chart. Pure: numbers in, places on a canvas out."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 250
_LEFT, _TOP, _BASE = 44, 22, 222
_SOLID, _DASHED = 0.52, 0.68  # of an hour's width
_LABELLED = 3  # bars that carry their number


@dataclass(frozen=True, slots=True)
class Rung:
    """A line across the chart with its number."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `label` is the number above it, None for most."""

    x: float
    y: float
    width: float
    height: float
    label: int | None = None

    @property
    def middle(self) -> float:
        """Where the number stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: what has been counted today (None: has not come) and what was counted the day before."""

    hour: int
    middle: float
    now: int | None
    before: int
    solid: Bar | None
    dashed: Bar | None


@dataclass(frozen=True, slots=True)
class HourChart:
    """A whole chart. `running` is the hour that is not over."""

    hours: tuple[Hour, ...]
    rungs: tuple[Rung, ...]
    running: int
    highest: int
    highest_hour: int


def hour_chart(today: Sequence[int], before: Sequence[int], running: int) -> HourChart | None:
    """Today against the day before, 24 counts each; None where both days are empty."""
    counts = [today[hour] if hour <= running else 0 for hour in range(24)]
    busy = [hour for hour in range(24) if counts[hour] or before[hour]]
    if not busy:
        return None
    first, last = min(busy), max(max(busy), running)
    top = _round_up(max(*counts, *before))
    width = (WIDTH - _LEFT) / (last - first + 1)
    labelled = sorted(range(24), key=lambda hour: counts[hour], reverse=True)[:_LABELLED]
    hours = []
    for hour in range(first, last + 1):
        left = _LEFT + width * (hour - first)
        now = counts[hour] if hour <= running else None
        solid = _bar(left, width, _SOLID, counts[hour], top, hour in labelled)
        dashed = _bar(left, width, _DASHED, before[hour], top)
        hours.append(Hour(hour, round(left + width / 2, 1), now, before[hour], solid, dashed))
    peak = max(range(24), key=lambda hour: counts[hour])
    return HourChart(tuple(hours), _rungs(top), running, counts[peak], peak)


def _bar(left: float, width: float, share: float, count: int, top: int, labelled: bool = False) -> Bar | None:
    if not count:
        return None
    height = (_BASE - _TOP) * count / top
    return Bar(
        x=round(left + width * (1 - share) / 2, 1),
        y=round(_BASE - height, 1),
        width=round(width * share, 1),
        height=round(height, 1),
        label=count if labelled else None,
    )


def _rungs(top: int) -> tuple[Rung, ...]:
    steps = next(steps for steps in (5, 4, 2, 1) if top % steps == 0)
    return tuple(
        Rung(round(_BASE - (_BASE - _TOP) * step / steps, 1), top * step // steps)
        for step in range(steps + 1)
    )


def _round_up(count: int) -> int:
    """The next number that divides well: 5, 10, 20, 50, 100, 200, 500 …"""
    scale = 1
    while True:
        for step in (5, 10, 20, 25):
            if count <= step * scale:
                return step * scale
        scale *= 10
