"""C1–C10: the collective prizes of real contests, from one data set, each worked out by hand.

Gate and size of a unit, a sum of parts, points by place, several rounds: see also test_collective.py.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from quiz.scoring.collective import (
    TEN_TO_ONE,
    Basis,
    Component,
    Formula,
    Gate,
    GroupFigures,
    Measure,
    PrizePoints,
    Rule,
    Trouble,
    UnitFigures,
    UnitStanding,
    components_of,
    counters_of,
    nested_units,
    rank_boards,
    rank_by_rule,
    rank_units,
)
from quiz.scoring.prediction import Counter

PRIZES = (PrizePoints("Nhất", 10), PrizePoints("Nhì", 8), PrizePoints("Ba", 6))


def unit(
    code: str,
    headcount: int | None,
    people: int,
    attempts: int,
    score: int,
    won: str = "",
    merit: str | None = None,
    officials: tuple[int, int | None] = (0, 0),
) -> UnitFigures:
    """A unit; `won` names a prize for each person who won one, `officials` took part of so many."""
    prizes = tuple((name, won.split().count(name)) for name in dict.fromkeys(won.split()))
    return UnitFigures(
        code,
        headcount,
        people,
        attempts,
        score,
        all_correct=0,
        winners=len(won.split()),
        prizes=prizes,
        merit=Decimal(merit) if merit else None,
        groups=(GroupFigures("can-bo", *officials),),
    )


# fmt: off
#         headcount people attempts score  won         merit  officials
UNITS = [
    unit("A",   100,    70,     90,   600, "Nhất",     "20", (10, 10)),
    unit("B",    50,    35,    200,   280, "Nhì Ba",   None, ( 5,  6)),
    unit("C",   200,   120,    130,  1000, "",         "25", (20, 20)),
    unit("D",    12,    12,     12,   120, "Ba",       "25", ( 2,  2)),
    unit("E",    40,    12,     30,   110, "",         None, ( 0,  0)),
]
# fmt: on


def shown(standings: Sequence[UnitStanding]) -> str:
    return " ".join(
        f"{one.rank}{one.code}={one.value}" if one.rank else f"{one.code}:{one.trouble}" for one in standings
    )


def by(*components: Component, gates: tuple[Gate, ...] = (), tie: tuple[Measure, ...] | None = None) -> str:
    rule = Rule(components, gates) if tie is None else Rule(components, gates, tie)
    return shown(rank_by_rule(rule, [UNITS]))


def test_c1_most_participants() -> None:
    # 120, 70, 35; D and E have 12 each and share the fourth place
    assert shown(rank_units(Formula.PARTICIPANTS, UNITS)) == "1C=120 2A=70 3B=35 4D=12 4E=12"


def test_c2_most_winners() -> None:
    # B 2; A and D 1 each: A has more people; C and E none: C has more people
    assert shown(rank_units(Formula.WINNERS, UNITS)) == "1B=2 2A=1 3D=1 4C=0 5E=0"


def test_c3_rate_with_what_judges_gave_and_winners() -> None:
    # percent + merit + winners: A 70+20+1, B 70+0+2, C 60+25+0, D 100+25+1, E 30+0+0
    found = by(Component(Measure.PARTICIPATION_RATE), Component(Measure.MERIT), Component(Measure.WINNERS))
    assert found == "1D=126 2A=91 3C=85 4B=72 5E=30"


def test_c4_gates_first_then_the_rate() -> None:
    # all officials and at least one winner: B has 5 of 6 officials, C and E nobody with a prize
    gates = (Gate(None, Decimal(1), category="can-bo"), Gate(None, winners=1))
    assert (
        shown(rank_units(Formula.PARTICIPATION_RATE, UNITS, gates))
        == "1D=1 2A=7/10 B:below_gate C:too_few_winners E:too_few_winners"
    )


def test_c4_the_number_of_officials_has_to_be_known() -> None:
    gates = (Gate(None, Decimal(1), category="can-bo"),)
    units = [unit("A", 10, 5, 5, 5, officials=(5, None)), unit("B", 10, 5, 5, 5, officials=(6, 5))]
    assert shown(rank_units(Formula.PARTICIPANTS, units, gates)) == "A:headcount_missing B:over_100_percent"


def test_c5_gate_by_size_then_the_other_part_of_the_contest() -> None:
    # below 50: 30 %, 50–99: 25 %, from 100: 20 %. E has 12 of 40 = 30 %: just in
    gates = (Gate(50, Decimal("0.30")), Gate(100, Decimal("0.25")), Gate(None, Decimal("0.20")))
    # C and D have 25 each: C has more people
    assert by(Component(Measure.MERIT), gates=gates) == "1C=25 2D=25 3A=20 B:not_named E:not_named"


def test_c6_percent_as_points_and_points_of_prizes() -> None:
    # A 70+10, B 70+8+6, C 60, D 100+6, E 30
    found = by(Component(Measure.PARTICIPATION_RATE), Component(Measure.PRIZE_POINTS, prizes=PRIZES))
    assert found == "1D=106 2B=84 3A=80 4C=60 5E=30"


def test_c6_participation_is_the_mean_of_the_rounds() -> None:
    # round 1: A 50 %, B 100 %; round 2: A 100 %, B 40 %. Means 75 and 70. B's Nhất in round 2: 10/2 = 5 more
    rounds = [
        [unit("A", 20, 10, 10, 0), unit("B", 10, 10, 10, 0)],
        [unit("A", 20, 20, 20, 0), unit("B", 10, 4, 4, 0, "Nhất")],
    ]
    rate = Component(Measure.PARTICIPATION_RATE)
    assert shown(rank_by_rule(Rule((rate,)), rounds)) == "1A=75 2B=70"
    both = Rule((rate, Component(Measure.PRIZE_POINTS, Decimal(2), prizes=PRIZES)))
    # weight 2: 70 + 2 × 5 = 80
    assert shown(rank_by_rule(both, rounds)) == "1B=80 2A=75"


def test_c7_points_by_place_on_three_lists() -> None:
    # people   C 10, A 9, B 8, D and E share the fourth place: 7 each
    # score    C 10, A 9, B 8, D 7, E 6
    # attempts B 10, C 9, A 8, E 7, D 6
    # C 29, A 26, B 26, D 20, E 20: of A and B more people took part at A; D and E are equal in that too
    assert shown(rank_units(Formula.RANK_POINTS, UNITS)) == "1C=29 2A=26 3B=26 4D=20 4E=20"


def test_c7_lists_may_have_points_of_their_own() -> None:
    # people C 5, A 3, B 1; attempts B 20, C 10: B 21, C 15, A 3, D and E nothing
    found = by(
        Component(Measure.PARTICIPANTS, points=(5, 3, 1)), Component(Measure.ATTEMPTS, points=(20, 10))
    )
    assert found == "1B=21 2C=15 3A=3 4D=0 4E=0"


def test_c8_people_and_points_together() -> None:
    # C 120+1000, A 70+600, B 35+280, D 12+120, E 12+110
    found = by(Component(Measure.PARTICIPANTS), Component(Measure.TOTAL_SCORE))
    assert found == "1C=1120 2A=670 3B=315 4D=132 5E=122"


def test_c9_two_prizes_from_the_same_figures() -> None:
    assert shown(rank_units(Formula.PARTICIPANTS, UNITS)).startswith("1C=120 ")
    assert shown(rank_units(Formula.PARTICIPATION_RATE, UNITS)).startswith("1D=1 2A=7/10 3B=7/10 ")


def test_c10_merit_that_the_organisers_entered() -> None:
    # who is not on the list has no place
    assert shown(rank_units(Formula.MERIT, UNITS)) == "1C=25 2D=25 3A=20 B:not_named E:not_named"


def test_one_mistake_in_the_data_leaves_one_unit_without_a_place() -> None:
    """Acceptance test 6: thirteen of twelve are never 108 %, alone or in a sum."""
    wrong = unit("X", 12, 13, 13, 100, "Nhất")
    for components in (
        (Component(Measure.PARTICIPATION_RATE),),
        (Component(Measure.PARTICIPATION_RATE), Component(Measure.PRIZE_POINTS, prizes=PRIZES)),
        (Component(Measure.WINNERS, per=Basis.HEADCOUNT),),
    ):
        found = {one.code: one for one in rank_by_rule(Rule(components), [[*UNITS, wrong]])}
        assert (found["X"].rank, found["X"].value, found["X"].trouble) == (
            None,
            None,
            Trouble.OVER_100_PERCENT,
        )
        assert found["D"].rank == 1


@pytest.mark.parametrize(
    "component,values",
    [
        # winners for each hundred people of the unit: A 1/100, B 2/50, D 1/12
        (Component(Measure.WINNERS, per=Basis.HEADCOUNT), "1D=25/3 2B=4 3A=1 4C=0 5E=0"),
        # attempts for each participant: B 200/35, E 30/12, A 90/70, C 130/120, D 1
        (Component(Measure.ATTEMPTS, per=Basis.PARTICIPANTS), "1B=40/7 2E=5/2 3A=9/7 4C=13/12 5D=1"),
        # half a point a person
        (Component(Measure.PARTICIPANTS, Decimal("0.5")), "1C=60 2A=35 3B=35/2 4D=6 4E=6"),
    ],
)
def test_a_measure_divided_or_weighted(component: Component, values: str) -> None:
    assert by(component) == values


def test_the_mean_of_the_best_counts_missing_people_as_nothing() -> None:
    # best three: A (9+8+7)/3 = 8; B has one person with 10: 10/3
    units = [
        UnitFigures("A", 9, 4, 4, 30, 0, best=(9, 8, 7, 6)),
        UnitFigures("B", 9, 1, 1, 10, 0, best=(10,)),
    ]
    rule = Rule((Component(Measure.MEAN_SCORE, best=3),))
    assert shown(rank_by_rule(rule, [units])) == "1A=8 2B=10/3"
    assert shown(rank_by_rule(Rule((Component(Measure.MEAN_SCORE),)), [units])) == "1B=10 2A=15/2"


def test_ties_are_broken_in_the_order_that_the_rule_names() -> None:
    # D and E have 12 people each: E has more attempts, D the better score
    people = Component(Measure.PARTICIPANTS)
    assert by(people, tie=(Measure.ATTEMPTS,)).endswith("4E=12 5D=12")
    assert by(people, tie=(Measure.TOTAL_SCORE, Measure.ATTEMPTS)).endswith("4D=12 5E=12")
    assert by(people, tie=()).endswith("4D=12 4E=12")


def test_each_board_is_ranked_by_itself() -> None:
    boards = {"A": "xã", "B": "xã", "C": "sở", "D": "sở", "E": "xã"}
    found = rank_boards(Rule(components_of(Formula.RANK_POINTS)), [UNITS], boards)
    # xã: people A 10, B 9, E 8; score the same; attempts B 10, A 9, E 8 → A 29, B 28, E 24
    assert {board: shown(one) for board, one in found.items()} == {
        "xã": "1A=29 2B=28 3E=24",
        "sở": "1C=30 2D=27",
    }


def test_the_parts_of_a_sum_are_told() -> None:
    rule = Rule((Component(Measure.PARTICIPATION_RATE), Component(Measure.WINNERS, Decimal(2))))
    (first, *_) = rank_by_rule(rule, [UNITS])
    assert (first.code, first.parts) == ("D", (Fraction(100), Fraction(2)))


def test_a_round_without_people_counts_as_nothing_in_the_mean() -> None:
    rounds = [[unit("A", 10, 4, 4, 20)], [unit("A", 10, 0, 0, 0)]]
    assert shown(rank_by_rule(Rule((Component(Measure.MEAN_SCORE),)), rounds)) == "1A=5/2"
    assert (
        shown(rank_by_rule(Rule((Component(Measure.MEAN_SCORE),)), [rounds[1], rounds[1]]))
        == "A:no_participants"
    )


def test_units_below_one_another_are_found() -> None:
    paths = {"xa": "/tinh/xa/", "chi-bo": "/tinh/xa/chi-bo/", "so": "/tinh/so/"}
    assert nested_units(paths) == (("chi-bo", "xa"),)
    assert nested_units({"xa": "/tinh/xa/", "xa-2": "/tinh/xa-2/"}) == ()


@pytest.mark.parametrize(
    "rule,counters",
    [
        (Rule((Component(Measure.PARTICIPANTS, points=TEN_TO_ONE),)), {Counter.PARTICIPANTS}),
        (
            Rule((Component(Measure.TOTAL_SCORE, per=Basis.PARTICIPANTS),)),
            {Counter.SCORE_SPREAD, Counter.PARTICIPANTS},
        ),
        (
            Rule((Component(Measure.ATTEMPTS),), (Gate(None, Decimal("0.5")),)),
            {Counter.ATTEMPTS, Counter.PARTICIPATION_RATE},
        ),
        (Rule((Component(Measure.MERIT),)), set()),
    ],
)
def test_what_a_board_would_give_away(rule: Rule, counters: set[Counter]) -> None:
    assert counters_of(rule) == counters
