"""Reading for pages: what one page asks for, in one statement. Nothing here writes."""

from sqlalchemy import select

from quiz.attempts.models import Accommodation, Attempt, Result
from quiz.attempts.queries import contest_of
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.core.database import db, remembered
from quiz.core.errors import NotFound
from quiz.entries.models import Entry


def get_with_all(code: str) -> tuple[Attempt, Contest]:
    """The attempt of a public code and its contest; what a page asks for next comes in the same statement:
    all rounds, the person, what counts of them in the round, what they need. Raises NotFound.
    """
    contest_id = contest_of(code)
    rows = db.session.execute(
        select(Attempt, Contest, Round, Entry, Result, Accommodation)
        .join(Contest, Contest.id == Attempt.contest_id)
        .join(Round, Round.contest_id == Attempt.contest_id)
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .outerjoin(
            Result,
            (Result.contest_id == Attempt.contest_id)
            & (Result.round_number == Attempt.round_number)
            & (Result.entry_id == Attempt.entry_id),
        )
        .outerjoin(
            Accommodation,
            (Accommodation.contest_id == Attempt.contest_id) & (Accommodation.entry_id == Attempt.entry_id),
        )
        .where(Attempt.contest_id == contest_id, Attempt.code == code)
        .order_by(Round.number)
    ).all()
    if not rows:
        raise NotFound("attempt")
    attempt, contest, _round, entry, result, need = rows[0]
    contests.remember(contest, [row[2] for row in rows])
    remembered(("entry", contest_id, entry.id), lambda: entry)
    remembered(("result", contest_id, attempt.round_number, entry.id), lambda: result)
    remembered(("need", contest_id, entry.id), lambda: need)
    return attempt, contest


def find_entrant(contest_id: int, entry_id: int) -> tuple[Entry, list[Attempt]] | None:
    """An entry with its attempts of the whole contest, oldest first; None without such an entry."""
    rows = db.session.execute(
        select(Entry, Attempt)
        .outerjoin(Attempt, (Attempt.contest_id == Entry.contest_id) & (Attempt.entry_id == Entry.id))
        .where(Entry.contest_id == contest_id, Entry.id == entry_id)
        .order_by(Attempt.started_at, Attempt.id)
    ).all()
    attempts: list[Attempt | None] = [row[1] for row in rows]
    return (rows[0][0], [one for one in attempts if one is not None]) if rows else None
