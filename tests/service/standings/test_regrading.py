"""A key is corrected after attempts exist: previewed, applied once, the old results kept."""

from typing import Any

import pytest
from sqlalchemy import select

from quiz.attempts import queries, service
from quiz.attempts.closing import marks_of
from quiz.attempts.models import Attempt, FormerResult, Result
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.queries import browse_events
from quiz.bank.queries import revisions
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import db, transaction
from quiz.scoring.marking import Correction
from quiz.standings.effects import CorrectionRefused, preview
from quiz.standings.regrading import correct_key, list_key_changes
from quiz.standings.service import freeze_round
from quiz.standings.verifying import verify
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

WHO: dict[str, Any] = {
    "reason": "Đáp án sai",
    "notice": "Câu 1 tính lại",
    "actor": Actor.system(),
    "now": NOW,
}


def take(contest: Contest, number: int, choice: int) -> tuple[int, Attempt]:
    """An entrant who chooses the same choice (from 0, of the revision) everywhere and hands in."""
    entry = make_entry(contest, number)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    answers = {place: (order.index(choice) + 1,) for place, (_revision, order) in enumerate(attempt.paper, 1)}
    service.submit(attempt.code, Sheet(1, answers, (), "3"), entry_id=entry.id, now=NOW, keyring=KEYRING)
    return entry.id, queries.get_attempt(attempt.code)


@pytest.fixture
def contest() -> Contest:
    """Six questions that everybody gets; four people who choose A, B, C, D everywhere."""
    make_bank(questions=6)
    made = make_contest("cham-lai", round_definition(attempts=AttemptRule(limit=2)))
    for number in range(4):
        take(made, number + 1, number)
    return made


def the_round(contest: Contest) -> Round:
    return db.session.get_one(Round, (contest.id, 1), populate_existing=True)


def first_question(contest: Contest) -> tuple[int, int]:
    """A revision of the papers, and the choice that is its key."""
    attempt = db.session.scalars(select(Attempt).where(Attempt.contest_id == contest.id)).first()
    assert attempt is not None
    revision = min(revision for revision, _order in attempt.paper)
    return revision, revisions([revision])[revision].correct[0]


def marks(contest: Contest) -> list[int]:
    """Right answers of the four people, as stored, in the order of their choices."""
    wanted = select(Attempt).where(Attempt.contest_id == contest.id).order_by(Attempt.id)
    rows = db.session.scalars(wanted.execution_options(populate_existing=True)).all()
    assert [row.correct_count for row in rows] == [marks_of(row, the_round(contest)).correct for row in rows]
    return [row.correct_count or 0 for row in rows]


def accepting(*choices: int) -> Correction:
    return Correction(tuple(frozenset({choice}) for choice in choices))


def test_another_choice_is_accepted_too(contest: Contest) -> None:
    revision, key = first_question(contest)
    other = (key + 1) % 4
    before = marks(contest)
    effect = preview(contest, 1, revision, accepting(key, other))
    assert effect.figures() == {"affected": 4, "gain": 1, "lose": 0, "entrants": 1}
    assert marks(contest) == before, "a preview writes nothing"
    change = correct_key(contest, 1, revision, accepting(key, other), **WHO)
    assert change.figures == effect.figures()
    assert marks(contest) == [one + (place == other) for place, one in enumerate(before)]
    assert verify(get_contest_by_id(contest.id)) == []
    assert browse_events(contest.id, 1).rows[0].action == "key_corrected"


def test_a_key_is_replaced_and_the_former_result_is_kept(contest: Contest) -> None:
    revision, key = first_question(contest)
    other = (key + 1) % 4
    before = marks(contest)
    change = correct_key(contest, 1, revision, accepting(other), **WHO)
    assert marks(contest) == [one + (place == other) - (place == key) for place, one in enumerate(before)]
    former = db.session.scalars(select(FormerResult).where(FormerResult.change_id == change.id)).all()
    assert sorted(one.correct_count for one in former) == sorted((before[key], before[other]))
    assert verify(get_contest_by_id(contest.id)) == []
    assert [one.id for one in list_key_changes(contest.id, 1)] == [change.id]


def test_a_void_question_is_right_for_everybody(contest: Contest) -> None:
    revision, key = first_question(contest)
    before = marks(contest)
    correct_key(contest, 1, revision, Correction(is_void=True), **WHO)
    assert marks(contest) == [one + (place != key) for place, one in enumerate(before)]


def test_later_attempts_are_marked_by_the_correction(contest: Contest) -> None:
    revision, key = first_question(contest)
    other = (key + 1) % 4
    correct_key(contest, 1, revision, accepting(other), **WHO)
    _entry_id, attempt = take(contest, 9, other)
    place = next(place for place, (one, _order) in enumerate(attempt.paper) if one == revision)
    assert marks_of(attempt, the_round(contest)).right[place]
    assert verify(get_contest_by_id(contest.id)) == []


def test_a_second_correction_starts_from_the_first(contest: Contest) -> None:
    revision, key = first_question(contest)
    before = marks(contest)
    correct_key(contest, 1, revision, Correction(is_void=True), **WHO)
    correct_key(contest, 1, revision, accepting(key), **WHO)
    assert marks(contest) == before


def test_final_ranks_change_once_and_the_predicted_number_stays(contest: Contest) -> None:
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = "closed"
    freeze_round(contest, 1, now=NOW, keyring=KEYRING)
    actual = the_round(contest).actual_number
    revision, key = first_question(contest)
    correct_key(contest, 1, revision, accepting((key + 1) % 4), **WHO)
    ordered = db.session.scalars(
        select(Result).where(Result.contest_id == contest.id).order_by(Result.rank_key, Result.entry_id)
    ).all()
    keys = [one.rank_key for one in ordered]
    assert [one.rank for one in ordered] == [keys.index(one) + 1 for one in keys]
    assert the_round(contest).actual_number == actual
    assert verify(get_contest_by_id(contest.id)) == []


@pytest.mark.parametrize(
    "correction", [Correction(), Correction((frozenset(),)), Correction((frozenset({7}),))]
)
def test_a_correction_names_choices_of_the_question(contest: Contest, correction: Correction) -> None:
    revision, _key = first_question(contest)
    before = marks(contest)
    with pytest.raises(CorrectionRefused):
        correct_key(contest, 1, revision, correction, **WHO)
    assert marks(contest) == before


def test_without_a_reason_or_twice_the_same_nothing_happens(contest: Contest) -> None:
    revision, key = first_question(contest)
    with pytest.raises(CorrectionRefused) as refused:
        correct_key(contest, 1, revision, accepting(key), **(WHO | {"reason": " "}))
    assert refused.value.code == "reason_needed"
    correct_key(contest, 1, revision, Correction(is_void=True), **WHO)
    with pytest.raises(CorrectionRefused) as refused:
        correct_key(contest, 1, revision, Correction(is_void=True), **WHO)
    assert refused.value.code == "correction_is_there"
