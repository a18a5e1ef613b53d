"""Groups from weak to strong: about equal, never parting people with the same marks elsewhere."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.score_groups import MOST_GROUPS, score_groups
from question_bank.statistics import Tally


def tally_of(*answers):
    """(R, choice) of each; choice 0 is right."""
    tally = Tally()
    for rest, choice in answers:
        tally.pairs[float(choice == 0), rest] += 1
        tally.picks.setdefault(choice, Counter())[rest] += 1
    return tally


def test_worked_by_hand():
    answers = [(0, 1), (0, 1), (1, 1), (1, 0), (2, 0), (2, 2), (3, 0), (3, 0), (4, 0), (4, 0)]
    groups = score_groups(tally_of(*answers), 3)
    assert [(group.low, group.high, group.attempts) for group in groups] == [
        (float(rest), float(rest), 2) for rest in range(5)
    ]
    assert [group.facility for group in groups] == [0, 0.5, 0.5, 1, 1]
    assert [group.shares for group in groups] == [
        (0, 1, 0),
        (0.5, 0.5, 0),
        (0.5, 0, 0.5),
        (1, 0, 0),
        (1, 0, 0),
    ]


def test_few_different_marks_make_few_groups():
    assert len(score_groups(tally_of((1, 0), (1, 1), (1, 0)), 2)) == 1
    assert [group.attempts for group in score_groups(tally_of(*[(0, 1)] * 9, (5, 0)), 2)] == [9, 1]
    assert score_groups(Tally(), 2) == ()


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 3)), min_size=1, max_size=300))
def test_everybody_is_in_one_group(answers):
    groups = score_groups(tally_of(*answers), 4)
    assert len(groups) <= MOST_GROUPS
    assert sum(group.attempts for group in groups) == len(answers)
    assert all(a.high < b.low for a, b in pairwise(groups))
    assert all(sum(group.shares) == pytest.approx(1) for group in groups)


def test_groups_of_many_are_about_equal():
    answers = [(rest, 0) for rest in range(100) for _ in range(3)]
    assert [group.attempts for group in score_groups(tally_of(*answers), 1)] == [60] * 5
