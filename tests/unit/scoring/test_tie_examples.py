"""The made-up people of the rules page: each criterion decides once, in its turn, by the contest's rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring.ranking import Criterion, rank_key
from quiz.scoring.tie_examples import Paper, tie_example

C = Criterion
ONCE = Paper(questions=20, minutes=15, opens_ms=1_793_000_000_000, may_repeat=False)
OFTEN = Paper(questions=20, minutes=15, opens_ms=1_793_000_000_000, may_repeat=True)


@pytest.mark.parametrize(
    "criteria,decided",
    [
        ([C.CORRECT_COUNT, C.DURATION, C.SUBMITTED_AT], [C.CORRECT_COUNT, C.DURATION, C.SUBMITTED_AT]),
        ([C.SCORE, C.PREDICTION_ERROR, C.DURATION], [C.SCORE, C.PREDICTION_ERROR, C.DURATION]),
        # With the filter everybody ranked has all right: the count cannot decide any more.
        ([C.ALL_CORRECT, C.CORRECT_COUNT, C.PREDICTION_ERROR], [C.PREDICTION_ERROR]),
        # Of papers of one length the count says what the score has said.
        ([C.SCORE, C.CORRECT_COUNT, C.DURATION], [C.SCORE, C.DURATION]),
        ([C.SCORE, C.ATTEMPTS, C.REGISTERED_AT], [C.SCORE, C.ATTEMPTS, C.REGISTERED_AT]),
    ],
)
def test_each_criterion_decides_once_in_its_turn(criteria, decided):
    lines = tie_example(criteria, ONCE)
    assert [line.decided_by for line in lines if line.decided_by] == decided


def test_the_last_two_share_a_place_and_the_filter_leaves_one_out():
    *_, equal, also, out = tie_example([C.ALL_CORRECT, C.PREDICTION_ERROR], ONCE)
    assert (equal.rank, also.rank, also.decided_by) == (2, 2, None)
    assert out.rank is None
    assert not out.facts.all_correct


def test_who_is_behind_is_better_in_what_comes_later():
    first, second, *_ = tie_example([C.CORRECT_COUNT, C.DURATION, C.SUBMITTED_AT], ONCE)
    assert second.decided_by is C.CORRECT_COUNT
    assert second.facts.duration_ms < first.facts.duration_ms
    assert second.facts.submitted_ms < first.facts.submitted_ms


def test_how_often_the_best_was_reached_needs_more_than_one_attempt():
    assert [line.decided_by for line in tie_example([C.SCORE, C.TIMES_AT_BEST], ONCE)] == [
        None,
        C.SCORE,
        None,
    ]
    decided = [line.decided_by for line in tie_example([C.SCORE, C.TIMES_AT_BEST], OFTEN)]
    assert decided == [None, C.SCORE, C.TIMES_AT_BEST, None]


@given(
    criteria=st.lists(st.sampled_from(list(Criterion)), min_size=1, unique=True),
    paper=st.sampled_from([ONCE, OFTEN, Paper(1, None, 0, False)]),
)
def test_any_order_is_ranked_by_the_contests_own_rule(criteria, paper):
    ranked = [line for line in tie_example(criteria, paper) if line.rank is not None]
    keys = [rank_key(criteria, line.facts) for line in ranked]
    assert keys == sorted(keys)
    assert [line.rank for line in ranked] == [sum(other < key for other in keys) + 1 for key in keys]
    assert all(0 <= line.facts.correct_count <= line.facts.total for line in ranked)
