"""Acceptance test 2: equal distances on both sides of 3.195, and a fake entry after freezing moves nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from quiz.attempts import results
from quiz.attempts.models import Result
from quiz.audit.models import AuditEvent
from quiz.contests.definition import PredictionRule
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Criterion
from quiz.standings.counting_again import CountRefused, count_again, preview
from quiz.standings.moves import moves_with
from quiz.standings.recounting import recount
from quiz.standings.verifying import verify
from tests.support.factories import NOW, make_entry
from tests.support.lists import SYSTEM, finish, listed_contest, move, play

LATER = NOW + timedelta(days=2)
BY_TIME = (Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR, Criterion.SUBMITTED_AT)
LOWER_FIRST = (*BY_TIME[:2], Criterion.PREDICTION_NOT_ABOVE, Criterion.SUBMITTED_AT)
# Who predicted what, in the order of handing in; all have four right.
PREDICTIONS = {"above": "3.200", "below": "3.190", "one below": "3194", "one above": "3196", "fake": "3.195"}


def rest_of_the_province(contest: Contest, attempts: int) -> None:
    """So many attempts by somebody with nothing right and no prediction, in one row."""
    entry = make_entry(contest, 99)
    blank = play(contest, entry.id, 1, 0, prediction="1")
    with transaction() as session:
        row = session.get_one(Result, (contest.id, 1, entry.id))
        values = {column.key: getattr(row, column.key) for column in Result.__table__.columns}
        results.store(session, [values | {"attempts": attempts, "attempt_id": blank.id}])


def frozen(ranking: tuple[Criterion, ...]) -> tuple[Contest, dict[str, int]]:
    rule = PredictionRule(Target.ATTEMPTS)
    contest = listed_contest(rounds=1, prediction=rule, ranking=ranking)
    rest_of_the_province(contest, 3190)
    people = {}
    for number, (name, typed) in enumerate(PREDICTIONS.items(), start=1):
        people[name] = make_entry(contest, number).id
        play(contest, people[name], 1, 4, prediction=typed, at=NOW + number * timedelta(minutes=1))
    finish(contest.id, 1)
    return contest, people


def order(contest: Contest, people: dict[str, int]) -> list[tuple[int | None, str]]:
    names = {entry_id: name for name, entry_id in people.items()}
    db.session.rollback()
    rows = db.session.scalars(
        select(Result).where(Result.contest_id == contest.id, Result.entry_id.in_(names))
    )
    return sorted((row.rank, names[row.entry_id]) for row in rows)


@pytest.mark.parametrize(
    "ranking,two", [(BY_TIME, ["above", "below"]), (LOWER_FIRST, ["below", "above"])], ids=["time", "lower"]
)
def test_nothing_moves_until_the_number_is_counted_again(
    ranking: tuple[Criterion, ...], two: list[str]
) -> None:
    contest, people = frozen(ranking)
    near = ["one below", "one above"]
    assert order(contest, people) == list(enumerate(["fake", *near, *two], start=1))
    with transaction() as session:
        fake = session.get_one(Entry, (contest.id, people["fake"]))
        fake.status = "disqualified"
        recount(session, contest, [1], [fake])
    # 3,194 attempts are left; the number stays 3.195, and so do all distances.
    assert order(contest, people) == list(enumerate([*near, *two], start=1))
    contest = get_contest_by_id(contest.id)
    assert preview(contest, 1).frozen == 3195
    told = moves_with(contest, get_round(contest, 1), Decimal(3194))
    names = {entry_id: name for name, entry_id in people.items()}
    by_time = {names[one.entry_id]: (one.before, one.after) for one in told.first}
    found = count_again(contest, 1, seen=Decimal(3194), reason="Bỏ đăng ký giả", actor=SYSTEM, now=LATER)
    assert (found.frozen, found.now) == (3195, 3194)
    # 0, 2, 4 and 6 off
    assert order(contest, people) == [(1, "one below"), (2, "one above"), (3, "below"), (4, "above")]
    assert by_time == ({} if two == ["below", "above"] else {"below": (4, 3), "above": (3, 4)})
    assert told.people == len(by_time)
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "number_counted_again"))
    assert (event.detail["before"], event.detail["after"]) == ("3195", "3194")
    assert [one for one in verify(contest) if one.entry_id in people.values()] == []


def test_only_a_frozen_number_that_was_looked_at_is_counted_again() -> None:
    contest, _people = frozen(BY_TIME)
    contest = get_contest_by_id(contest.id)
    for seen, reason, code in ((3195, " ", "reason_needed"), (3190, "Thử", "number_moved")):
        with pytest.raises(CountRefused) as refused:
            count_again(contest, 1, seen=Decimal(seen), reason=reason, actor=SYSTEM, now=LATER)
        assert refused.value.code == code
    move(contest.id, 1, RoundAction.PUBLISH)
    with pytest.raises(CountRefused) as refused:
        preview(get_contest_by_id(contest.id), 1)
    assert refused.value.code == "number_is_not_frozen"
