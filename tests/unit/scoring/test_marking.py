"""Marks of shuffled papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring.marking import Marks, PaperItem, chosen, mark

STRAIGHT = (0, 1, 2, 3)
TURNED = (2, 0, 3, 1)  # place 1 shows choice 2, place 2 shows choice 0, …


@pytest.mark.parametrize(
    "order,shown,behind",
    [
        (STRAIGHT, [2], {1}),
        (TURNED, [1], {2}),
        (TURNED, [2, 4], {0, 1}),
        (TURNED, [2, 2], {0}),
        (TURNED, [], set()),
        (TURNED, [0, 5, -1, 99], set()),
    ],
)
def test_choices_behind_the_ticks(order: tuple[int, ...], shown: list[int], behind: set[int]) -> None:
    assert chosen(PaperItem(1, order, frozenset({0})), shown) == behind


@pytest.mark.parametrize(
    "correct,shown,right",
    [
        # one right choice, shown at place 2
        ({0}, [2], True),
        ({0}, [1], False),
        ({0}, [], False),
        ({0}, [2, 1], False),
        # two right choices, shown at places 2 and 1
        ({0, 2}, [1, 2], True),
        ({0, 2}, [2, 1], True),
        ({0, 2}, [2], False),
        ({0, 2}, [1, 2, 3], False),
        # ticking everything never scores
        ({0}, [1, 2, 3, 4], False),
        ({0, 2}, [1, 2, 3, 4], False),
        ({0, 1, 2}, [1, 2, 3, 4], False),
        # unless everything is what is asked for
        ({0, 1, 2, 3}, [1, 2, 3, 4], True),
        # a question without key is never right, not even when left empty
        (set(), [], False),
    ],
)
def test_only_exactly_the_right_choices_score(correct: set[int], shown: list[int], right: bool) -> None:
    assert mark([PaperItem(1, TURNED, frozenset(correct))], {1: shown}).right == (right,)


def test_a_paper_counts_its_right_answers() -> None:
    items = [PaperItem(n, TURNED, frozenset({0})) for n in (1, 2, 3)]
    marks = mark(items, {1: [2], 3: [1], 7: [2]})
    assert marks == Marks(correct=1, total=3, right=(True, False, False))
    assert not marks.all_correct
    assert mark(items, {1: [2], 2: [2], 3: [2]}).all_correct
    assert not mark([], {}).all_correct


@st.composite
def papers(
    draw: st.DrawFn,
) -> tuple[list[PaperItem], dict[int, list[int]], list[PaperItem], dict[int, list[int]]]:
    """A paper with answers, and the same with questions and choices in another order."""
    questions = []
    for number in range(draw(st.integers(1, 6))):
        size = draw(st.integers(2, 8))
        correct = draw(st.sets(st.integers(0, size - 1), min_size=1))
        questions.append((number, size, correct, draw(st.sets(st.integers(0, size - 1)))))
    straight = [PaperItem(n, tuple(range(size)), frozenset(correct)) for n, size, correct, _ in questions]
    answers = {n + 1: [choice + 1 for choice in ticks] for n, _, _, ticks in questions}
    shuffled, moved = [], {}
    for place, (n, size, correct, ticks) in enumerate(draw(st.permutations(questions)), start=1):
        order = tuple(draw(st.permutations(range(size))))
        shuffled.append(PaperItem(n, order, frozenset(correct)))
        moved[place] = [order.index(choice) + 1 for choice in ticks]
    return straight, answers, shuffled, moved


@given(papers())
def test_shuffling_changes_no_mark(
    paper: tuple[list[PaperItem], dict[int, list[int]], list[PaperItem], dict[int, list[int]]],
) -> None:
    straight, answers, shuffled, moved = paper
    before, after = mark(straight, answers), mark(shuffled, moved)
    assert (before.correct, before.total) == (after.correct, after.total)
    by_question = {item.revision_id: right for item, right in zip(shuffled, after.right, strict=True)}
    assert before.right == tuple(by_question[item.revision_id] for item in straight)
