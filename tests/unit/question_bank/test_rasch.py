"""Rasch difficulties against closed forms, against enumeration, and against what made the answers."""

import itertools
import math
import random

import pytest

from question_bank.rasch import difficulties

# Section 6 of a law school admission test, 1,000 people, five questions (Bock and Lieberman, 1970):
# the classic example. Patterns of right answers and how often they came.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def attempts_of(patterns):
    return [
        {item: mark == "1" for item, mark in enumerate(pattern, start=1)}
        for pattern, times in patterns.items()
        for _ in range(times)
    ]


def expected_right(level, score):
    """How likely each question is right among those with this score, by going through all patterns."""
    items = sorted(level)
    ways = {
        pattern: math.exp(-sum(level[item] for item in pattern))
        for pattern in itertools.combinations(items, score)
    }
    whole = sum(ways.values())
    return {item: sum(way for pattern, way in ways.items() if item in pattern) / whole for item in items}


def test_two_questions_have_a_closed_form():
    # 30 times only 1 was right, 10 times only 2: the odds are 3, the distance is log 3.
    found = difficulties(attempts_of({"10": 30, "01": 10, "11": 50, "00": 7}))
    assert found[2] - found[1] == pytest.approx(math.log(3), abs=1e-9)
    assert found[1] + found[2] == pytest.approx(0, abs=1e-12)


def test_one_right_of_three_has_a_closed_form():
    # With one right answer each, the shares 50 %, 30 %, 20 % are the eases.
    found = difficulties(attempts_of({"100": 50, "010": 30, "001": 20}))
    eases = [math.log(share) for share in (0.5, 0.3, 0.2)]
    mean = sum(eases) / 3
    assert [found[item] for item in (1, 2, 3)] == pytest.approx([mean - ease for ease in eases], abs=1e-9)


def test_lsat6_fulfils_the_conditional_likelihood_equations():
    found = difficulties(attempts_of(LSAT6))
    right = [sum(times for pattern, times in LSAT6.items() if pattern[item] == "1") for item in range(5)]
    assert right == [924, 709, 553, 763, 870]
    scores = [
        sum(times for pattern, times in LSAT6.items() if pattern.count("1") == score) for score in range(6)
    ]
    assert scores == [3, 20, 85, 237, 357, 298]
    for item in range(1, 6):
        expected = sum(scores[score] * expected_right(found, score)[item] for score in range(6))
        assert expected == pytest.approx(right[item - 1], abs=1e-6)
    assert sum(found.values()) == pytest.approx(0, abs=1e-9)


def test_lsat6_agrees_with_the_order_and_spread_that_everybody_finds():
    found = difficulties(attempts_of(LSAT6))
    # Marginal estimates with unit slope, centred: −1.31, 0.50, 1.30, 0.17, −0.66.
    assert [found[item] for item in range(1, 6)] == pytest.approx([-1.31, 0.50, 1.30, 0.17, -0.66], abs=0.07)


def test_nothing_can_be_told_of_questions_that_everybody_or_nobody_got():
    found = difficulties(attempts_of({"1010": 5, "0110": 5}))
    assert found[3] is None
    assert found[4] is None
    assert found[1] == pytest.approx(0)
    assert difficulties([]) == {}
    assert difficulties([{1: True, 2: True}]) == {1: None, 2: None}


def test_questions_that_were_never_compared_are_left_out():
    together = [{1: True, 2: False}, {1: False, 2: True}, {2: True, 3: False}, {2: False, 3: True}]
    apart = [{8: True, 9: False}, {8: False, 9: True}]
    found = difficulties(together + apart)
    assert set(found) == {1, 2, 3, 8, 9}
    assert found[8] is found[9] is None
    assert [found[item] for item in (1, 2, 3)] == pytest.approx([0, 0, 0])


def simulated(people, paper_size, seed):
    dice = random.Random(seed)
    truth = {item: (item - 20) / 8 for item in range(41)}
    attempts = []
    for _ in range(people):
        ability = dice.gauss(0.3, 1)
        paper = dice.sample(sorted(truth), paper_size)
        attempts.append({item: dice.random() < 1 / (1 + math.exp(truth[item] - ability)) for item in paper})
    return truth, attempts


def test_random_papers_give_back_what_made_them():
    truth, attempts = simulated(people=3000, paper_size=15, seed=8)
    found = difficulties(attempts)
    errors = [found[item] - truth[item] for item in truth]
    assert max(map(abs, errors)) < 0.25
    assert math.sqrt(sum(error**2 for error in errors) / len(errors)) < 0.1


def test_pairs_and_exact_likelihood_agree_on_one_paper():
    truth, attempts = simulated(people=2000, paper_size=41, seed=9)
    exact = difficulties(attempts)
    # One question is left out of every other attempt in turn: many papers, nearly the same data.
    turned = [
        {item: mark for item, mark in attempt.items() if item != n % 41} for n, attempt in enumerate(attempts)
    ]
    paired = difficulties(turned)
    assert all(abs(exact[item] - paired[item]) < 0.08 for item in truth)
