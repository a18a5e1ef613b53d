"""Attempts are annulled by filter, boards follow at once, and everything comes back until publication."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import service as attempts
from quiz.attempts.allowance import used_attempts
from quiz.attempts.models import Attempt, Result
from quiz.attempts.queries import list_attempts
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.queries import browse_events
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.scoring.marking import Correction
from quiz.standings.queries import figures, list_people
from quiz.standings.regrading import correct_key
from quiz.standings.service import freeze_round
from quiz.standings.verifying import verify
from quiz.vetting.annul_filter import AnnulFilter
from quiz.vetting.annulling import AnnulRefused, AttemptsMoved, annul, fingerprint, preview, take_back
from quiz.vetting.integrity_models import Annulment
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, sit

WHO: dict[str, Any] = {"reason": "Cùng một máy", "actor": Actor.system("tests"), "now": NOW}
WORDS: dict[str, Any] = {**WHO, "notice": "Bài này không được tính."}
WRONG = (1, 1, 1, 2)


@pytest.fixture
def people() -> tuple[Contest, list[Entry]]:
    """Four people: two with all right at the second attempt, then 3 and 2 right at the first."""
    contest = fixed_contest(attempts=AttemptRule(limit=3))
    made = [make_entry(contest, number) for number in range(1, 5)]
    for number, entry in enumerate(made[:2]):
        sit(contest, entry.id, WRONG, now=NOW + timedelta(minutes=number))
        sit(contest, entry.id, RIGHT, now=NOW + timedelta(minutes=10 + number))
    sit(contest, made[2].id, (*RIGHT[:3], 2), now=NOW)
    sit(contest, made[3].id, (*RIGHT[:2], 1, 2), now=NOW)
    return contest, made


def board(contest: Contest) -> list[tuple[int, int]]:
    """(place, right answers) down the board."""
    return [(row.rank, row.correct_count) for row in list_people(contest.id, 1, limit=10)]


def apply(contest: Contest, wanted: AnnulFilter) -> Annulment:
    seen = fingerprint(preview(contest, 1, wanted).attempts)
    return annul(contest, 1, wanted, seen=seen, **WORDS)


def codes(contest: Contest, entry: Entry) -> list[Attempt]:
    return list(list_attempts(contest.id, entry.id, 1))


def test_the_preview_says_who_moves_and_writes_nothing(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    before = board(contest)
    change = preview(contest, 1, AnnulFilter(people=(made[0].id, made[3].id), percent=50))
    assert change.figures() == {"attempts": 2, "people": 2, "out": 1, "risen": 2}
    assert [(one.person, one.before, one.after) for one in change.moves.people] == [
        (made[0].id, 1, 3),
        (made[3].id, 4, None),
    ]
    assert board(contest) == before


def test_boards_follow_at_once_and_are_proven(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    event = apply(contest, AnnulFilter(people=(made[0].id, made[3].id), percent=50))
    assert board(contest) == [(1, 4), (2, 3), (3, 0)]
    assert verify(get_contest_by_id(contest.id)) == []
    assert figures(contest.id, 1).participants == 3
    assert figures(contest.id, 1).attempts == 4
    annulled = [row for row in codes(contest, made[0]) if row.annulment_id]
    assert [(row.number, row.void_notice) for row in annulled] == [(2, "Bài này không được tính.")]
    assert annulled[0].answers, "the answers stay"
    logged = browse_events(contest.id, 1).rows[0]
    assert logged.action == "attempts_annulled"
    assert logged.detail["annulment"] == event.id
    assert logged.detail["reason"] == "Cùng một máy"


def test_an_annulled_attempt_was_used(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    apply(contest, AnnulFilter(people=(made[0].id,)))
    past = codes(contest, made[0])
    assert used_attempts(past, get_round(contest, 1), "Asia/Ho_Chi_Minh", NOW) == 2


def test_taking_back_restores_every_result(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    stored = {row.entry_id: bytes(row.rank_key) for row in db.session.scalars(select(Result))}
    event = apply(contest, AnnulFilter(people=tuple(one.id for one in made)))
    assert board(contest) == []
    undone = take_back(contest, 1, event.id, **{**WHO, "reason": "Đã giải thích"})
    assert undone.undo_reason == "Đã giải thích"
    assert {row.entry_id: bytes(row.rank_key) for row in db.session.scalars(select(Result))} == stored
    assert all(row.annulment_id is None and row.voided_at is None for row in codes(contest, made[0]))
    assert verify(get_contest_by_id(contest.id)) == []
    assert browse_events(contest.id, 1).rows[0].action == "annulment_taken_back"
    with pytest.raises(AnnulRefused, match="taken_back_already"):
        take_back(contest, 1, event.id, **WHO)


def test_a_key_that_was_corrected_meanwhile_counts_when_taken_back(
    people: tuple[Contest, list[Entry]],
) -> None:
    contest, made = people
    event = apply(contest, AnnulFilter(people=(made[3].id,)))
    revision = codes(contest, made[3])[0].paper[3][0]
    event_id = event.id
    correct_key(get_contest_by_id(contest.id), 1, revision, Correction(is_void=True), **WORDS)
    take_back(get_contest_by_id(contest.id), 1, event_id, **WHO)
    assert verify(get_contest_by_id(contest.id)) == []
    assert codes(contest, made[3])[0].correct_count == 3


def test_final_ranks_are_made_anew(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    with transaction():
        freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
        db.session.get_one(Round, (contest.id, 1)).state = RoundState.FROZEN.value
    apply(contest, AnnulFilter(people=(made[0].id,)))
    ranks = {row.entry_id: row.rank for row in db.session.scalars(select(Result))}
    assert ranks == {made[1].id: 1, made[2].id: 2, made[3].id: 3}
    assert verify(get_contest_by_id(contest.id)) == []


def test_after_publication_nothing_moves(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    event = apply(contest, AnnulFilter(people=(made[0].id,)))
    with transaction():
        db.session.get_one(Round, (contest.id, 1)).state = RoundState.PUBLISHED.value
    with pytest.raises(AnnulRefused, match="results_are_published"):
        take_back(contest, 1, event.id, **WHO)
    with pytest.raises(AnnulRefused, match="results_are_published"):
        apply(contest, AnnulFilter(people=(made[1].id,)))


def test_what_was_not_previewed_is_not_annulled(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    wanted = AnnulFilter(percent=100)
    seen = fingerprint(preview(contest, 1, wanted).attempts)
    sit(contest, made[2].id, RIGHT, now=NOW + timedelta(minutes=30))
    with pytest.raises(AttemptsMoved):
        annul(contest, 1, wanted, seen=seen, **WORDS)
    assert not db.session.scalars(select(Annulment)).all()
    assert all(row.voided_at is None for row in db.session.scalars(select(Attempt)))


@pytest.mark.parametrize("missing", ["reason", "notice"])
def test_reason_and_notice_are_needed(people: tuple[Contest, list[Entry]], missing: str) -> None:
    contest, _made = people
    with pytest.raises(AnnulRefused, match="reason_needed"):
        annul(contest, 1, AnnulFilter(percent=1), seen="", **{**WORDS, missing: " "})


def test_empty_filters_and_unknown_events_are_refused(people: tuple[Contest, list[Entry]]) -> None:
    contest, _made = people
    with pytest.raises(AnnulRefused, match="filter_is_empty"):
        preview(contest, 1, AnnulFilter())
    with pytest.raises(AnnulRefused, match="nothing_to_annul"):
        apply(contest, AnnulFilter(people=(4711,)))
    with pytest.raises(NotFound):
        take_back(contest, 1, 4711, **WHO)


def test_open_attempts_are_left_alone(people: tuple[Contest, list[Entry]]) -> None:
    contest, made = people
    running = attempts.start(contest, made[3].id, 1, now=NOW + timedelta(hours=1), keyring=KEYRING)
    apply(contest, AnnulFilter(people=(made[3].id,)))
    db.session.expire_all()
    assert [row.annulment_id is None for row in codes(contest, made[3])] == [False, True]
    assert codes(contest, made[3])[1].id == running.id


def test_who_hands_in_at_the_same_moment_is_counted_once(app: Flask) -> None:
    """Whatever comes first: the annulled attempt is out, the one that was handed in meanwhile counts."""
    contest = fixed_contest(attempts=AttemptRule(limit=3))
    entry = make_entry(contest, 1)
    sit(contest, entry.id, WRONG)
    running = attempts.start(contest, entry.id, 1, now=NOW + timedelta(minutes=5), keyring=KEYRING)
    wanted = AnnulFilter(attempts=(codes(contest, entry)[0].id,))
    seen = fingerprint(preview(contest, 1, wanted).attempts)
    sheet = Sheet(1, {place: (pick,) for place, pick in enumerate(RIGHT, 1)}, (), None)
    contest_id, entry_id, code = contest.id, entry.id, running.code
    acts = [
        lambda: annul(get_contest_by_id(contest_id), 1, wanted, seen=seen, **WORDS),
        lambda: attempts.submit(
            code, sheet, entry_id=entry_id, now=NOW + timedelta(minutes=6), keyring=KEYRING
        ),
    ]
    at_once(app, 2, lambda: acts.pop()())
    assert verify(get_contest_by_id(contest_id)) == []
    assert [(row.correct_count, row.annulment_id is None) for row in codes(contest, entry)] == [
        (0, False),
        (4, True),
    ]
    assert [(row.attempts, row.correct_count) for row in db.session.scalars(select(Result))] == [(1, 4)]
