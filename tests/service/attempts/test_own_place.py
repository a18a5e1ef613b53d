"""One's own place where only people with all right are ranked, on small boards and from marks."""

import pytest
from sqlalchemy import select

from quiz.attempts.models import Result
from quiz.attempts.queries import place_of
from quiz.contests.models import Contest
from quiz.contests.queries import get_round
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.scoring.ranking import Criterion
from quiz.standings import board_marks
from quiz.standings.own_places import place_now
from tests.support.factories import NOW, make_entry
from tests.support.lists import finish, listed_contest, play


def places(contest: Contest, rows: list[Result]) -> list[tuple[int, int] | None]:
    """Place and people as the page of the result tells them."""
    found = [place_now(get_round(contest, 1), row.entry_id, now=NOW) for row in rows]
    return [(one.place, one.people) if one else None for one in found]


@pytest.mark.parametrize("small", [2_000, 1])
def test_all_correct_is_a_filter(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_marks, "SMALL", small)
    contest = listed_contest(rounds=1, ranking=(Criterion.DURATION, Criterion.ALL_CORRECT))
    for number, (right, seconds) in enumerate([(4, 60), (3, 10), (4, 50)], start=1):
        play(contest, make_entry(contest, number).id, 1, right, seconds=seconds)
    rows = list(db.session.scalars(select(Result).order_by(Result.entry_id)))
    assert places(contest, rows) == [(2, 2), None, (1, 2)]
    assert [place_of(row) for row in rows] == [3, 1, 2]
    finish(contest.id, 1)
    db.session.expire_all()
    forget_all()
    assert [row.rank for row in rows] == [2, None, 1]
    assert places(contest, rows) == [(2, 2), None, (1, 2)]
