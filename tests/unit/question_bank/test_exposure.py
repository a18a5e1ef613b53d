"""A person sees so much of the bank and no more, and every paper is still as the matrix says."""

from collections import Counter
from decimal import Decimal

import pytest

from question_bank.draw import Cell, Drawn, PoolItem, PoolTooThin
from question_bank.exposure import draw_within

BANK = [PoolItem(n, "A" if n % 2 else "B", "dễ" if n % 5 else "khó", 4) for n in range(1, 201)]
CELLS = (Cell("A", "dễ", 4), Cell("A", "khó", 2), Cell("B", None, 4))
OF = {item.id: item for item in BANK}


def start(seen: Counter[int], seed: int, share: Decimal | None, bank: list[PoolItem] = BANK) -> list[Drawn]:
    """One more paper, which the person has then seen."""
    paper = draw_within(
        bank, CELLS, share=share, seed=seed, shuffle_questions=True, shuffle_choices=True, seen=seen
    )
    seen.update(question.id for question in paper)
    return list(paper)


def fills(paper: list[Drawn]) -> bool:
    """Whether the matrix is kept to the letter."""
    found = Counter((OF[q.id].topic, OF[q.id].level) for q in paper)
    b = found["B", "dễ"] + found["B", "khó"]
    return (found["A", "dễ"], found["A", "khó"], b, len({q.id for q in paper})) == (4, 2, 4, 10)


@pytest.mark.parametrize("share", ["0.2", "0.4", "1.0"])
def test_coverage_after_50_starts_is_no_more_than_the_exposure(share: str) -> None:
    """A08."""
    seen: Counter[int] = Counter()
    for seed in range(50):
        assert fills(start(seen, seed, Decimal(share)))
    for topic, level in (("A", "dễ"), ("A", "khó")):
        of_cell = [item.id for item in BANK if (item.topic, item.level) == (topic, level)]
        assert len(seen.keys() & set(of_cell)) <= Decimal(share) * len(of_cell)
    assert Decimal(share) * 180 <= len(seen) <= Decimal(share) * 200, "and no less than is allowed"


def test_without_a_cap_they_would_see_it_all() -> None:
    seen: Counter[int] = Counter()
    for seed in range(50):
        start(seen, seed, None)
    assert len(seen) == 200


def test_until_the_cap_papers_do_not_repeat_and_then_evenly() -> None:
    seen: Counter[int] = Counter()
    for seed in range(4):
        start(seen, seed, Decimal("0.2"))
    easy = [seen[item.id] for item in BANK if (item.topic, item.level) == ("A", "dễ")]
    assert (max(easy), sum(easy)) == (1, 16)
    for seed in range(4, 40):
        start(seen, seed, Decimal("0.2"))
    easy = [seen[item.id] for item in BANK if seen[item.id] and OF[item.id].topic == "A"]
    hard = [seen[item.id] for item in BANK if seen[item.id] and item.level == "khó" and item.topic == "A"]
    assert set(hard) == {20}, "two of four every time"
    assert {often for often in easy if often < 20} == {10}


def test_a_bank_too_small_for_the_share_still_gives_whole_papers() -> None:
    seen: Counter[int] = Counter()
    first = start(seen, 1, Decimal("0.01"))
    assert fills(start(seen, 2, Decimal("0.01")))
    assert set(seen) == {question.id for question in first}


def test_where_questions_were_retired_as_few_new_ones_as_possible_come_in() -> None:
    seen: Counter[int] = Counter()
    first = start(seen, 1, Decimal("0.01"))
    gone = {question.id for question in first if OF[question.id].topic == "B"}
    left = [item for item in BANK if item.id not in gone]
    second = start(seen, 2, Decimal("0.01"), left)
    assert fills(second)
    kept = {question.id for question in first} - gone
    assert kept <= {question.id for question in second}


def test_a_bank_that_cannot_fill_the_matrix_says_so() -> None:
    with pytest.raises(PoolTooThin):
        start(Counter({1: 1}), 1, Decimal("0.5"), BANK[:8])
