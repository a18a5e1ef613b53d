"""What was handed in within a span of time, by unit: for weekly reports. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select

from quiz.attempts.models import Attempt, Result
from quiz.core.database import db
from quiz.entries.models import Entry, RosterPerson
from quiz.entries.queries import has_words
from quiz.standings.queries import UnitSums

_COUNTED = ("active", "erased", "merged")


def list_span_sums(
    contest_id: int, rounds: Sequence[int], since: datetime, until: datetime
) -> list[UnitSums]:
    """Sums over the closed attempts of a span, by chosen unit: people once, attempts each.

    `correct_sum` and `question_sum` are of all these attempts, not only of those that count in a round.
    """
    person = func.coalesce(Entry.merged_into, Entry.id)
    is_all_correct = Attempt.correct_count == Attempt.question_count
    rows = db.session.execute(
        select(
            Entry.unit_id,
            func.count(person.distinct()),
            func.count(),
            func.coalesce(func.sum(Attempt.correct_count), 0),
            func.coalesce(func.sum(Attempt.question_count), 0),
            func.count(case((is_all_correct, person)).distinct()),
        )
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number.in_(rounds),
            Attempt.closed_at >= since,
            Attempt.closed_at < until,
            Attempt.voided_at.is_(None),
            Entry.status.in_(_COUNTED),
        )
        .group_by(Entry.unit_id)
    )
    return [UnitSums(row[0], *(int(value or 0) for value in row[1:])) for row in rows]


def list_roster_units(contest_id: int) -> list[str]:
    """The units of the roster as its files wrote them, each once."""
    wanted = select(RosterPerson.unit).where(
        RosterPerson.contest_id == contest_id, RosterPerson.unit.is_not(None)
    )
    return [unit for unit in db.session.scalars(wanted.distinct()) if unit]


def count_roster_of(contest_id: int, units: Sequence[str]) -> int:
    """How many people of the roster belong to these units, as its files wrote them."""
    wanted = select(func.count()).where(RosterPerson.contest_id == contest_id, RosterPerson.unit.in_(units))
    return db.session.scalar(wanted) or 0


def list_absent(
    contest_id: int, units: Sequence[str], round_number: int, *, text: str, limit: int, offset: int
) -> tuple[Sequence[RosterPerson], int]:
    """People of the roster without a result in the round, in the order of its files, and how many there are.

    `units` are as the files wrote them; `text` keeps names with these words.
    """
    took_part = (
        select(Entry.roster_id)
        .join(Result, (Result.contest_id == Entry.contest_id) & (Result.entry_id == Entry.id))
        .where(
            Entry.contest_id == contest_id,
            Entry.roster_id.is_not(None),
            Result.round_number == round_number,
        )
    )
    wanted = select(RosterPerson).where(
        RosterPerson.contest_id == contest_id,
        RosterPerson.unit.in_(units),
        RosterPerson.id.not_in(took_part),
    )
    if text:
        wanted = wanted.where(has_words(RosterPerson.name_words, contest_id, text))
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    rows = db.session.scalars(wanted.order_by(RosterPerson.id).offset(offset).limit(limit)).all()
    return rows, total


def rounds_of_roster(contest_id: int, roster_ids: Sequence[int]) -> dict[int, list[int]]:
    """In which rounds these people of the roster have a result, by number."""
    rows = db.session.execute(
        select(Entry.roster_id, Result.round_number)
        .join(Result, (Result.contest_id == Entry.contest_id) & (Result.entry_id == Entry.id))
        .where(Entry.contest_id == contest_id, Entry.roster_id.in_(roster_ids))
        .order_by(Result.round_number)
    )
    found: dict[int, list[int]] = {}
    for roster_id, number in rows:
        found.setdefault(roster_id or 0, []).append(number)
    return found
