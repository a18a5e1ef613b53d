"""Numbers as the geometry of small charts. Pure: shares and counts in, places on a canvas out."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 230
_LEFT, _RIGHT, _TOP, _BASE = 44, 472, 18, 196
_STEPS_RIGHT = 430  # room for letters at the ends of the lines
_BAR = 0.72
_APART = 16.0


@dataclass(frozen=True, slots=True)
class Rung:
    """A line across the chart; `value` is a count, or a share in percent."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Column:
    """One bar; `is_marked` ones carry their number."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    count: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Counts side by side."""

    columns: tuple[Column, ...]
    rungs: tuple[Rung, ...]
    highest: Column


@dataclass(frozen=True, slots=True)
class Trace:
    """One choice over the groups; `style` numbers the dashes of wrong choices from 1, 0 is the key."""

    choice: int
    is_key: bool
    style: int
    points: tuple[tuple[float, float], ...]
    end_y: float

    @property
    def path(self) -> str:
        """The points as an SVG polyline has them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class TraceChart:
    """How often each choice was picked, from the weakest group to the strongest."""

    traces: tuple[Trace, ...]
    rungs: tuple[Rung, ...]
    places: tuple[float, ...]


def column_chart(values: Sequence[tuple[str, int]]) -> ColumnChart | None:
    """Bars with labels below; None when there is nothing to show."""
    most = max((count for _, count in values), default=0)
    if not most:
        return None
    top = round_up(most)
    step = (_RIGHT - _LEFT) / len(values)
    columns = [
        Column(
            x=round(_LEFT + step * (place + (1 - _BAR) / 2), 1),
            y=round(_BASE - (_BASE - _TOP) * count / top, 1),
            width=round(step * _BAR, 1),
            height=round((_BASE - _TOP) * count / top, 1),
            middle=round(_LEFT + step * (place + 0.5), 1),
            label=label,
            count=count,
            is_marked=count == most,
        )
        for place, (label, count) in enumerate(values)
    ]
    return ColumnChart(tuple(columns), _rungs(top), max(columns, key=lambda one: one.count))


def trace_chart(shares: Sequence[Sequence[float]], correct: Sequence[int]) -> TraceChart | None:
    """`shares[group][choice]`; None with fewer than two groups, where nothing rises or falls."""
    if len(shares) < 2:
        return None
    step = (_STEPS_RIGHT - _LEFT) / (len(shares) - 1)
    places = tuple(round(_LEFT + step * group, 1) for group in range(len(shares)))
    lines, style = [], 0
    for choice in range(len(shares[0])):
        is_key = choice in correct
        style += not is_key
        ys = [round(_BASE - (_BASE - _TOP) * group[choice], 1) for group in shares]
        lines.append((choice, is_key, 0 if is_key else style, tuple(zip(places, ys, strict=True))))
    ends = spread([points[-1][1] for *_, points in lines])
    traces = tuple(Trace(*line, end_y=end) for line, end in zip(lines, ends, strict=True))
    return TraceChart(traces, tuple(Rung(_at(share), share) for share in (0, 25, 50, 75, 100)), places)


def spread(wanted: Sequence[float], apart: float = _APART) -> list[float]:
    """Places as near to the wanted ones as leaves room between them: letters must not lie on each other."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for index in order:
        placed[index] = lowest = max(wanted[index], lowest + apart)
    limit = float(_BASE)
    for index in reversed(order):
        placed[index] = limit = min(placed[index], limit)
        limit -= apart
    return [round(placed[index], 1) for index in range(len(wanted))]


def round_up(count: int) -> int:
    """The next number that divides well: 5, 10, 20, 25, 50, 100 …"""
    scale = 1
    while True:
        for step in (5, 10, 20, 25):
            if count <= step * scale:
                return step * scale
        scale *= 10


def _at(percent: int) -> float:
    return round(_BASE - (_BASE - _TOP) * percent / 100, 1)


def _rungs(top: int) -> tuple[Rung, ...]:
    parts = 5 if top % 5 == 0 else 4
    return tuple(
        Rung(round(_BASE - (_BASE - _TOP) * part / parts, 1), top * part // parts)
        for part in range(parts + 1)
    )
