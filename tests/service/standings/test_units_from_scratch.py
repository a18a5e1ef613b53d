"""After every event the boards of units by any rule are what a slow, obvious recomputation says they are."""

import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quiz.scoring.unit_values import DIVISIBLE, Basis, Measure
from tests.support.factories import make_bank
from tests.support.side_by_side import CATEGORIES, WEEKS
from tests.support.slow_boards import Rules
from tests.support.slow_units import Bar, Part, PrizePlan, UnitRule
from tests.support.units_side_by_side import UNITS, WithUnits

_NAMES = ("Nhất", "Nhì", "Ba")
_measures = st.sampled_from(Measure).map(lambda one: one.value)
# Prizes follow more rules than anything else: they come up more often than other measures.
_weighed = st.sampled_from([*Measure, Measure.WINNERS, *[Measure.PRIZE_POINTS] * 3]).map(
    lambda one: one.value
)
_points = st.sampled_from([(), (), (3, 2, 1), (5, 5), (10, 9, 8, 7, 6)])
_orders = st.sampled_from([("correct_count",), ("all_correct", "duration"), ("correct_count", "duration")])
_lines = st.lists(st.integers(1, 2), max_size=3).map(lambda counts: tuple(zip(_NAMES, counts, strict=False)))


@st.composite
def plans(draw: st.DrawFn) -> PrizePlan:
    """Prizes of a round, most of the time under some limit."""
    own = {CATEGORIES[1]: (("Nhất", 1), ("Giải trẻ", 1))} if draw(st.booleans()) else {}
    most = {CATEGORIES[0]: 1} if draw(st.booleans()) else {}
    exclusive = draw(st.sampled_from(["no", "once", "highest"]))
    cap = draw(st.none() | st.sampled_from([20, 34, 50]))
    return PrizePlan(draw(_lines), own, most, exclusive, draw(st.booleans()), cap)


@st.composite
def list_rules(draw: st.DrawFn) -> Rules:
    """A combined list over some of the rounds."""
    weeks = tuple(sorted(draw(st.sets(st.sampled_from(WEEKS), min_size=1))))
    take, least = draw(st.sampled_from(["sum", "best"])), draw(st.integers(1, len(weeks)))
    return Rules("best", draw(_orders), weeks=weeks, take=take, min_rounds=least)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """One term of a sum, of any kind."""
    measure = draw(_weighed)
    per = draw(st.sampled_from(Basis)).value if Measure(measure) in DIVISIBLE else "unit"
    best = draw(st.none() | st.integers(1, 3)) if measure in ("mean_score", "total_score") else None
    prizes = (("Nhất", 10), ("Nhì", 8), ("Giải trẻ", 3)) if measure == "prize_points" else ()
    weight = draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(3)]))
    of_list = draw(st.sampled_from([None, None, None, 1, 2]))
    return Part(measure, weight, per, draw(_points), prizes, best, of_list)


@st.composite
def bars(draw: st.DrawFn) -> tuple[Bar, ...]:
    """Gates: by size, of a category, of winners or of people."""
    found = []
    if draw(st.booleans()):
        what = draw(st.sampled_from(["rate", "winners", "participants"]))
        least = Decimal("0.5") if what == "rate" else Decimal(1)
        category = CATEGORIES[0] if what == "rate" and draw(st.booleans()) else ""
        found.append(Bar(what, least, category=category))
        if draw(st.booleans()):
            found.append(Bar(what, least * 2 if what != "rate" else Decimal("0.25"), 3, category))
    return tuple(found)


@st.composite
def unit_rules(draw: st.DrawFn) -> UnitRule:
    """Any rule that a definition takes."""
    of_list = draw(st.sampled_from([None, None, 1, 2]))
    over = "each" if of_list else draw(st.sampled_from(["each", "all", "mean"]))
    weeks = (
        (draw(st.sampled_from(WEEKS)),) if over == "each" else draw(st.sampled_from([(1, 2), (2, 3), WEEKS]))
    )
    return UnitRule(
        parts=tuple(draw(st.lists(parts(), min_size=1, max_size=3))),
        bars=draw(bars()),
        tie=tuple(draw(st.lists(_measures, max_size=2, unique=True))),
        over=over,
        weeks=weeks,
        kinds=draw(st.sampled_from([(), ("xã", "phường"), ("xã", "phường", "sở"), ("nhóm",)])),
        bands=draw(st.sampled_from([(), (), (3,), (4, 2)])),
        divisions=draw(st.booleans()),
        of_list=of_list,
    )


_who, _week = st.integers(0, 5), st.sampled_from(WEEKS)
_sitting = st.tuples(st.just("sit"), _who, _week, st.integers(2, 4), st.sampled_from([30, 60]), st.just(0))
_fact = st.tuples(
    st.just("people"),
    st.sampled_from([*UNITS, "SL-XA"]),
    st.sampled_from(["", "", CATEGORIES[0]]),
    st.integers(0, 5),
) | st.tuples(st.just("merit"), st.sampled_from(UNITS), st.sampled_from([Decimal(0), Decimal("2.5")]))
_decision = (
    st.tuples(st.sampled_from(["annul", "freeze", "take back", "count again"]), _week)
    | st.tuples(st.sampled_from(["set aside", "bring back", "change unit"]), _who)
    | st.tuples(st.just("correct"), _week, st.integers(1, 4))
)
_events = st.tuples(
    st.lists(_sitting, min_size=6, max_size=10),
    st.just([("people", unit, "", 4) for unit in UNITS[:3]]),
    st.lists(_sitting | _fact | _decision, min_size=5, max_size=9),
    st.just([("freeze", week) for week in WEEKS]),
    st.lists(_decision | _fact, max_size=5),
).map(lambda pieces: [event for piece in pieces for event in piece])


@settings(
    max_examples=int(os.environ.get("BOARD_EXAMPLES", "6")),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_boards_of_units_are_what_a_recomputation_says(bank: None, data: st.DataObject) -> None:
    rounds = {week: Rules("best", data.draw(_orders)) for week in WEEKS}
    lists = {number: data.draw(list_rules()) for number in (1, 2)}
    both = WithUnits(
        rounds,
        lists,
        {week: data.draw(plans()) for week in WEEKS},
        {number: PrizePlan(data.draw(_lines)) for number in lists},
    )
    rules = data.draw(st.lists(unit_rules(), min_size=6, max_size=6))
    for event in data.draw(_events):
        both.take(event)
        both.check_units(rules)


@pytest.fixture
def bank(app_context: None) -> None:
    """The questions of all examples."""
    make_bank()
