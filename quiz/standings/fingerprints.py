"""What a request for approval stands on: all ranks of a round, or the key that is to be corrected."""

import hashlib

from sqlalchemy import select

from quiz.approvals.states import basis_of
from quiz.attempts.models import Result
from quiz.contests.models import Contest, Round, stored_correction
from quiz.core.database import db
from quiz.standings.prizes import list_awards, list_unit_awards

_COLUMNS = (
    *(Result.entry_id, Result.attempt_id, Result.rank, Result.rank_key),
    *(Result.correct_count, Result.unit_id),
)


def results_basis(contest: Contest, round_: Round) -> str:
    """A fingerprint of what publishing would make official: ranks, number, rules, prizes, winners."""
    digest = hashlib.sha256()
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(Result.contest_id == contest.id, Result.round_number == round_.number)
        .order_by(Result.entry_id)
        .execution_options(yield_per=5000)
    )
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return basis_of(
        digest.hexdigest(),
        round_.actual_number,
        round_.list_numbers,
        round_.corrections_data,
        round_.settings_data,
        contest.collective_data,
        [
            (one.entry_id, one.list_code, one.place, one.prize)
            for one in list_awards(contest.id, round_.number)
        ],
        [
            (one.entry_id, one.place, one.prize)
            for number in round_.list_numbers or ()
            for one in list_awards(contest.id, round_.number, number)
        ],
        [
            (one.rule, one.unit_id, one.place, one.prize)
            for one in list_unit_awards(contest.id, round_.number)
        ],
    )


def key_basis(round_: Round, revision_id: int) -> str:
    """A fingerprint of how the question is marked now."""
    current = round_.corrections.get(revision_id)
    return basis_of(str(revision_id), stored_correction(current) if current else None)
