"""Save, submit, and starting from its own module: each one transaction, each safe to repeat."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, exists, or_, update
from sqlalchemy.sql.dml import ReturningUpdate

from quiz.attempts import queries
from quiz.attempts.allowance import is_paused
from quiz.attempts.closing import BY_ENTRANT, BY_TIME, close
from quiz.attempts.errors import (
    AnswersMissing,
    OlderRevision,
    PredictionNeeded,
    TimeIsOver,
)
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet, stored_sheet
from quiz.attempts.starting import start as start
from quiz.attempts.timing import remaining_ms
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core import metrics
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.core.secrets import Keyring
from quiz.scoring.prediction import PredictionProblem, highest_for, parse_prediction

log = logging.getLogger(__name__)


def _save_statement() -> ReturningUpdate[datetime]:
    """Stores a sheet that is newer and in time, or whose round is paused since before its time was over."""
    attempts, rounds = cast(Table, Attempt.__table__).c, cast(Table, Round.__table__).c
    is_paused_in_time = exists().where(
        rounds.contest_id == attempts.contest_id,
        rounds.number == attempts.round_number,
        rounds.state == RoundState.PAUSED.value,
        rounds.state_since <= attempts.deadline_at,
    )
    return (
        update(cast(Table, Attempt.__table__))
        .where(
            attempts.contest_id == bindparam("own_contest"),
            attempts.code == bindparam("own_code"),
            attempts.entry_id == bindparam("own_entry"),
            attempts.closed_at.is_(None),
            attempts.revision < bindparam("sent_revision"),
            or_(attempts.accepts_until >= bindparam("sent_at"), is_paused_in_time),
        )
        .values(
            revision=bindparam("sent_revision"),
            answers=bindparam("sent_answers"),
            flags=bindparam("sent_flags"),
            prediction=bindparam("sent_prediction"),
            saved_at=bindparam("sent_at"),
        )
        .returning(attempts.deadline_at)
    )


_SAVE = _save_statement()  # built once: building it took a fifth of a save


@dataclass(frozen=True, slots=True)
class Saved:
    """The acknowledgement of a save."""

    revision: int
    saved_at: datetime
    remaining_ms: int


def save(code: str, sheet: Sheet, *, entry_id: int, now: datetime) -> Saved:
    """Store the whole sheet if its revision is newer. One conditional UPDATE decides.

    The same revision with the same content is acknowledged again. Raises OlderRevision, TimeIsOver, NotFound.
    """
    contest_id = queries.contest_of(code)
    with transaction() as session:
        row = (
            session.connection().execute(_SAVE, _values(contest_id, code, entry_id, sheet, now)).one_or_none()
        )
    if row is not None:
        metrics.SAVED.inc()
        return Saved(sheet.revision, now, remaining_ms(row[0], now))
    return _why_not_saved(code, sheet, entry_id=entry_id, now=now)


def submit(code: str, sheet: Sheet | None, *, entry_id: int, now: datetime, keyring: Keyring) -> Attempt:
    """Hand in: store the sheet if it is newer and in time, close, mark. Again: the same attempt, unchanged.

    A sheet that is older than the stored one does not overwrite it. Raises NotFound, and, only while there is
    time to mend it, PredictionNeeded and AnswersMissing.
    """
    contest_id = queries.contest_of(code)
    with transaction() as session:
        attempt, round_, entry = queries.lock_attempt(contest_id, code)
        if attempt.entry_id != entry_id:
            raise NotFound("attempt")
        if attempt.closed_at is not None:
            if sheet is not None and sheet.revision > attempt.revision:
                _keep_apart(attempt, sheet, now)  # another device had more than the one that handed in
            return attempt
        in_time = now <= attempt.accepts_until
        if sheet is not None and sheet.revision > attempt.revision:
            _take_sheet(attempt, sheet, in_time=in_time, now=now)
        over = remaining_ms(attempt.deadline_at, now) == 0
        if not over:
            _check_complete(attempt, round_)
        closed_by = BY_TIME if over and not in_time else BY_ENTRANT
        close(session, attempt, round_, entry, closed_by=closed_by, now=now, keyring=keyring)
    metrics.SUBMITTED.inc()
    return attempt


def close_expired(
    contest_id: int, *, now: datetime, keyring: Keyring, most: int = 10_000
) -> tuple[int, list[int]]:
    """Close attempts whose deadline and grace have passed, each in its own transaction.

    Returns how many were closed and the ids of those that could not be: one bad row never blocks the others.
    Correctness does not wait for this: what was saved in time counts the moment the deadline passes.
    """
    done, failed = 0, []
    for attempt_id, code in queries.list_over(contest_id, now, most):
        try:
            with transaction() as session:
                attempt, round_, entry = queries.lock_attempt(contest_id, code)
                if attempt.closed_at is None and not is_paused(round_, attempt):
                    close(session, attempt, round_, entry, closed_by=BY_TIME, now=now, keyring=keyring)
                    done += 1
        except Exception:  # whatever is wrong with one row must not keep the others open
            log.exception("attempt %s could not be closed", attempt_id)
            failed.append(attempt_id)
    return done, failed


def sheet_of(attempt: Attempt) -> Sheet:
    """The stored sheet."""
    return stored_sheet(attempt.revision, attempt.answers, attempt.flags, attempt.prediction)


def _values(contest_id: int, code: str, entry_id: int, sheet: Sheet, now: datetime) -> dict[str, object]:
    """What the one statement of a save is sent with."""
    return {
        "own_contest": contest_id,
        "own_code": code,
        "own_entry": entry_id,
        "sent_revision": sheet.revision,
        "sent_answers": sheet.stored_answers(),
        "sent_flags": list(sheet.flags),
        "sent_prediction": sheet.prediction,
        "sent_at": now,
    }


def _why_not_saved(code: str, sheet: Sheet, *, entry_id: int, now: datetime) -> Saved:
    """The save was not taken: say why, or acknowledge what is already stored."""
    attempt = queries.get_attempt(code)
    if attempt.entry_id != entry_id:
        raise NotFound("attempt")
    stored = sheet_of(attempt)
    left = remaining_ms(attempt.deadline_at, now)
    if stored.same_content(sheet) and attempt.saved_at is not None:
        return Saved(stored.revision, attempt.saved_at, left)
    if attempt.closed_at is not None or now > attempt.accepts_until:
        if attempt.closed_at is None or attempt.closed_by == BY_TIME:
            _keep_late(attempt, sheet, now)
        raise TimeIsOver("time_is_over" if attempt.closed_by != BY_ENTRANT else "already_submitted")
    raise OlderRevision(stored, attempt.saved_at, left)


def _take_sheet(attempt: Attempt, sheet: Sheet, *, in_time: bool, now: datetime) -> None:
    if not in_time:
        _keep_apart(attempt, sheet, now)
        return
    attempt.revision = sheet.revision
    attempt.answers = sheet.stored_answers()
    attempt.flags = list(sheet.flags)
    attempt.prediction = sheet.prediction
    attempt.saved_at = now


def _keep_apart(attempt: Attempt, sheet: Sheet, now: datetime) -> None:
    """Late answers, unscored, for the organiser to see; a sheet that says nothing new is not kept."""
    if sheet.stored_answers() != attempt.answers:
        attempt.late_sheet, attempt.late_at = sheet.as_json(), now


def _keep_late(attempt: Attempt, sheet: Sheet, now: datetime) -> None:
    """What comes after the grace is kept apart, unscored, for the organiser to see."""
    with transaction() as session:
        session.execute(
            update(Attempt)
            .where(Attempt.contest_id == attempt.contest_id, Attempt.id == attempt.id)
            .values(late_sheet=sheet.as_json(), late_at=now)
            .execution_options(synchronize_session=False)
        )
    db.session.expire(attempt)


def _check_complete(attempt: Attempt, round_: Round) -> None:
    definition = round_.settings
    if definition.must_answer_all:
        empty = [
            place for place in range(1, attempt.question_count + 1) if not attempt.answers.get(str(place))
        ]
        if empty:
            raise AnswersMissing("answers_missing", places=empty)
    if definition.prediction is not None:
        try:
            parse_prediction(
                attempt.prediction or "",
                definition.prediction.decimals,
                highest=highest_for(definition.prediction.target),
            )
        except PredictionProblem as error:
            raise PredictionNeeded("prediction_needed") from error
