"""Taking some of many: every weight gets its share, whatever the number that is taken."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.chances import Lots, below, one_of, shuffled, some_of


@pytest.mark.parametrize(
    "weights,count,shares",
    [
        ((1, 1, 1, 1), 2, (0.5, 0.5, 0.5, 0.5)),
        ((1, 1, 2), 2, (0.5, 0.5, 1.0)),
        ((1, 1, 1, 2), 2, (0.4, 0.4, 0.4, 0.8)),
        ((1, 2, 3), 1, (1 / 6, 1 / 3, 1 / 2)),
        ((1, 1, 98), 2, (0.5, 0.5, 1.0)),
        ((0.5, 1.5, 1.0, 1.0), 3, (0.4, 1.0, 0.8, 0.8)),
    ],
)
def test_each_is_taken_as_often_as_its_weight_says(weights, count, shares):
    dice = random.Random(1)
    taken = Counter(index for _ in range(8000) for index in some_of(weights, count, dice))
    for index, share in enumerate(shares):
        assert abs(taken[index] / 8000 - share) < 0.02


@given(
    weights=st.lists(st.floats(0.01, 100), max_size=12),
    count=st.integers(-1, 14),
    seed=st.integers(0, 2**32),
)
def test_so_many_different_ones(weights, count, seed):
    taken = some_of(weights, count, random.Random(seed))
    assert len(taken) == len(set(taken)) == min(max(count, 0), len(weights))
    assert set(taken) <= set(range(len(weights)))


def test_one_of():
    dice = random.Random(1)
    taken = Counter(one_of("abc", (1, 0, 3), dice) for _ in range(4000))
    assert set(taken) == {"a", "c"}
    assert 2850 < taken["c"] < 3150


def test_shuffled_and_below_are_the_same_for_the_same_seed():
    assert shuffled("abcdef", random.Random(3)) == shuffled("abcdef", random.Random(3))
    assert {below(3, random.Random(seed)) for seed in range(50)} == {0, 1, 2}


def test_a_few_of_many_are_taken_as_often_as_their_weights_say():
    lots = Lots(range(100, 200), [1.0] * 50 + [3.0] * 50)
    dice = random.Random(1)
    taken = Counter(value for _ in range(4000) for value in lots.few(4, dice, {100, 199}))
    assert not {100, 199} & set(taken)
    light, heavy = (sum(taken[value] for value in part) / 49 for part in (range(101, 150), range(150, 199)))
    assert 2.8 < heavy / light < 3.1


def test_few_of_many_only_where_there_are_many():
    lots = Lots(range(100), [1.0] * 100)
    assert lots.has_many(4, 5)
    assert not lots.has_many(5, 1)
    assert not lots.has_many(4, 15)
    assert len(set(lots.few(4, random.Random(2), range(5)))) == 4
