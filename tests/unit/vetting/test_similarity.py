"""The index of answer similarity against an independent, slow reckoning of the same thing."""

import math
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.vetting.similarity import FEWEST_SHARED, compare, tail
from quiz.vetting.similarity_model import Given, Item, ability, fit, seen


def slow_tail(chances: list[float], least: int) -> float:
    """Every way to agree or not, one after the other."""
    total = 0.0
    for agreed in product((False, True), repeat=len(chances)):
        if sum(agreed) >= least:
            total += math.prod(p if yes else 1 - p for p, yes in zip(chances, agreed, strict=True))
    return total


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.integers(0, 10))
def test_the_tail_is_that_of_every_way_to_agree(chances: list[float], least: int) -> None:
    assert tail(chances, least) == pytest.approx(slow_tail(chances, least), abs=1e-12)


@pytest.mark.parametrize(
    "trials, chance, least, expected",
    [
        # With equal chances it is the binomial distribution; upper tails from its sum.
        (10, 0.5, 8, 56 / 1024),
        (20, 0.5, 20, 2.0**-20),
        (5, 0.2, 1, 1 - 0.8**5),
        (60, 0.3, 61, 0.0),
        (60, 0.3, 0, 1.0),
    ],
)
def test_equal_chances_are_binomial(trials: int, chance: float, least: int, expected: float) -> None:
    assert tail([chance] * trials, least) == pytest.approx(expected, rel=1e-12)


def test_tiny_tails_keep_their_digits() -> None:
    assert tail([0.01] * 30, 30) == pytest.approx(1e-60, rel=1e-9)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=40), st.data())
def test_ability_is_where_the_right_answers_are_expected(levels: list[float], data: st.DataObject) -> None:
    right = data.draw(st.integers(0, len(levels)))
    place = ability(levels, right)
    expected = sum(1 / (1 + math.exp(level - place)) for level in levels)
    assert expected == pytest.approx(min(max(right, 0.5), len(levels) - 0.5), abs=1e-6)


ITEMS = {n: Item(difficulty=(n % 5 - 2) / 2, same_right=1.0, same_wrong=0.4) for n in range(20)}


def paper(choices: str) -> dict[int, Given]:
    """'a' is right, 'b' to 'd' are wrong, '-' is blank."""
    return {n: Given(one, one == "a") for n, one in enumerate(choices) if one != "-"}


def test_agreement_is_reckoned_from_the_model() -> None:
    left, right = paper("aaaabbbbccaaaabbaaaa"), paper("aabbbbbbccaabbbbaacc")
    one, other = seen(left, ITEMS), seen(right, ITEMS)
    found = compare(one, other, ITEMS)
    assert found is not None
    chances = [
        one.chance[n] * other.chance[n] + (1 - one.chance[n]) * (1 - other.chance[n]) * 0.4 for n in ITEMS
    ]
    assert (found.shared, found.same) == (20, sum(left[n] == right[n] for n in range(20)))
    assert found.same_wrong == sum(left[n] == right[n] and not left[n].is_right for n in range(20))
    assert found.expected == pytest.approx(math.fsum(chances))
    assert found.p == pytest.approx(_by_recursion(tuple(chances), found.same), rel=1e-9)


def _by_recursion(chances: tuple[float, ...], least: int) -> float:
    """The same tail by splitting on the last question, without a table."""
    if least <= 0:
        return 1.0
    if len(chances) < least:
        return 0.0
    rest, last = chances[:-1], chances[-1]
    return last * _by_recursion(rest, least - 1) + (1 - last) * _by_recursion(rest, least)


def test_only_questions_that_both_answered_count() -> None:
    found = compare(
        seen(paper("aaaaaaaaab----------"), ITEMS), seen(paper("aaaaaaaaabbbbbbbbbbb"), ITEMS), ITEMS
    )
    assert found is not None
    assert found.shared == 10
    few = "a" * (FEWEST_SHARED - 1)
    assert compare(seen(paper(few), ITEMS), seen(paper(few), ITEMS), ITEMS) is None


def test_two_perfect_papers_say_nothing() -> None:
    perfect = seen(paper("a" * 20), ITEMS)
    found = compare(perfect, perfect, ITEMS)
    assert found is not None
    assert found.p > 0.3


def test_the_same_wrong_answers_say_more_than_the_same_right_ones() -> None:
    right = compare(seen(paper("a" * 18 + "bc"), ITEMS), seen(paper("a" * 18 + "bc"), ITEMS), ITEMS)
    wrong = compare(
        seen(paper("abcdbcdabcdabcdbacbd"), ITEMS), seen(paper("abcdbcdabcdabcdbacbd"), ITEMS), ITEMS
    )
    assert right is not None
    assert wrong is not None
    assert wrong.p < right.p / 100


def test_it_does_not_matter_who_is_named_first() -> None:
    one, other = seen(paper("abcdaaaabbbbccccaaaa"), ITEMS), seen(paper("abcdaabbbbbbcccaaaaa"), ITEMS)
    assert compare(one, other, ITEMS) == compare(other, one, ITEMS)


def test_questions_are_fitted_from_all_papers() -> None:
    source = Random(5)
    papers = []
    for _ in range(400):
        able = source.gauss(0, 1)
        line = "".join(
            "a" if source.random() < 1 / (1 + math.exp((n % 5 - 2) / 2 - able)) else source.choice("bbbc")
            for n in range(20)
        )
        papers.append(paper(line))
    items = fit(papers)
    assert items.keys() == ITEMS.keys()
    assert items[4].difficulty - items[0].difficulty == pytest.approx(2.0, abs=0.6)
    assert all(item.same_right == 1.0 for item in items.values())
    assert items[3].same_wrong == pytest.approx(0.75**2 + 0.25**2, abs=0.1)


def test_a_question_that_everybody_gets_right_is_left_out() -> None:
    papers = [paper("a" + line) for line in ("abab", "bbaa", "aabb", "baba")]
    assert 0 not in fit(papers)
