"""Every figure to 1e-6: against other people's code, and against the definitions in exact fractions.

The data set is constructed (scripts/reference_statistics.py): 120 people, each with eight of twelve
questions, empty answers, and a wrong key at question 7. expected.json holds what numpy and scipy make of
it; the exact side works from the definitions with fractions, person by person.
"""

import csv
import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import pytest

from question_bank.rasch import difficulties
from question_bank.rasch_fit import fits
from question_bank.reliability import Totals
from question_bank.statistics import Asked, Flag, Response, item_statistics
from tests.unit.question_bank.test_rasch import LSAT6, attempts_of

FOLDER = Path(__file__).parent / "files" / "statistics"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
KEYS = EXPECTED["keys"]
ROWS = [
    {item: cell for item, cell in enumerate(row, start=1) if cell != "."}
    for row in list(csv.reader((FOLDER / "attempts.csv").read_text("utf-8").splitlines()))[1:]
]
ITEMS = range(1, len(KEYS) + 1)
EXACTLY = 1e-6


def is_right(item, cell):
    return cell == KEYS[item - 1]


def responses(row):
    return [
        Response(item, float(is_right(item, cell)), () if cell == "-" else ("ABCD".index(cell),))
        for item, cell in row.items()
    ]


@pytest.fixture(scope="module")
def found():
    asked = {item: Asked(4, ("ABCD".index(KEYS[item - 1]),)) for item in ITEMS}
    return item_statistics([responses(row) for row in ROWS], asked)


@pytest.fixture(scope="module")
def levels():
    return difficulties([{item: is_right(item, cell) for item, cell in row.items()} for row in ROWS])


@pytest.mark.parametrize("item", ITEMS)
def test_agrees_with_numpy_and_scipy(found, item):
    one, expected = found[item], EXPECTED["items"][item - 1]
    assert (one.attempts, one.unanswered) == (expected["attempts"], expected["unanswered"])
    for name in ("facility", "deviation", "discrimination", "efficiency", "weight"):
        assert getattr(one, name) == pytest.approx(expected[name], abs=EXACTLY), name
    for choice, wanted in zip(one.choices, expected["choices"], strict=True):
        assert choice.picks == wanted["picks"]
        for name in ("share", "correlation", "mean_rest"):
            assert getattr(choice, name) == pytest.approx(wanted[name], abs=EXACTLY), name


def mean(values):
    return sum(values, Fraction()) / len(values)


def together(a, b):
    """Σ (a − mean a)(b − mean b) / (n − 1), exactly."""
    return sum((x - mean(a)) * (y - mean(b)) for x, y in zip(a, b, strict=True)) / (len(a) - 1)


@pytest.mark.parametrize("item", ITEMS)
def test_agrees_with_exact_fractions(found, item):
    totals = [Fraction(sum(is_right(other, cell) for other, cell in row.items())) for row in ROWS]
    had = [number for number, row in enumerate(ROWS) if item in row]
    x = [Fraction(is_right(item, ROWS[number][item])) for number in had]
    rest = [totals[number] - mark for number, mark in zip(had, x, strict=True)]
    one = found[item]
    assert one.facility == pytest.approx(float(mean(x)), abs=EXACTLY)
    assert one.deviation == pytest.approx(math.sqrt(together(x, x)), abs=EXACTLY)
    coupled = together(x, rest)
    # The square is exact; only its root is not a fraction.
    square = coupled**2 / (together(x, x) * together(rest, rest))
    assert one.discrimination == pytest.approx(math.copysign(100 * math.sqrt(square), coupled), abs=EXACTLY)
    largest = together(sorted(x), sorted(rest))
    assert one.efficiency == pytest.approx(float(100 * coupled / largest), abs=EXACTLY)
    for place, choice in enumerate(one.choices):
        picked = [Fraction(ROWS[number][item] == "ABCD"[place]) for number in had]
        square = together(picked, rest) ** 2 / (together(picked, picked) * together(rest, rest))
        wanted = math.copysign(math.sqrt(square), together(picked, rest))
        assert choice.correlation == pytest.approx(wanted, abs=EXACTLY)


def test_only_the_wrong_key_is_suspected(found):
    suspected = {item: one.suspected_key for item, one in found.items() if one.suspected_key is not None}
    assert suspected == {7: "ABCD".index("B")}
    assert Flag.NEGATIVE_DISCRIMINATION in found[7].flags


def test_reliability():
    totals = Totals()
    for row in ROWS:
        totals.add(responses(row))
    made = totals.reliability()
    assert made.attempts == len(ROWS)
    for name, wanted in EXPECTED["reliability"].items():
        assert getattr(made, name) == pytest.approx(wanted, abs=EXACTLY), name


def test_reliability_by_hand_where_everybody_has_the_same_questions():
    # Marks 11 / 10 / 00: totals 2 1 0, V = 1; questions vary by 1/3 each: α = 2 (1 − 2/3) = 2/3.
    totals = Totals()
    for marks in (((1, 1), (2, 1)), ((2, 0), (1, 1)), ((1, 0), (2, 0))):
        totals.add([Response(item, float(mark)) for item, mark in marks])
    assert totals.reliability().alpha == pytest.approx(2 / 3)
    assert totals.reliability().error == pytest.approx(math.sqrt(1 / 3))
    totals.add([Response(1, 1.0)])  # a shorter paper: no alpha
    assert totals.reliability().alpha is None


def test_difficulties_of_drawn_papers(levels):
    assert [levels[item] for item in ITEMS] == pytest.approx(EXPECTED["rasch_pairs"], abs=EXACTLY)


def test_fit(levels):
    marks = [{item: is_right(item, cell) for item, cell in row.items()} for row in ROWS]
    made = fits(marks, levels)
    for item, wanted in zip(ITEMS, EXPECTED["fit"], strict=True):
        for name, value in wanted.items():
            assert getattr(made[item], name) == pytest.approx(value, abs=EXACTLY), (item, name)


def test_difficulties_of_one_paper_two_other_ways():
    made = difficulties(attempts_of(LSAT6))
    assert [made[item] for item in range(1, 6)] == pytest.approx(EXPECTED["rasch_lsat6"], abs=EXACTLY)
    assert [made[item] for item in range(1, 6)] == pytest.approx(brute_force(), abs=EXACTLY)


def brute_force():
    """The largest conditional likelihood by Newton's method: every pattern, the whole second derivative."""
    level = [0.0] * 5
    patterns = list(itertools.product((0, 1), repeat=5))
    for _ in range(30):
        slope = [0.0] * 5
        curve = [[1.0] * 5 for _ in range(5)]  # the ones hold the mean at zero
        for pattern, times in LSAT6.items():
            alike = [one for one in patterns if sum(one) == pattern.count("1")]
            ways = [math.exp(-sum(b for b, mark in zip(level, one, strict=True) if mark)) for one in alike]
            whole = sum(ways)
            chance = [sum(w for w, one in zip(ways, alike, strict=True) if one[i]) / whole for i in range(5)]
            for i in range(5):
                slope[i] += times * (chance[i] - int(pattern[i]))
                for j in range(5):
                    pairs = zip(ways, alike, strict=True)
                    both = sum(w for w, one in pairs if one[i] and one[j]) / whole
                    curve[i][j] += times * (both - chance[i] * chance[j])
        level = [b + step for b, step in zip(level, solve(curve, slope), strict=True)]
    return [b - sum(level) / 5 for b in level]


def solve(matrix, right):
    """Gauss's elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(len(rows)):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[index][-1] / rows[index][index] for index in range(len(rows))]
