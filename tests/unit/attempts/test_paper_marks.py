"""F10: whatever seed shuffles a paper, the mark is that of the same choices on an unshuffled one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from question_bank.draw import PoolItem
from quiz.attempts.papers import as_items, draw_paper
from quiz.contests.definition import MatrixCell, PaperRule, Shuffle
from quiz.scoring.marking import Correction, mark
from tests.support.factories import round_definition

_SIZE = 12
_POOL = [
    PoolItem(
        id=100 + n,
        topic="A" if n % 2 else "B",
        level=None,
        choices=2 + n % 7,
        pinned=(1 + n % 7,) if n % 3 == 0 else (),
    )
    for n in range(_SIZE)
]
_CHOICES = {item.id: item.choices for item in _POOL}

keys = st.fixed_dictionaries(
    {item.id: st.sets(st.integers(0, item.choices - 1), min_size=1) for item in _POOL}
)
picks = st.fixed_dictionaries({item.id: st.sets(st.integers(0, item.choices - 1)) for item in _POOL})
shuffles = st.lists(st.sampled_from(Shuffle), unique=True).map(tuple)
seeds = st.integers(0, 2**62 - 1)


def paper(seed: int, shuffle: tuple[Shuffle, ...]) -> list[list[object]]:
    """A paper of eight questions."""
    cells = (MatrixCell("A", None, 4), MatrixCell("B", None, 4))
    definition = round_definition()
    rule = PaperRule(bank="bank", matrix=cells, shuffle=shuffle)
    return draw_paper(_POOL, replace(definition, paper=rule), seed=seed, seen={})


def ticks(drawn: list[list[object]], picked: dict[int, set[int]]) -> dict[int, list[int]]:
    """What a person ticks who wants these choices: places from 1, as the paper shows them."""
    found: dict[int, list[int]] = {}
    for place, (revision, order) in enumerate(drawn, start=1):
        assert isinstance(revision, int)
        assert isinstance(order, list)
        assert sorted(order) == list(range(_CHOICES[revision]))
        found[place] = [order.index(choice) + 1 for choice in picked[revision]]
    return found


@given(seeds, shuffles, keys, picks)
def test_the_mark_is_that_of_the_unshuffled_paper(
    seed: int, shuffle: tuple[Shuffle, ...], key: dict[int, set[int]], picked: dict[int, set[int]]
) -> None:
    drawn = paper(seed, shuffle)
    marks = mark(as_items(drawn, key), ticks(drawn, picked))  # type: ignore[arg-type]  # as read from the row
    expected = tuple(picked[revision] == key[revision] for revision, _order in drawn)  # type: ignore[index]
    assert marks.right == expected
    assert (marks.correct, marks.total) == (sum(expected), len(drawn))


@given(seeds, seeds, keys, picks, st.booleans())
def test_two_papers_with_the_same_questions_are_marked_alike(
    one: int, other: int, key: dict[int, set[int]], picked: dict[int, set[int]], is_void: bool
) -> None:
    """Also where a key was corrected afterwards."""
    first = paper(one, (Shuffle.CHOICES,))
    second = [[revision, list(_turned(order, other))] for revision, order in first]  # type: ignore[arg-type]
    fixed = Correction((frozenset({0}), frozenset({1})), is_void)
    corrections = {first[0][0]: fixed}
    results = [
        mark(as_items(drawn, key), ticks(drawn, picked), corrections)  # type: ignore[arg-type]
        for drawn in (first, second)
    ]
    assert results[0] == results[1]


def _turned(order: list[int], by: int) -> list[int]:
    turn = by % len(order)
    return order[turn:] + order[:turn]


@given(seeds, shuffles)
def test_a_seed_always_gives_the_same_paper(seed: int, shuffle: tuple[Shuffle, ...]) -> None:
    """Reloading, another device and the review show one paper."""
    assert paper(seed, shuffle) == paper(seed, shuffle)
