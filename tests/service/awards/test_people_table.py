"""The table of everybody for a file: read a part at a time, nobody left out at the seams."""

import pytest

from quiz.awards import report
from quiz.contests.queries import get_round
from tests.support.boards import CRITERIA, fill_board, slow_ranks
from tests.support.factories import NOW, make_bank, make_contest, round_definition


@pytest.mark.parametrize("at_once", [1, 7, 20, 5_000])
def test_everybody_stands_in_the_table_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_AT_ONCE", at_once)
    make_bank()
    contest = make_contest("cuoc-thi", round_definition(ranking=CRITERIA, prediction=None))
    lines = fill_board(contest, 20, seed=5)
    table = report.people_table(contest, get_round(contest, 1), NOW)
    assert [int(row[0]) for row in table.rows] == [rank for rank, _entry_id in slow_ranks(lines)]
