"""After every event the stored boards are what a slow, obvious recomputation from scratch says they are."""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quiz.contests.definition import Take
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.ranking import Counts, Criterion
from quiz.standings.verifying import verify
from tests.support.factories import make_bank
from tests.support.side_by_side import WEEKS, Both
from tests.support.slow_boards import Rules

_of_prediction = (Criterion.PREDICTION_ERROR, Criterion.PREDICTION_NOT_ABOVE)
_others = [one for one in Criterion if one not in _of_prediction]
_orders = st.lists(st.sampled_from(_others), min_size=1, max_size=4, unique=True)
_counts = st.sampled_from(Counts).map(lambda one: one.value)


@st.composite
def round_rules(draw: st.DrawFn) -> Rules:
    ranking = draw(_orders)
    target = draw(st.none() | st.sampled_from(Target))
    if target is not None:
        place = draw(st.integers(0, len(ranking)))
        ranking[place:place] = _of_prediction[: draw(st.integers(1, 2))]
    stated = draw(st.sampled_from(Stated)).value
    return Rules(draw(_counts), ranking, target.value if target else None, stated)


@st.composite
def list_rules(draw: st.DrawFn, rounds: dict[int, Rules]) -> Rules:
    take, ranking = draw(st.sampled_from(Take)), draw(_orders)
    weeks = tuple(sorted(draw(st.sets(st.sampled_from(WEEKS), min_size=1))))
    if take is Take.SUM and all(rounds[week].target for week in weeks) and draw(st.booleans()):
        ranking.insert(draw(st.integers(0, len(ranking))), Criterion.PREDICTION_ERROR)
    least = draw(st.integers(1, len(weeks)))
    return Rules(draw(_counts), ranking, weeks=weeks, take=take.value, min_rounds=least)


_who, _week = st.integers(0, 3), st.sampled_from(WEEKS)
_sitting = st.tuples(
    st.just("sit"), _who, _week, st.integers(0, 4), st.sampled_from([30, 60, 61]), st.integers(0, 5)
)
_decision = (
    st.tuples(st.sampled_from(["annul", "count again", "freeze", "take back"]), _week)
    | st.tuples(st.sampled_from(["set aside", "bring back", "change unit"]), _who)
    | st.tuples(st.just("correct"), _week, st.integers(1, 4))
)
_events = st.tuples(
    st.lists(_sitting, min_size=5, max_size=8),
    st.lists(_sitting | _decision, min_size=6, max_size=12),
    st.just([("freeze", week) for week in WEEKS]),
    st.lists(_decision, max_size=6),
).map(lambda parts: [event for part in parts for event in part])


# Every example has a contest of its own, for the database is emptied for each test only. A failing example is
# shown as it was found: to make it smaller would take minutes.
@settings(
    max_examples=int(os.environ.get("BOARD_EXAMPLES", "7")),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_stored_boards_are_what_a_recomputation_says(bank: None, data: st.DataObject) -> None:
    rounds = {week: data.draw(round_rules()) for week in WEEKS}
    lists = {number: data.draw(list_rules(rounds)) for number in (1, 2)}
    both = Both(rounds, lists)
    for event in data.draw(_events):
        both.take(event)
        both.check()
    assert verify(both.contest) == []


@pytest.fixture
def bank(app_context: None) -> None:
    """The questions of all examples."""
    make_bank()
