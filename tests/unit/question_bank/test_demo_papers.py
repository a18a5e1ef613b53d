"""A few thousand papers from the demo's questions; `make bench` looks at 100,000 of each kind."""

import pytest

from benches.draws import calibrated, contest_matrix, demo_bank, farthest, level_matrix, look
from question_bank.draw import coverage

BANK = demo_bank()
KNOWN = calibrated(BANK)


def test_the_pool_has_what_the_promises_are_about():
    families = {item.group for item in BANK.pool if item.group is not None}
    assert len(families) == len(BANK.forbidden) >= 8
    assert sum(bool(item.pinned) for item in BANK.pool) >= 8
    assert coverage(BANK.pool, contest_matrix()) == ()
    assert sum(cell.count for cell in contest_matrix()) == 20


@pytest.mark.parametrize(
    "bank,cells,most",
    [(BANK, contest_matrix(), 0.15), (KNOWN, contest_matrix(), 0.2), (KNOWN, level_matrix(), 0.2)],
    ids=["by topic", "by topic, difficulty known", "by level, difficulty known"],
)
def test_papers(bank, cells, most):
    seen = look(bank, cells, range(3000))
    assert seen.papers == 3000
    assert (seen.forbidden, seen.wrong_cells, seen.moved, seen.different) == (0, 0, 0, 0)
    # Chance alone is 5 % with so few papers.
    assert farthest(bank, cells, seen) < most
    assert bank is BANK or seen.far <= 0.05 * seen.papers
