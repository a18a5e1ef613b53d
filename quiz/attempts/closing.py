"""Closing an attempt: mark it, time it, make its receipt, and bring the entrant's result up to date."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from quiz.attempts import queries, results
from quiz.attempts.models import Attempt
from quiz.attempts.papers import as_items
from quiz.attempts.receipts import receipt
from quiz.attempts.timing import duration_ms
from quiz.bank.queries import revisions
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core.secrets import Keyring
from quiz.entries.models import COUNTED, Entry
from quiz.scoring.marking import Marks, mark

BY_ENTRANT = "entrant"
BY_TIME = "time"


def marks_of(attempt: Attempt, round_: Round) -> Marks:
    """The marks of the stored sheet against the pinned revisions of the stored paper. Writes nothing.

    Where the round has corrected a key, the correction counts.
    """
    views = revisions([revision for revision, _order in attempt.paper])
    items = as_items(attempt.paper, {revision: view.correct for revision, view in views.items()})
    answers = {int(place): chosen for place, chosen in attempt.answers.items()}
    return mark(items, answers, round_.corrections)


def fill_outcome(attempt: Attempt, round_: Round, *, closed_by: str, now: datetime, keyring: Keyring) -> None:
    """Set the closing columns. What ended with its time counts as handed in at the deadline."""
    attempt.closed_at = now
    attempt.closed_by = closed_by
    attempt.submitted_at = min(now, attempt.deadline_at)
    attempt.duration_ms = duration_ms(attempt.started_at, attempt.submitted_at, attempt.deadline_at)
    attempt.correct_count = marks_of(attempt, round_).correct
    attempt.receipt = receipt(
        keyring,
        contest_id=attempt.contest_id,
        attempt_id=attempt.id,
        answers=attempt.answers,
        prediction=attempt.prediction,
        submitted_at=attempt.submitted_at,
    )


def close(
    session: Session,
    attempt: Attempt,
    round_: Round,
    entry: Entry,
    *,
    closed_by: str,
    now: datetime,
    keyring: Keyring,
) -> None:
    """Close a locked, open attempt and store the entrant's result. Part of the caller's transaction."""
    fill_outcome(attempt, round_, closed_by=closed_by, now=now, keyring=keyring)
    session.flush()
    update_result(session, round_, entry)


def update_result(session: Session, round_: Round, entry: Entry) -> None:
    """Make the entrant's result of the round anew from all closed attempts; without any there is none.

    A practice round has no results.

    Who was set aside has none either, but what is published stays as it was published. Fate and unit are read
    again: somebody may have decided about them while this transaction waited for the attempt.
    """
    if not round_.counts:
        return
    attempts = queries.list_with_fate(entry, round_.number)
    if entry.status not in COUNTED:
        if round_.state != RoundState.PUBLISHED.value:
            results.remove(session, entry, round_.number)
        return
    closed = [one for one in attempts if one.closed_at is not None and one.voided_at is None]
    if not closed:
        results.remove(session, entry, round_.number)
        return
    actual = None if round_.actual_number is None else Decimal(round_.actual_number)
    results.store(session, [results.result_values(entry, round_.settings, closed, actual)])
