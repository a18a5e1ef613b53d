"""Combined lists by the numbers: sums as Đồng Nai has them, a month fed by its weeks; all reaches them."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import service
from quiz.attempts.helping import give_back
from quiz.attempts.models import ListResult, Result
from quiz.contests.definition import ListDefinition, PredictionRule, Take
from quiz.contests.models import Contest, StandingList
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.scoring.marking import Correction
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Criterion
from quiz.standings.queries import figures
from quiz.standings.recounting import recount
from quiz.standings.regrading import correct_key
from quiz.standings.verifying import verify
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.lists import SYSTEM, finish, listed_contest, move, play
from tests.support.parallel import at_once

MINUTE = timedelta(minutes=1)
FINAL = ListDefinition(1, "Chung cuộc", (1, 2, 3))
MONTH = ListDefinition(
    2, "Tháng", (1, 2, 3), take=Take.BEST, ranking=(Criterion.CORRECT_COUNT, Criterion.SUBMITTED_AT)
)


def board(contest_id: int, number: int) -> list[tuple[int | None, int, int, int, int]]:
    """Rank, entry, right answers, seconds, attempts."""
    db.session.rollback()
    rows = db.session.scalars(
        select(ListResult)
        .where(ListResult.contest_id == contest_id, ListResult.list_number == number)
        .order_by(ListResult.rank_key, ListResult.entry_id)
    )
    return [
        (row.rank, row.entry_id, row.correct_count, row.duration_ms // 1000, row.attempts) for row in rows
    ]


def played() -> tuple[Contest, list[int]]:
    """Four people over three weeks.

    An: 4 + 3 + 4 = 11 in 60 + 50 + 40 s, 3 attempts.     Bình: 4 + 4 + 3 = 11 in 50 + 50 + 50 s, 4 attempts.
    Chi: 4 + 4 + 3 = 11 in 70 + 50 + 31 s, 3 attempts.    Dũng: 4 + 4 in weeks 1 and 3 only, 20 + 20 s.
    """
    contest = listed_contest(FINAL, MONTH)
    an, binh, chi, dung = (make_entry(contest, number).id for number in range(1, 5))
    # fmt: off
    sittings = [
        (an, 1, 4, 60), (an, 2, 3, 50), (an, 3, 4, 40),
        (binh, 1, 2, 10), (binh, 1, 4, 50), (binh, 2, 4, 50), (binh, 3, 3, 50),
        (chi, 1, 4, 70), (chi, 2, 4, 50), (chi, 3, 3, 31),
        (dung, 3, 4, 20), (dung, 1, 4, 20),
    ]
    # fmt: on
    for index, (who, week, right, seconds) in enumerate(sittings):
        play(contest, who, week, right, seconds=seconds, at=NOW + index * 2 * MINUTE)
    return contest, [an, binh, chi, dung]


def test_sums_over_rounds_rank_as_dong_nai_ranks_them() -> None:
    """Points first, then the time of all rounds, then the attempts: An and Bình both need 150 s."""
    contest, (an, binh, chi, dung) = played()
    finish(contest.id, 1, 2, 3)
    assert board(contest.id, 1) == [
        (1, an, 11, 150, 3),
        (2, binh, 11, 150, 4),
        (3, chi, 11, 151, 3),
        (4, dung, 8, 40, 2),
    ]
    assert verify(contest) == []


def test_an_attempt_counts_once_in_the_week_and_once_in_the_month() -> None:
    """Acceptance test 8: 12 attempts in three weeks are 12 in the month, and four people are four."""
    contest, (an, binh, chi, dung) = played()
    assert [figures(contest.id, week).attempts for week in (1, 2, 3)] == [5, 3, 4]
    assert [figures(contest.id, week).participants for week in (1, 2, 3)] == [4, 3, 4]
    month = board(contest.id, 2)
    assert sum(row[4] for row in month) == 12
    # All have four right somewhere; An handed in at 1:00, Bình at 8:50, Chi at 15:10, Dũng at 20:20.
    assert [row[1] for row in month] == [an, binh, chi, dung]
    assert [row[4] for row in month] == [3, 4, 3, 2]
    assert verify(contest) == []


def test_places_are_final_with_the_last_round_and_official_with_its_publication() -> None:
    contest, people = played()
    finish(contest.id, 1, 2)
    assert {row[0] for row in board(contest.id, 1)} == {None}
    finish(contest.id, 3)
    assert [row[0] for row in board(contest.id, 1)] == [1, 2, 3, 4]
    assert db.session.get_one(StandingList, (contest.id, 1)).ranked_at is not None
    for week in (1, 2, 3):
        move(contest.id, week, RoundAction.PUBLISH)
    before = board(contest.id, 1)
    set_status(contest, people[0], "disqualified")
    assert board(contest.id, 1) == before
    assert verify(contest) == []


def test_who_took_part_too_rarely_has_no_place() -> None:
    contest = listed_contest(ListDefinition(1, "Chung cuộc", (1, 2), min_rounds=2), rounds=2)
    once, twice = (make_entry(contest, number).id for number in (1, 2))
    play(contest, once, 1, 4)
    for week in (1, 2):
        play(contest, twice, week, 1, at=NOW + week * MINUTE)
    finish(contest.id, 1, 2)
    assert {row[1]: row[0] for row in board(contest.id, 1)} == {once: None, twice: 1}
    assert verify(contest) == []


def test_distances_of_predictions_add_up() -> None:
    """Two people each week; An is 1 and 0 off, Bình 0 and 3, and Chi predicted nothing in week 2."""
    closest = (Criterion.PREDICTION_ERROR,)
    contest = listed_contest(
        ListDefinition(1, "Chung cuộc", (1, 2), ranking=closest),
        rounds=2,
        prediction=PredictionRule(Target.ATTEMPTS),
        ranking=closest,
    )
    an, binh, chi = (make_entry(contest, number).id for number in (1, 2, 3))
    for who, week, prediction in (
        (an, 1, "4"), (binh, 1, "3"), (chi, 1, "3"), (an, 2, "3"), (binh, 2, "6")
    ):  # fmt: skip
        play(contest, who, week, 1, prediction=prediction)
    play(contest, chi, 2, 1, seconds=30 * 60, prediction=None)  # time ran out
    finish(contest.id, 1)
    assert [row[1] for row in board(contest.id, 1)] == [binh, chi, an]
    finish(contest.id, 2)
    assert [row[:2] for row in board(contest.id, 1)] == [(1, an), (2, binh), (3, chi)]
    assert verify(contest) == []


def set_status(contest: Contest, entry_id: int, status: str) -> None:
    with transaction() as session:
        row = session.get_one(Entry, (contest.id, entry_id), populate_existing=True)
        row.status = status
        recount(session, contest, [1, 2, 3], [row])


@pytest.mark.parametrize("take", Take)
def test_everything_reaches_the_lists(take: Take) -> None:
    """Set aside and back, given back, and a corrected key; final ranks move up at once."""
    contest = listed_contest(ListDefinition(1, "Chung", (1, 2, 3), take=take))
    an, binh = (make_entry(contest, number).id for number in (1, 2))
    play(contest, an, 1, 4)
    spare = play(contest, binh, 1, 3, at=NOW + MINUTE)
    play(contest, binh, 2, 2, at=NOW + 3 * MINUTE)
    give_back(contest, spare.code, reason="Mất điện", actor=SYSTEM, now=NOW + 5 * MINUTE)
    assert [row[1:3] for row in board(contest.id, 1)] == [(an, 4), (binh, 2)]
    finish(contest.id, 1, 2, 3)
    set_status(contest, an, "disqualified")
    assert [row[:2] for row in board(contest.id, 1)] == [(1, binh)]
    set_status(contest, an, "active")
    assert [row[:3] for row in board(contest.id, 1)] == [(1, an, 4), (2, binh, 2)]
    question = spare.paper[3][0]
    correct_key(
        contest, 2, question, Correction((), is_void=True), reason="Sai đề", notice="Tính đúng cho mọi người",
        actor=SYSTEM, now=NOW + timedelta(days=2),
    )  # fmt: skip
    assert [row[:3] for row in board(contest.id, 1)] == [(1, an, 4), (2, binh, 3)]
    assert verify(contest) == []


def test_a_changed_list_is_found() -> None:
    contest, (an, *_rest) = played()
    with transaction() as session:
        session.get_one(ListResult, (contest.id, 1, an)).correct_count += 1
    assert [(one.place, one.entry_id, one.column) for one in verify(contest)] == [
        ("list 1", an, "correct_count")
    ]


def test_rounds_in_no_list_write_no_list() -> None:
    contest = listed_contest(rounds=1)
    play(contest, make_entry(contest, 1).id, 1, 4)
    assert db.session.scalars(select(ListResult)).all() == []
    assert len(db.session.scalars(select(Result)).all()) == 1


def test_handing_in_in_two_rounds_at_once_adds_both(app: Flask) -> None:
    """Four people, each with both rounds open in two windows; and one of the rounds is frozen meanwhile."""
    contest = listed_contest(ListDefinition(1, "Chung", (1, 2, 3)))
    people = [make_entry(contest, number).id for number in range(1, 5)]
    contest_id = contest.id
    for who in people:
        play(contest, who, 3, 1)
    deeds = [
        *(partial(service.submit, attempt.code, None, entry_id=who, now=NOW + MINUTE, keyring=KEYRING)
          for who in people for week in (1, 2)
          for attempt in [service.start(contest, who, week, now=NOW, keyring=KEYRING)]),
        partial(finish, contest_id, 3),
    ]  # fmt: skip
    turns = iter(deeds)
    at_once(app, len(deeds), lambda: next(turns)())
    db.session.rollback()
    rows = db.session.scalars(select(ListResult).where(ListResult.contest_id == contest_id)).all()
    assert {(row.entry_id, row.rounds, row.attempts) for row in rows} == {(who, 3, 3) for who in people}
    assert verify(get_contest_by_id(contest_id)) == []
