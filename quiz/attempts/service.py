"""Start, save, submit: each one transaction, each safe to repeat."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.draw import PoolItem
from quiz.attempts import queries
from quiz.attempts.admission import WINDOW
from quiz.attempts.allowance import is_paused, refuse_if_not_allowed, running_attempt
from quiz.attempts.closing import BY_ENTRANT, BY_TIME, close
from quiz.attempts.errors import (
    AnswersMissing,
    MustWait,
    OlderRevision,
    PredictionNeeded,
    StartRefused,
    TimeIsOver,
)
from quiz.attempts.line import stand_in_line
from quiz.attempts.models import Attempt
from quiz.attempts.opening import new_attempt
from quiz.attempts.queries import AtDoor
from quiz.attempts.sheets import Sheet, stored_sheet
from quiz.attempts.timing import remaining_ms
from quiz.bank import queries as bank
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db, is_taken, transaction
from quiz.core.errors import NotFound
from quiz.core.secrets import Keyring
from quiz.scoring.prediction import PredictionProblem, highest_for, parse_prediction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """The acknowledgement of a save."""

    revision: int
    saved_at: datetime
    remaining_ms: int


def start(
    contest: Contest,
    entry_id: int,
    round_number: int,
    *,
    now: datetime,
    keyring: Keyring,
    rate: float = 0.0,
    spacing: timedelta = timedelta(0),
) -> Attempt:
    """Open an attempt, or lead back to the one that is running. Raises StartRefused, TooSoon and MustWait.

    The entry's row is locked first, so that parallel starts wait for one another; uq_attempts_one_running and
    uq_attempts_contest_id_round_number_entry_id_number are the database's last word. The questions are loaded
    before: the first start after a change of a large bank takes a second, and others want to save meanwhile.
    `rate`: how many starts a second the machine can serve, 0 for no limit; who is one too many waits in line.
    `spacing`: how long after the person's last start the next one may come.
    """
    contest_id, zone, grace = contest.id, contest.settings.timezone, contest.settings.grace
    consent = contest.entry.consent_version
    paper = contests.get_round(contest, round_number).settings.paper
    pool = bank.pool_for(paper)
    for _attempt in range(2):
        try:
            with transaction() as session:
                door = queries.lock_at_door(contest_id, entry_id, round_number, since=now - WINDOW, now=now)
                entry, round_ = door.entry, door.round
                past = queries.list_attempts(contest_id, entry_id)
                running = running_attempt(past, round_, now)
                if running is not None:
                    return running
                for stale in past:
                    if stale.closed_at is None and stale.round_number == round_number:
                        close(session, stale, round_, entry, closed_by=BY_TIME, now=now, keyring=keyring)
                refuse_if_not_allowed(entry, round_, past, zone, now, spacing, consent=consent)
                must_wait = stand_in_line(session, door, now=now, rate=rate, keyring=keyring)
                if not must_wait:
                    if (own := round_.settings.paper_for(entry.category)) != paper:
                        pool = bank.pool_for(own)
                    attempt = _begin(session, door, past, pool, now=now, grace=grace)
        except IntegrityError as error:
            if not any(is_taken(error, table) for table in ("attempts", "tickets", "waiting_line")):
                raise
            continue  # another request was first; the next turn finds what it stored
        if must_wait:
            raise MustWait
        return attempt
    raise StartRefused("busy")


def _begin(
    session: Session,
    door: AtDoor,
    past: Sequence[Attempt],
    pool: Sequence[PoolItem],
    *,
    now: datetime,
    grace: timedelta,
) -> Attempt:
    """Store a new attempt; the person's first start fixes their unit."""
    percent = door.need.extra_percent if door.need else 0
    attempt = new_attempt(door.entry, door.round, past, pool, now=now, grace=grace, extra_percent=percent)
    session.add(attempt)
    if door.entry.unit_fixed_at is None:
        door.entry.unit_fixed_at = now
    session.flush()
    session.expunge(attempt)  # a commit would forget its columns: one query more
    return attempt


def save(code: str, sheet: Sheet, *, entry_id: int, now: datetime) -> Saved:
    """Store the whole sheet if its revision is newer. One conditional UPDATE decides.

    The same revision with the same content is acknowledged again. Raises OlderRevision, TimeIsOver, NotFound.
    """
    contest_id = queries.contest_of(code)
    with transaction() as session:
        row = session.execute(
            update(Attempt)
            .where(
                Attempt.contest_id == contest_id,
                Attempt.code == code,
                Attempt.entry_id == entry_id,
                Attempt.closed_at.is_(None),
                Attempt.revision < sheet.revision,
                or_(Attempt.accepts_until >= now, _paused_in_time()),
            )
            .values(
                revision=sheet.revision,
                answers=sheet.stored_answers(),
                flags=list(sheet.flags),
                prediction=sheet.prediction,
                saved_at=now,
            )
            .returning(Attempt.deadline_at)
            .execution_options(synchronize_session=False)
        ).one_or_none()
    if row is not None:
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


def _paused_in_time() -> ColumnElement[bool]:
    return exists().where(
        and_(
            Round.contest_id == Attempt.contest_id,
            Round.number == Attempt.round_number,
            Round.state == RoundState.PAUSED.value,
            Round.state_since <= Attempt.deadline_at,
        )
    )


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
