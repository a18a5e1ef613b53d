"""Speed, rhythm and bursts: rules and chances that can be reckoned by hand."""

import math
from random import Random

import pytest

from quiz.vetting.integrity_timing import (
    Beats,
    Spread,
    binomial_tail,
    compare_rhythms,
    densest,
    fisher,
    is_fast_and_good,
    least_ms,
)


@pytest.mark.parametrize(
    "ms, questions, right, expected",
    [
        (49_999, 20, 20, True),
        (50_000, 20, 20, False),  # exactly the stated time is not below it
        (49_999, 20, 18, True),
        (49_999, 20, 17, False),
        (10_000, 0, 0, False),
        (24_999, 10, 9, True),
        (24_999, 10, 8, False),
    ],
)
def test_fast_and_good(ms: int, questions: int, right: int, *, expected: bool) -> None:
    assert is_fast_and_good(ms, questions, right) is expected


def test_the_least_time_is_what_the_rules_say() -> None:
    assert least_ms(20) == 50_000


def test_fisher_of_one_is_itself_and_of_two_is_known() -> None:
    assert fisher([0.2]) == pytest.approx(0.2)
    # For two: q (1 − ln q) with q the product.
    assert fisher([0.1, 0.2]) == pytest.approx(0.02 * (1 - math.log(0.02)))
    assert fisher([1.0, 1.0, 1.0]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "trials, chance, least, expected",
    [
        (10, 0.5, 8, 56 / 1024),
        (3, 0.1, 1, 1 - 0.9**3),
        (4, 1.0, 4, 1.0),
        (4, 0.3, 0, 1.0),
        (4, 0.3, 4, 0.3**4),
    ],
)
def test_binomial_tails(trials: int, chance: float, least: int, expected: float) -> None:
    assert binomial_tail(trials, chance, least) == pytest.approx(expected)


def test_near_times_are_likely_where_everybody_is_and_unlikely_where_nobody_is() -> None:
    spread = Spread([*range(100_000, 110_000, 10), *range(200_000, 400_000, 20_000)])
    assert spread.nearness(105_000, 105_100) > 5 * spread.nearness(300_000, 300_100)


def test_nearness_of_even_times_is_the_share_that_lies_as_near() -> None:
    spread = Spread(range(0, 1_000_000, 1_000))
    # ±5,000 around 500,000 in an even spread of a million: one in a hundred.
    assert spread.nearness(500_000, 505_000) == pytest.approx(0.01, rel=0.15)


def test_a_time_that_many_have_exactly_is_no_evidence() -> None:
    spread = Spread([*[35_000] * 3_000, *range(100_000, 700_000, 100)])
    assert spread.nearness(35_000, 35_000) == pytest.approx(1 / 3)


def test_honest_rhythms_are_as_rare_as_their_p_says() -> None:
    source = Random(11)
    times = [round(source.lognormvariate(12, 0.5)) for _ in range(2_000)]
    spread, empty = Spread(times), Spread([])
    found = 0
    for _ in range(4_000):
        one, other = source.choice(times), source.choice(times)
        rhythm = compare_rhythms(Beats((one,), ()), Beats((other,), ()), spread, empty)
        assert rhythm is not None
        found += rhythm.p <= 0.05
    assert found / 4_000 == pytest.approx(0.05, abs=0.02)


def test_the_same_script_stands_out() -> None:
    source = Random(3)
    worked = [round(source.lognormvariate(12, 0.5)) for _ in range(1_000)]
    breaks = [round(source.expovariate(1 / 3_600_000)) for _ in range(1_000)]
    one = Beats((61_020, 61_050, 61_011), (5_010, 5_022))
    other = Beats((61_033, 61_018, 61_047), (5_003, 5_019))
    found = compare_rhythms(one, other, Spread(worked), Spread(breaks))
    assert found is not None
    assert (found.compared, found.largest_ms) == (5, 36)
    assert found.p < 1e-8


def test_nothing_to_compare_is_no_finding() -> None:
    assert compare_rhythms(Beats((), ()), Beats((5,), ()), Spread([]), Spread([])) is None
    assert densest([5], [5, 6]) is None


def test_a_burst_is_measured_against_the_whole_round() -> None:
    everybody = list(range(0, 3_600_000 * 10, 6_000))  # ten a minute, all day
    quiet = list(range(0, 3_600_000 * 10, 600_000))
    dense = [1_800_000 + n * 2_000 for n in range(20)]
    calm = densest(quiet, sorted([*everybody, *quiet]))
    burst = densest(dense, sorted([*everybody, *dense]))
    assert calm is not None
    assert burst is not None
    assert calm.p > 0.5
    assert (burst.inside, burst.papers, burst.began_ms) == (20, 20, 1_800_000)
    assert burst.p < 1e-20


def test_when_everybody_hands_in_together_a_class_that_does_is_no_burst() -> None:
    """The last minute of a round: half of all papers come in it."""
    rest = [*range(0, 3_600_000, 36_000), *(3_600_000 + n * 600 for n in range(100))]
    own = [3_600_000 + n * 3_000 for n in range(10)]
    found = densest(own, sorted([*rest, *own]))
    assert found is not None
    assert found.p > 0.005
