"""Saving and handing in: what was acknowledged is stored, what is older or late is not taken."""

from datetime import timedelta
from random import Random

import pytest
from flask import Flask

from quiz.attempts import queries, service
from quiz.attempts.deadlines import shift_for_pause
from quiz.attempts.errors import AnswersMissing, OlderRevision, PredictionNeeded, TimeIsOver
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.bank.queries import revisions
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.parallel import at_once

SECOND = timedelta(seconds=1)
DEADLINE = timedelta(minutes=15)


@pytest.fixture
def attempt() -> Attempt:
    """A running attempt that began at NOW."""
    make_bank()
    contest = make_contest()
    entry = make_entry(contest)
    return service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)


def save(attempt: Attempt, sheet: Sheet, after: timedelta = SECOND) -> service.Saved:
    """Save as the attempt's own entrant."""
    return service.save(attempt.code, sheet, entry_id=attempt.entry_id, now=NOW + after)


def submit(attempt: Attempt, sheet: Sheet | None, after: timedelta = SECOND) -> Attempt:
    """Hand in as the attempt's own entrant."""
    return service.submit(attempt.code, sheet, entry_id=attempt.entry_id, now=NOW + after, keyring=KEYRING)


def right_sheet(attempt: Attempt, revision: int = 1, wrong: int = 0) -> Sheet:
    """All answers right but the first `wrong` ones."""
    views = revisions([revision_id for revision_id, _order in attempt.paper])
    answers = {}
    for place, (revision_id, order) in enumerate(attempt.paper, start=1):
        right = {order.index(choice) + 1 for choice in views[revision_id].correct}
        wrong_one = min(set(range(1, len(order) + 1)) - right)
        answers[place] = (wrong_one,) if place <= wrong else tuple(right)
    return Sheet(revision, answers, (), "3195")


def test_a_save_is_acknowledged_with_revision_and_time_left(attempt: Attempt) -> None:
    """The reply tells the honest remaining time."""
    saved = save(attempt, Sheet(1, {1: (2,)}))
    assert (saved.revision, saved.remaining_ms) == (1, 15 * 60 * 1000 - 1000)
    assert service.sheet_of(queries.get_attempt(attempt.code)).answers == {1: (2,)}


def test_the_same_save_again_is_acknowledged_again(attempt: Attempt) -> None:
    """R07: the reply was lost, the page sends the same once more."""
    sheet = Sheet(1, {1: (2,)}, (1,), "12")
    first = save(attempt, sheet)
    again = save(attempt, sheet, 5 * SECOND)
    assert (again.revision, again.saved_at) == (first.revision, first.saved_at)


def test_an_older_revision_gets_the_newer_sheet(attempt: Attempt) -> None:
    """F7: a second tab never overwrites newer answers."""
    save(attempt, Sheet(4, {1: (2,), 2: (3,)}))
    with pytest.raises(OlderRevision) as refused:
        save(attempt, Sheet(3, {1: (1,)}))
    assert refused.value.sheet.answers == {1: (2,), 2: (3,)}
    assert refused.value.sheet.revision == 4


def test_the_same_revision_with_other_answers_is_refused(attempt: Attempt) -> None:
    """Two devices counted to the same number: the second is told."""
    save(attempt, Sheet(2, {1: (2,)}))
    with pytest.raises(OlderRevision):
        save(attempt, Sheet(2, {1: (3,)}))


def test_saves_in_any_order_leave_the_highest_acknowledged(app: Flask, attempt: Attempt) -> None:
    """R10: twelve saves in random order, in parallel."""
    code, entry_id = attempt.code, attempt.entry_id
    order = list(range(1, 25))
    Random(7).shuffle(order)
    turns = iter(order)

    def one() -> int:
        revision = next(turns)
        sheet = Sheet(revision, {1: (revision % 4 + 1,)})
        try:
            return service.save(code, sheet, entry_id=entry_id, now=NOW + SECOND).revision
        except OlderRevision:
            return 0

    acknowledged = at_once(app, 24, one)
    stored = service.sheet_of(queries.get_attempt(code))
    assert stored.revision == max(acknowledged) == 24
    assert stored.answers == {1: (24 % 4 + 1,)}


@pytest.mark.parametrize("after, taken", [(29, True), (30, True), (31, False)])
def test_the_grace_takes_what_was_on_its_way(attempt: Attempt, after: int, taken: bool) -> None:
    """Thirty seconds after the deadline and no more; what is late is kept apart."""
    sheet = Sheet(1, {1: (2,)})
    if taken:
        assert save(attempt, sheet, DEADLINE + after * SECOND).remaining_ms == 0
        return
    with pytest.raises(TimeIsOver):
        save(attempt, sheet, DEADLINE + after * SECOND)
    stored = queries.get_attempt(attempt.code)
    assert stored.answers == {}
    assert stored.late_sheet is not None
    assert stored.late_sheet["answers"] == {"1": [2]}


def test_nobody_saves_into_another_persons_attempt(attempt: Attempt) -> None:
    """The owner stands in the WHERE of the one statement."""
    with pytest.raises(NotFound):
        service.save(attempt.code, Sheet(1, {1: (1,)}), entry_id=attempt.entry_id + 1, now=NOW)


def test_submit_marks_by_choice_identity(attempt: Attempt) -> None:
    """Four of six right, whatever the shuffling."""
    done = submit(attempt, right_sheet(attempt, wrong=2), 5 * 60 * SECOND)
    assert (done.correct_count, done.question_count, done.duration_ms) == (4, 6, 300_000)
    result = queries.find_result(done.contest_id, 1, done.entry_id)
    assert result is not None
    assert (result.correct_count, result.attempts, result.prediction) == (4, 1, "3195")


def test_20_parallel_submits_give_one_receipt(app: Flask, attempt: Attempt) -> None:
    """R09: one scoring, twenty identical receipts."""
    sheet, code, entry_id = right_sheet(attempt), attempt.code, attempt.entry_id

    def once() -> tuple[str | None, int | None]:
        done = service.submit(code, sheet, entry_id=entry_id, now=NOW + SECOND, keyring=KEYRING)
        return done.receipt, done.correct_count

    assert len(set(at_once(app, 20, once))) == 1


def test_after_submitting_a_save_is_refused(attempt: Attempt) -> None:
    """A replayed save changes nothing."""
    submit(attempt, right_sheet(attempt))
    with pytest.raises(TimeIsOver, match="already_submitted"):
        save(attempt, Sheet(9, {1: (1,)}))
    assert queries.get_attempt(attempt.code).correct_count == 6


def test_an_older_sheet_does_not_overwrite_at_submission(attempt: Attempt) -> None:
    """A forgotten tab hands in: the newer stored answers count."""
    save(attempt, right_sheet(attempt, revision=5))
    done = submit(attempt, Sheet(2, {1: (1,)}, (), "1"))
    assert done.correct_count == 6


def test_without_a_prediction_there_is_time_to_mend(attempt: Attempt) -> None:
    """While time is left the entrant is told; nothing is closed."""
    with pytest.raises(PredictionNeeded):
        submit(attempt, Sheet(1, {1: (1,)}))
    assert queries.get_attempt(attempt.code).closed_at is None


def test_at_the_deadline_nothing_is_refused(attempt: Attempt) -> None:
    """No prediction and time over: what is there counts."""
    done = submit(attempt, Sheet(1, {1: (1,)}), DEADLINE + SECOND)
    assert done.closed_at is not None
    assert done.duration_ms == 15 * 60 * 1000
    assert done.answers == {"1": [1]}


def test_a_round_may_want_every_answer() -> None:
    """The empty places are named."""
    make_bank()
    contest = make_contest("day-du", round_definition(must_answer_all=True, prediction=None))
    entry = make_entry(contest)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    with pytest.raises(AnswersMissing) as refused:
        submit(attempt, Sheet(1, {1: (1,), 3: (2,)}))
    assert refused.value.params["places"] == [2, 4, 5, 6]


def test_housekeeping_closes_what_is_over_and_one_bad_row_blocks_nobody(attempt: Attempt) -> None:
    """F8: three attempts are over, one of them is damaged."""
    contest = make_contest("khac")
    others = [
        service.start(contest, make_entry(contest, number).id, 1, now=NOW, keyring=KEYRING)
        for number in (2, 3, 4)
    ]
    poison(queries.get_attempt(others[1].code))
    done, failed = service.close_expired(contest.id, now=NOW + DEADLINE + 31 * SECOND, keyring=KEYRING)
    assert done == 2
    assert failed == [others[1].id]
    assert queries.get_attempt(others[2].code).closed_by == "time"


def poison(attempt: Attempt) -> None:
    """Point the paper at a revision that is not there."""
    with transaction():
        attempt.paper = [[1, [0, 1]]]


def test_a_paused_round_stops_the_clock(attempt: Attempt) -> None:
    """Saves go on being taken, and resuming gives the time back."""
    contest = get_contest_by_id(attempt.contest_id)
    paused_at = NOW + 60 * SECOND
    resumed_at = paused_at + timedelta(minutes=40)
    moved = shift_for_pause(contest, 1, paused_at=paused_at, actor=Actor.system(), now=resumed_at)
    assert moved == 1
    assert queries.get_attempt(attempt.code).deadline_at == NOW + timedelta(minutes=55)
