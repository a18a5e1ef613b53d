"""Families of near-duplicates, as a table."""

from itertools import count, pairwise

import pytest

from quiz.bank.kinship import join


@pytest.mark.parametrize(
    "pairs, kin, joined",
    [
        ([], {}, {}),
        ([("a", "b")], {}, {"a": 100, "b": 100}),
        ([("a", "b"), ("c", "d")], {}, {"a": 100, "b": 100, "c": 101, "d": 101}),
        ([("a", "b"), ("b", "c")], {}, {"a": 100, "b": 100, "c": 100}),
        ([("a", "b")], {"a": 7}, {"b": 7}),
        ([("a", "b")], {"a": None}, {"a": 100, "b": 100}),
        ([("a", "b")], {"a": 7, "b": 7}, {}),
        ([("a", "n"), ("b", "n")], {"a": 7, "b": 9, "c": 9, "d": 8}, {"n": 7, "b": 7, "c": 7}),
        ([("n", "m")], {"a": 7, "b": None}, {"n": 100, "m": 100}),
    ],
)
def test_families(pairs: list[tuple[str, str]], kin: dict[str, int | None], joined: dict[str, int]) -> None:
    numbers = count(100)
    assert join(pairs, kin, lambda: next(numbers)) == joined


def test_a_long_chain_is_one_family() -> None:
    names = [str(n) for n in range(5000)]
    joined = join(pairwise(names), {}, lambda: 1)
    assert set(joined.values()) == {1}
    assert len(joined) == 5000
