"""One's own place where only people with all right are ranked."""

from sqlalchemy import select

from quiz.attempts.models import Result
from quiz.attempts.queries import count_ranked, place_of
from quiz.core.database import db
from quiz.scoring.ranking import Criterion
from tests.support.factories import make_entry
from tests.support.lists import finish, listed_contest, play


def test_all_correct_is_a_filter() -> None:
    contest = listed_contest(rounds=1, ranking=(Criterion.DURATION, Criterion.ALL_CORRECT))
    for number, (right, seconds) in enumerate([(4, 60), (3, 10), (4, 50)], start=1):
        play(contest, make_entry(contest, number).id, 1, right, seconds=seconds)
    rows = db.session.scalars(select(Result).order_by(Result.entry_id)).all()
    assert [place_of(rows[index], all_correct=True) for index in (0, 2)] == [2, 1]
    assert [place_of(row) for row in rows] == [3, 1, 2]
    assert count_ranked(rows[0], all_correct=True) == 2
    finish(contest.id, 1)
    db.session.expire_all()
    assert [row.rank for row in rows] == [2, None, 1]
