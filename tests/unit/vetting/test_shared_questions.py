"""A16: two random papers share as many questions as planned, and what is not shared cannot be copied."""

from itertools import combinations

from question_bank.draw import Cell, PoolItem, draw

PAPER, BANK, PEOPLE = 20, 200, 300


def test_two_papers_share_what_was_planned() -> None:
    pool = [PoolItem(n, f"Chủ đề {n % 4}", None, 4, ()) for n in range(BANK)]
    cells = [Cell(f"Chủ đề {n}", None, PAPER // 4) for n in range(4)]
    papers = [{one.id for one in draw(pool, cells, seed=seed)} for seed in range(PEOPLE)]
    shared = [len(one & other) for one, other in combinations(papers, 2)]
    planned = PAPER * PAPER / BANK
    assert abs(sum(shared) / len(shared) - planned) < 0.05 * planned
    assert max(shared) <= PAPER // 2
