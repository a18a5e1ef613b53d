"""Charts: bars and lines stand where their numbers say, letters do not lie on each other."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from question_bank.statistics import Flag
from quiz.analysis.choosing import needs_review, ordered
from quiz.analysis.plots import column_chart, round_up, spread, trace_chart


def test_bars():
    chart = column_chart([("0", 0), ("1", 5), ("2", 20)])
    assert [rung.value for rung in chart.rungs] == [0, 4, 8, 12, 16, 20]
    low, high = chart.columns[1], chart.columns[2]
    assert high.height == pytest.approx(4 * low.height)
    assert {round(bar.y + bar.height, 1) for bar in chart.columns} == {196.0}
    assert [bar.is_marked for bar in chart.columns] == [False, False, True]
    assert chart.highest is high
    assert column_chart([]) is column_chart([("0", 0)]) is None


def test_lines_of_choices():
    chart = trace_chart([(0.0, 1.0), (0.5, 0.5), (1.0, 0.0)], correct=[1])
    wrong, key = chart.traces
    assert (wrong.is_key, wrong.style, key.is_key, key.style) == (False, 1, True, 0)
    assert [y for _, y in wrong.points] == [196.0, 107.0, 18.0]
    assert [y for _, y in key.points] == [18.0, 107.0, 196.0]
    assert chart.places == (44, 237.0, 430)
    assert trace_chart([(0.3, 0.7)], correct=[1]) is None


@pytest.mark.parametrize(
    "wanted", [[100.0, 100.0, 100.0], [196.0, 195.0, 194.0, 20.0], [18.0, 196.0], [190.0] * 8]
)
def test_letters_keep_apart_and_on_the_canvas(wanted):
    found = spread(wanted)
    near = sorted(found)
    assert all(b - a >= 15.9 for a, b in pairwise(near))
    assert max(found) <= 196
    assert [found.index(y) for y in sorted(found)] == sorted(range(len(wanted)), key=lambda i: (wanted[i], i))


@pytest.mark.parametrize(
    "count, top", [(1, 5), (5, 5), (6, 10), (11, 20), (21, 25), (26, 50), (201, 250), (1001, 2000)]
)
def test_scales_divide_well(count, top):
    assert round_up(count) == top


@dataclass(frozen=True)
class Row:
    number: int
    attempts: int = 100
    facility: float | None = 0.5
    flags: tuple[Flag, ...] = ()


ROWS = [Row(1, 100, 0.9), Row(2, 100, 0.2), Row(3, 100, None), Row(4, 5, 0.1), Row(5, 100, 0.2)]


@pytest.mark.parametrize(
    "column, descending, numbers",
    [
        ("number", False, [1, 2, 3, 4, 5]),
        ("number", True, [5, 4, 3, 2, 1]),
        ("facility", False, [2, 5, 1, 3, 4]),
        ("facility", True, [1, 2, 5, 3, 4]),
        ("attempts", False, [4, 1, 2, 3, 5]),
        ("no such column", False, [1, 2, 3, 4, 5]),
    ],
)
def test_order(column, descending, numbers):
    """Without a figure, or with too few attempts for one: last, whichever way it is sorted."""
    assert [row.number for row in ordered(ROWS, column, descending=descending)] == numbers


def test_what_calls_for_a_look():
    assert needs_review((Flag.UNUSED_CHOICE, Flag.KEY_SUSPECT))
    assert not needs_review((Flag.UNUSED_CHOICE, Flag.TOO_EASY))
