"""Counts as the geometry of charts, drawn by templates/components/charts.html. Pure: numbers in, places out.

Bars may carry a second count, to compare with (dashed) or to stand on the first (stacked).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 250
_LEFT, _TOP, _BASE = 44, 22, 222
_SOLID, _DASHED = 0.52, 0.68  # of a place's width
_LABELLED = 3  # bars that carry their number
_MOST_TICKS = 16  # labels that fit below
SPARK_WIDTH, SPARK_HEIGHT = 120, 28


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
class Place:
    """One label with its counts: `now` (None: has not come) and `other`, of which the bars are made."""

    label: str
    middle: float
    now: int | None
    other: int
    first: Bar | None
    second: Bar | None
    is_ticked: bool = True


@dataclass(frozen=True, slots=True)
class BarChart:
    """A whole chart of bars. `running` is the label whose time is not over."""

    places: tuple[Place, ...]
    rungs: tuple[Rung, ...]
    highest: int
    highest_label: str
    running: str = ""

    def rows(self, unfinished: str) -> list[tuple[str, int | None, int]]:
        """The same as a table; the label whose time is not over says so."""
        return [
            (
                f"{place.label} {unfinished}" if place.label == self.running else place.label,
                place.now,
                place.other,
            )
            for place in self.places
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One series; `points` as an SVG polyline has them."""

    name: str
    values: tuple[int, ...]
    points: str
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over the same labels."""

    places: tuple[Place, ...]
    rungs: tuple[Rung, ...]
    lines: tuple[Line, ...]
    highest: int


def hour_chart(today: Sequence[int], before: Sequence[int], running: int) -> BarChart | None:
    """Today against the day before, 24 counts each; None where both days are empty."""
    counts = [today[hour] if hour <= running else 0 for hour in range(24)]
    busy = [hour for hour in range(24) if counts[hour] or before[hour]]
    if not busy:
        return None
    hours = range(min(busy), max(max(busy), running) + 1)
    return compared(
        [(f"{hour:02d}", today[hour] if hour <= running else None, before[hour]) for hour in hours],
        running=f"{running:02d}",
    )


def compared(values: Sequence[tuple[str, int | None, int]], running: str = "") -> BarChart | None:
    """Bars, each with a dashed one around it for the count that it is compared with; None without counts."""
    top = _top(max(now or 0, other) for _label, now, other in values)
    if top is None:
        return None
    labelled = _largest([now or 0 for _label, now, _other in values])
    places = []
    for at, (label, now, other) in enumerate(values):
        left, width = _slot(at, len(values))
        first = _bar(left, width, _SOLID, now or 0, top, at in labelled)
        second = _bar(left, width, _DASHED, other, top)
        places.append(_place(label, at, len(values), now, other, first, second))
    return _bars(places, top, running)


def stacked(values: Sequence[tuple[str, int, int]], running: str = "") -> BarChart | None:
    """Bars of two counts, the second on top of the first; None without counts."""
    top = _top(one + two for _label, one, two in values)
    if top is None:
        return None
    labelled = _largest([one + two for _label, one, two in values])
    places = []
    for at, (label, one, two) in enumerate(values):
        left, width = _slot(at, len(values))
        first = _bar(left, width, _DASHED, one, top)
        whole = _bar(left, width, _DASHED, one + two, top, at in labelled)
        second = None
        if whole is not None:
            height = round(whole.height - (first.height if first else 0), 1)
            second = Bar(whole.x, whole.y, whole.width, height, whole.label)
        places.append(_place(label, at, len(values), one, two, first, second))
    return _bars(places, top, running)


def line_chart(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> LineChart | None:
    """Series as lines; None without two labels or without counts."""
    top = _top(count for _name, counts in series for count in counts)
    if top is None or len(labels) < 2:
        return None
    places = [_place(label, at, len(labels), None, 0, None, None) for at, label in enumerate(labels)]
    lines = []
    for name, counts in series:
        spots = [(place.middle, _y(count, top)) for place, count in zip(places, counts, strict=True)]
        lines.append(Line(name, tuple(counts), " ".join(f"{x},{y}" for x, y in spots), spots[-1]))
    return LineChart(tuple(places), _rungs(top), tuple(lines), max(max(counts) for _name, counts in series))


def sparkline(counts: Sequence[int]) -> str:
    """The points of a line without axes, on a canvas of SPARK_WIDTH × SPARK_HEIGHT; empty without counts."""
    most = max(counts, default=0)
    if not most or len(counts) < 2:
        return ""
    step, room = (SPARK_WIDTH - 4) / (len(counts) - 1), SPARK_HEIGHT - 4
    return " ".join(
        f"{round(2 + step * at, 1)},{round(2 + room * (1 - count / most), 1)}"
        for at, count in enumerate(counts)
    )


def _bars(places: Sequence[Place], top: int, running: str) -> BarChart:
    def height(place: Place) -> int:
        return place.now or 0

    peak = max(places, key=height)
    return BarChart(tuple(places), _rungs(top), height(peak), peak.label, running)


def _place(
    label: str, at: int, count: int, now: int | None, other: int, first: Bar | None, second: Bar | None
) -> Place:
    left, width = _slot(at, count)
    every = -(-count // _MOST_TICKS) if count > 24 else 1
    return Place(label, round(left + width / 2, 1), now, other, first, second, at % every == 0)


def _slot(at: int, count: int) -> tuple[float, float]:
    width = (WIDTH - _LEFT) / count
    return _LEFT + width * at, width


def _largest(counts: Sequence[int]) -> set[int]:
    return set(sorted(range(len(counts)), key=lambda at: counts[at], reverse=True)[:_LABELLED])


def _y(count: int, top: int) -> float:
    return round(_BASE - (_BASE - _TOP) * count / top, 1)


def _bar(left: float, width: float, share: float, count: int, top: int, labelled: bool = False) -> Bar | None:
    if not count:
        return None
    return Bar(
        x=round(left + width * (1 - share) / 2, 1),
        y=_y(count, top),
        width=round(width * share, 1),
        height=round((_BASE - _TOP) * count / top, 1),
        label=count if labelled else None,
    )


def _rungs(top: int) -> tuple[Rung, ...]:
    steps = next(steps for steps in (5, 4, 2, 1) if top % steps == 0)
    return tuple(Rung(_y(top * step // steps, top), top * step // steps) for step in range(steps + 1))


def _top(counts: Iterable[int]) -> int | None:
    """The next number above all counts that divides well: 5, 10, 20, 50, 100 …; None where all are 0."""
    most = max(counts, default=0)
    if not most:
        return None
    scale = 1
    while True:
        for step in (5, 10, 20, 25):
            if most <= step * scale:
                return step * scale
        scale *= 10
