"""Units under the formulas of real contests, checked by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from quiz.scoring.collective import (
    Formula,
    Gate,
    Trouble,
    UnitFigures,
    gate_for,
    gate_trouble,
    participation,
    rank_units,
    unit_value,
)

# fmt: off
#             code  headcount people attempts correct all correct
UNITS = [
    UnitFigures("A",  100,      70,    90,     600,   20),
    UnitFigures("B",   50,      35,   200,     280,    5),   # 70 %, like A
    UnitFigures("C",  200,     120,   130,    1000,   40),   # 60 %
    UnitFigures("D",   12,      12,    12,     120,   12),   # 100 %
    UnitFigures("E",   12,      13,    30,     100,    0),   # more than there are
    UnitFigures("F", None,      50,    60,     400,    9),   # headcount never told
    UnitFigures("G",   40,       0,     0,       0,    0),
]
# fmt: on


def board(formula: Formula, gates: tuple[Gate, ...] = ()) -> str:
    return " ".join(
        f"{standing.rank}{standing.code}" if standing.rank else f"{standing.code}:{standing.trouble}"
        for standing in rank_units(formula, UNITS, gates)
    )


@pytest.mark.parametrize(
    "formula,expected",
    [
        # A before B: as good a rate, more people
        (Formula.PARTICIPATION_RATE, "1D 2A 3B 4C 5G E:over_100_percent F:headcount_missing"),
        (Formula.PARTICIPANTS, "1C 2A 3F 4B 5E 6D 7G"),
        (Formula.ATTEMPTS, "1B 2C 3A 4F 5E 6D 7G"),
        (Formula.TOTAL_SCORE, "1C 2A 3F 4B 5D 6E 7G"),
        (Formula.ALL_CORRECT, "1C 2A 3D 4F 5B 6E 7G"),
        # D 10; A 8.57; C 8.33; B and F 8, F has more people; E 7.69
        (Formula.MEAN_SCORE, "1D 2A 3C 4F 5B 6E G:no_participants"),
        # people CAFBED 10…5, score CAFBDE 10…5, attempts BCAFED 10…5:
        # C 10+10+9, A 9+9+8, F 8+8+7, B 7+7+10, E 6+5+6, D 5+6+5, G nothing
        (Formula.RANK_POINTS, "1C 2A 3B 4F 5E 6D 7G"),
    ],
)
def test_boards(formula: Formula, expected: str) -> None:
    assert board(formula) == expected


def test_values_are_exact() -> None:
    standings = {standing.code: standing for standing in rank_units(Formula.PARTICIPATION_RATE, UNITS)}
    assert standings["A"].value == standings["B"].value == Fraction(7, 10)
    assert standings["E"].value is None
    points = {standing.code: standing.value for standing in rank_units(Formula.RANK_POINTS, UNITS)}
    assert points == {"A": 26, "B": 24, "C": 29, "D": 16, "E": 17, "F": 23, "G": 0}


def test_thirteen_of_twelve_is_a_mistake_and_not_108_percent() -> None:
    assert participation(UnitFigures("E", 12, 13, 13, 0, 0)) is Trouble.OVER_100_PERCENT
    assert participation(UnitFigures("D", 12, 12, 13, 0, 0)) == 1


@pytest.mark.parametrize("headcount", [None, 0])
def test_without_headcount_there_is_no_rate(headcount: int | None) -> None:
    assert participation(UnitFigures("F", headcount, 5, 5, 0, 0)) is Trouble.HEADCOUNT_MISSING


def test_units_equal_in_everything_share_a_place() -> None:
    twins = [
        UnitFigures(code, 10, people, 9, 50, 1) for code, people in (("z", 5), ("a", 5), ("m", 9), ("k", 1))
    ]
    ranked = rank_units(Formula.PARTICIPANTS, twins)
    assert [(standing.rank, standing.code) for standing in ranked] == [(1, "m"), (2, "a"), (2, "z"), (4, "k")]


def test_eleven_equal_units_all_get_ten_points_a_list() -> None:
    units = [UnitFigures(f"{n:02}", 10, 5, 5, 5, 0) for n in range(11)]
    assert {standing.value for standing in rank_units(Formula.RANK_POINTS, units)} == {30}


def test_the_eleventh_of_a_list_gets_nothing() -> None:
    units = [UnitFigures(f"{n:02}", 10, 50 - n, 50 - n, 50 - n, 0) for n in range(12)]
    values = [standing.value for standing in rank_units(Formula.RANK_POINTS, units)]
    assert values == [30, 27, 24, 21, 18, 15, 12, 9, 6, 3, 0, 0]


BANDS = (
    Gate(100, Decimal("0.25")),
    Gate(50, Decimal("0.30")),
    Gate(None, Decimal("0.20")),
)


@pytest.mark.parametrize(
    "headcount,rate",
    [(1, "0.30"), (49, "0.30"), (50, "0.25"), (99, "0.25"), (100, "0.20"), (5000, "0.20")],
)
def test_the_gate_of_a_size(headcount: int, rate: str) -> None:
    gate = gate_for(BANDS, headcount)
    assert gate is not None
    assert gate.rate == Decimal(rate)


def test_large_units_may_be_without_gate() -> None:
    assert gate_for(BANDS[:2], 100) is None
    assert gate_trouble(BANDS[:2], UnitFigures("A", 100, 0, 0, 0, 0)) is None


@pytest.mark.parametrize(
    "headcount,participants,trouble",
    [
        (40, 12, None),  # exactly 30 %
        (40, 11, Trouble.BELOW_GATE),
        (60, 15, None),  # exactly 25 %
        (60, 14, Trouble.BELOW_GATE),
        (None, 14, Trouble.HEADCOUNT_MISSING),
        (12, 13, Trouble.OVER_100_PERCENT),
    ],
)
def test_gates(headcount: int | None, participants: int, trouble: Trouble | None) -> None:
    assert gate_trouble(BANDS, UnitFigures("A", headcount, participants, 0, 0, 0)) is trouble


def test_a_unit_before_the_gate_keeps_its_value_and_gets_no_rank() -> None:
    gates = (Gate(None, Decimal("0.65")),)
    expected = "1D 2A 3B C:below_gate E:over_100_percent F:headcount_missing G:below_gate"
    assert board(Formula.PARTICIPATION_RATE, gates) == expected
    assert (
        board(Formula.ATTEMPTS, gates)
        == "1B 2A 3D C:below_gate E:over_100_percent F:headcount_missing G:below_gate"
    )
    below = next(s for s in rank_units(Formula.PARTICIPATION_RATE, UNITS, gates) if s.code == "C")
    assert (below.value, below.rank) == (Fraction(3, 5), None)


def test_the_value_of_one_unit() -> None:
    assert unit_value(Formula.MEAN_SCORE, UNITS[0]) == Fraction(60, 7)
    assert unit_value(Formula.MEAN_SCORE, UNITS[6]) is Trouble.NO_PARTICIPANTS
