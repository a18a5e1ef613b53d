"""Reading the attempts that may be annulled and what depends on them. Only `lock_attempts` locks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quiz.attempts.models import Attempt, Result
from quiz.contests.models import ContestUnit
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class ClosedAttempt:
    """A closed attempt that counts."""

    id: int
    entry_id: int
    unit_path: str | None  # codes from the top, each between slashes
    question_count: int
    correct_count: int | None
    duration_ms: int | None
    submitted_at: datetime | None


def list_candidates(contest_id: int, number: int) -> list[ClosedAttempt]:
    """All closed attempts of a round that are neither annulled nor given back, by id."""
    rows = db.session.execute(
        select(
            Attempt.id,
            Attempt.entry_id,
            ContestUnit.path,
            Attempt.question_count,
            Attempt.correct_count,
            Attempt.duration_ms,
            Attempt.submitted_at,
        )
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .outerjoin(
            ContestUnit, (ContestUnit.contest_id == Entry.contest_id) & (ContestUnit.id == Entry.unit_id)
        )
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == number,
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
            Entry.status.in_(COUNTED),
        )
        .order_by(Attempt.id)
    )
    return [ClosedAttempt(*row) for row in rows]


def people_of(contest_id: int, attempts: Sequence[int]) -> list[int]:
    """The entrants of these attempts, ascending."""
    found: set[int] = set()
    for some in _parts(attempts):
        found.update(
            db.session.scalars(
                select(Attempt.entry_id).where(Attempt.contest_id == contest_id, Attempt.id.in_(some))
            )
        )
    return sorted(found)


def closed_of_people(
    contest_id: int, number: int, people: Sequence[int]
) -> dict[int, tuple[Entry, list[Attempt]]]:
    """These people with their closed attempts of the round that count, oldest first."""
    found: dict[int, tuple[Entry, list[Attempt]]] = {}
    for some in _parts(people):
        rows = db.session.execute(
            select(Entry, Attempt)
            .join(Attempt, (Attempt.contest_id == Entry.contest_id) & (Attempt.entry_id == Entry.id))
            .where(
                Entry.contest_id == contest_id,
                Entry.id.in_(some),
                Attempt.round_number == number,
                Attempt.closed_at.is_not(None),
                Attempt.voided_at.is_(None),
            )
            .order_by(Attempt.entry_id, Attempt.number)
        )
        for entry, attempt in rows:
            found.setdefault(entry.id, (entry, []))[1].append(attempt)
    return found


def results_of(contest_id: int, number: int, people: Sequence[int]) -> dict[int, Result]:
    """The results of these people in the round."""
    found: dict[int, Result] = {}
    for some in _parts(people):
        rows = db.session.scalars(
            select(Result).where(
                Result.contest_id == contest_id, Result.round_number == number, Result.entry_id.in_(some)
            )
        )
        found.update({row.entry_id: row for row in rows})
    return found


def list_entries(contest_id: int, people: Sequence[int]) -> dict[int, Entry]:
    """Entries by id."""
    found: dict[int, Entry] = {}
    for some in _parts(people):
        rows = db.session.scalars(select(Entry).where(Entry.contest_id == contest_id, Entry.id.in_(some)))
        found.update({row.id: row for row in rows})
    return found


def lock_attempts(contest_id: int, ids: Sequence[int]) -> list[Attempt]:
    """These attempts with their rows locked, read anew, by id."""
    found: list[Attempt] = []
    for some in _parts(sorted(ids)):
        found += db.session.scalars(
            select(Attempt)
            .where(Attempt.contest_id == contest_id, Attempt.id.in_(some))
            .order_by(Attempt.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    return found


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    """A statement takes only so many parameters."""
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
