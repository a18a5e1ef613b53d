"""Item statistics against values worked by hand, and in the cases where nothing can be said."""

import math
import random
from fractions import Fraction

import pytest

from question_bank.statistics import Asked, Flag, Response, item_statistics

ASKED = {item: Asked(choices=4, correct=(0,)) for item in range(1, 6)}


def attempt(*picks):
    """Picks of questions 1, 2, 3 …: choice 0 is right; None is unanswered."""
    return [
        Response(item, float(pick == 0), () if pick is None else (pick,))
        for item, pick in enumerate(picks, start=1)
        if pick != "-"
    ]


# Five people, three questions. Marks by person:      1 1 1 / 1 1 0 / 1 0 0 / 0 1 0 / 1 0 1
FIVE = [attempt(0, 0, 0), attempt(0, 0, 1), attempt(0, 1, 2), attempt(1, 0, None), attempt(0, 3, 0)]


def test_worked_by_hand():
    found = item_statistics(FIVE, ASKED)
    # Question 1: x = 1 1 1 0 1, R = 2 1 0 1 1. Means 4/5 and 1.
    #   C(x, R) = (1/5·1 + 1/5·0 + 1/5·(−1) + (−4/5)·0 + 1/5·0) / 4 = 0
    one = found[1]
    assert one.attempts == 5
    assert one.facility == pytest.approx(4 / 5)
    assert one.deviation == pytest.approx(math.sqrt(1 / 5))
    assert one.discrimination == pytest.approx(0, abs=1e-12)
    assert one.efficiency == pytest.approx(0, abs=1e-12)
    # Question 2: x = 1 1 0 1 0, R = 2 1 1 0 2. Means 3/5 and 6/5.
    #   C(x, R) = (2/5·4/5 + 2/5·(−1/5) + (−3/5)(−1/5) + 2/5·(−6/5) + (−3/5)·4/5) / 4
    #           = (8 − 2 + 3 − 12 − 12)/25/4 = −15/100 = −3/20
    #   V(x) = (3·4/25 + 2·9/25)/4 = 3/10, V(R) = (2·16/25 + 2·1/25 + 36/25)/4 = 7/10
    #   sorted x = 0 0 1 1 1 with R = 0 1 1 2 2: C_max = (−3/5(−6/5) −3/5(−1/5) + 2/5(−1/5) + 2·2/5·4/5)/4
    #           = (18 + 3 − 2 + 16)/25/4 = 35/100 = 7/20
    two = found[2]
    assert two.discrimination == pytest.approx(100 * (-3 / 20) / math.sqrt(3 / 10 * 7 / 10), abs=1e-9)
    assert two.efficiency == pytest.approx(100 * Fraction(-3, 20) / Fraction(7, 20), abs=1e-9)
    # Question 3: x = 1 0 0 0 1, R = 2 2 1 1 1. Means 2/5 and 7/5.
    #   C(x, R) = (3/5·3/5 − 2/5·3/5 + 2/5·2/5 + 2/5·2/5 − 3/5·2/5)/4 = (9 − 6 + 4 + 4 − 6)/25/4 = 1/20
    #   V(x) = 3/10, V(R) = (2·9/25 + 3·4/25)/4 = 3/10; C_max = C(0 0 0 1 1, 1 1 1 2 2) = 3/10
    three = found[3]
    assert three.discrimination == pytest.approx(100 * (1 / 20) / (3 / 10), abs=1e-9)
    assert three.efficiency == pytest.approx(100 * (1 / 20) / (3 / 10), abs=1e-9)
    # Weights: C(x, X) = V(x) + C(x, R) = 1/5, 3/20, 7/20; shares of the roots.
    roots = [math.sqrt(1 / 5), math.sqrt(3 / 20), math.sqrt(7 / 20)]
    assert [found[item].weight for item in (1, 2, 3)] == pytest.approx(
        [100 * root / sum(roots) for root in roots], abs=1e-9
    )


def test_choices_worked_by_hand():
    three = item_statistics(FIVE, ASKED)[3]
    assert [(one.picks, one.share, one.is_correct) for one in three.choices] == [
        (2, 0.4, True),
        (1, 0.2, False),
        (1, 0.2, False),
        (0, 0.0, False),
    ]
    assert three.unanswered == 1
    # Choice 1 was picked by the second person: y = 0 1 0 0 0, R = 2 2 1 1 1.
    #   C = (4/5·3/5 − 1/5·3/5 + 3·1/5·2/5)/4 = (12 − 3 + 6)/25/4 = 3/20; V(y) = 1/5, V(R) = 3/10
    assert three.choices[1].correlation == pytest.approx((3 / 20) / math.sqrt(1 / 5 * 3 / 10), abs=1e-9)
    assert three.choices[0].correlation == pytest.approx((1 / 20) / (3 / 10), abs=1e-9)
    assert three.choices[3].correlation is None


def test_not_computable():
    everybody = item_statistics([attempt(0, 0, 0), attempt(0, 1, 0), attempt(0, 1, 1)], ASKED)
    assert everybody[1].discrimination is None
    assert everybody[1].efficiency is None
    assert everybody[1].deviation == 0
    assert everybody[1].facility == 1
    assert item_statistics([], ASKED) == {}
    alone = item_statistics([attempt(0, 1, 0)], ASKED)[1]
    assert (alone.attempts, alone.facility) == (1, 1.0)
    assert alone.deviation is alone.discrimination is alone.efficiency is alone.weight is None
    nobody = item_statistics([attempt(1, 1, 1)] * 3, ASKED)[2]
    assert (nobody.facility, nobody.discrimination) == (0.0, None)


def test_one_question_alone_has_no_rest():
    found = item_statistics([attempt(0), attempt(1), attempt(0)], ASKED)[1]
    assert found.facility == pytest.approx(2 / 3)
    assert found.discrimination is None


def test_random_papers_are_counted_by_question():
    papers = [attempt(0, "-", 0), attempt("-", 0, 1), attempt(1, 0, "-"), attempt(0, 1, "-")]
    found = item_statistics(papers, ASKED)
    assert [found[item].attempts for item in (1, 2, 3)] == [3, 3, 2]
    # Question 1: x = 1 0 1, R = 1 1 0.
    assert found[1].discrimination == pytest.approx(-50)


def many(count=200, seed=3, wrong_key=False):
    """Able people are right more often; with a wrong key they pick choice 2 of question 1 instead."""
    dice = random.Random(seed)
    attempts = []
    for _ in range(count):
        able = dice.random()
        picks = [0 if dice.random() < 0.2 + 0.7 * able else dice.choice((1, 2, 3)) for _ in range(5)]
        if wrong_key and picks[0] in (0, 2):
            picks[0] = 2 - picks[0]
        attempts.append(attempt(*picks))
    return attempts


def test_a_wrong_key_is_suspected():
    found = item_statistics(many(wrong_key=True), ASKED)
    assert found[1].suspected_key == 2
    assert Flag.KEY_SUSPECT in found[1].flags
    assert Flag.NEGATIVE_DISCRIMINATION in found[1].flags
    assert all(found[item].suspected_key is None for item in range(2, 6))


def test_right_keys_are_not_suspected():
    for seed in range(20):
        found = item_statistics(many(seed=seed), ASKED)
        assert all(item.suspected_key is None and not item.flags for item in found.values())


def test_few_attempts_give_no_flags():
    found = item_statistics(many(9, wrong_key=True), ASKED)
    assert all(not item.flags and not item.is_meaningful for item in found.values())


def test_easy_hard_and_unused():
    attempts = [attempt(0, 1 if n else 0, n % 4, n % 3, 0) for n in range(100)]
    found = item_statistics(attempts, ASKED)
    assert found[1].flags == (Flag.TOO_EASY, Flag.UNUSED_CHOICE)
    assert found[2].flags[-2:] == (Flag.TOO_HARD, Flag.UNUSED_CHOICE)
    assert Flag.UNUSED_CHOICE not in found[3].flags
    assert Flag.UNUSED_CHOICE in found[4].flags


def test_partial_marks():
    attempts = [
        [Response(1, mark, (0,)), Response(2, other, (0,))] for mark, other in ((0.5, 1), (1, 0.5), (0, 0))
    ]
    found = item_statistics(attempts, ASKED)[1]
    # x = 1/2 1 0, R = 1 1/2 0: C = (0·1/2 + 1/2·0 + 1/2·1/2)/2 = 1/8, V = 1/4 each.
    assert found.discrimination == pytest.approx(50)
    assert found.facility == pytest.approx(0.5)
