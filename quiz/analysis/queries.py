"""Reading attempts for counting, and reading what was counted. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_

from quiz.analysis.models import ItemFigures, RoundAnalysis
from quiz.attempts.models import Attempt, Result
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.contests.models import Contest, Round
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Sitting:
    """A closed attempt; `counts` when it is the one that counts of a person who is not disqualified."""

    paper: Sequence[Any]
    answers: dict[str, list[int]]
    counts: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A wording's figures with the wording, and where its question stands."""

    figures: ItemFigures
    revision: QuestionRevision
    question: BankQuestion
    bank_slug: str


@dataclass(frozen=True, slots=True)
class PlayedRow:
    """The same, with the round it comes from."""

    item: ItemRow
    contest: Contest
    round: Round


def iterate_sittings(contest_id: int, number: int) -> Iterator[list[Sitting]]:
    """All closed attempts of a round in chunks, person by person. Ends the caller's read."""
    counts = (Result.attempt_id == Attempt.id) & Entry.status.in_(COUNTED)
    for rows in iterate_closed(contest_id, number, Attempt.paper, Attempt.answers, counts):
        yield [Sitting(paper, answers, bool(counts)) for _, _, paper, answers, counts in rows]


def iterate_closed(contest_id: int, number: int, *columns: Any) -> Iterator[Sequence[Any]]:
    """Closed attempts of a round that were not given back, with their entry and result, in chunks.

    A row is the entry's id and the attempt's number, by which they are sorted, then the columns. Every chunk
    is a statement and a transaction of its own, found by the last key: nothing is kept open while others
    save, and only one chunk is in memory. Ends the caller's read; not for use while writing.
    """
    last = (0, 0)
    wanted = (
        select(Attempt.entry_id, Attempt.number, *columns)
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .outerjoin(
            Result,
            (Result.contest_id == Attempt.contest_id)
            & (Result.round_number == Attempt.round_number)
            & (Result.entry_id == Attempt.entry_id),
        )
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == number,
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.entry_id, Attempt.number)
        .limit(_CHUNK)
    )
    while True:
        rows = db.session.execute(wanted.where(tuple_(Attempt.entry_id, Attempt.number) > last)).all()
        db.session.rollback()
        if not rows:
            return
        yield rows
        last = (rows[-1][0], rows[-1][1])


def count_results(contest_id: int, number: int) -> int:
    """People with a closed attempt in the round."""
    wanted = select(func.count()).select_from(Result)
    return (
        db.session.scalar(wanted.where(Result.contest_id == contest_id, Result.round_number == number)) or 0
    )


def count_closed(contest_id: int, number: int) -> int:
    """Closed attempts of the round."""
    wanted = select(func.count()).select_from(Attempt)
    return (
        db.session.scalar(
            wanted.where(
                Attempt.contest_id == contest_id,
                Attempt.round_number == number,
                Attempt.closed_at.is_not(None),
                Attempt.voided_at.is_(None),
            )
        )
        or 0
    )


def longest_paper(contest_id: int, number: int) -> int:
    """The largest number of questions on a paper of the round, 0 without attempts."""
    return (
        db.session.scalar(
            select(func.max(Result.question_count)).where(
                Result.contest_id == contest_id, Result.round_number == number
            )
        )
        or 0
    )


def find_analysis(contest_id: int, number: int) -> RoundAnalysis | None:
    """The latest computation of a round, or None."""
    return db.session.get(RoundAnalysis, (contest_id, number))


def list_analyses() -> Sequence[RoundAnalysis]:
    """The latest computations of all rounds."""
    return db.session.scalars(
        select(RoundAnalysis).order_by(RoundAnalysis.contest_id, RoundAnalysis.round_number)
    ).all()


def list_items(contest_id: int, number: int) -> list[ItemRow]:
    """All wordings of a round with their figures, by bank and number."""
    rows = db.session.execute(
        select(ItemFigures, QuestionRevision, BankQuestion, Bank.slug)
        .join(QuestionRevision, QuestionRevision.id == ItemFigures.revision_id)
        .join(BankQuestion, BankQuestion.id == ItemFigures.question_id)
        .join(Bank, Bank.id == BankQuestion.bank_id)
        .where(ItemFigures.contest_id == contest_id, ItemFigures.round_number == number)
        .order_by(Bank.slug, BankQuestion.number, QuestionRevision.number)
    )
    return [ItemRow(*row) for row in rows]


def count_items(contest_id: int, number: int) -> int:
    """How many wordings of a round have figures."""
    wanted = select(func.count()).where(
        ItemFigures.contest_id == contest_id, ItemFigures.round_number == number
    )
    return db.session.scalar(wanted) or 0


def rounds_of_bank(bank_id: int) -> list[tuple[Round, int, datetime]]:
    """The rounds with figures of a bank's questions: how many figures, and when they were computed."""
    rows = db.session.execute(
        select(
            ItemFigures.contest_id,
            ItemFigures.round_number,
            func.count(),
            func.max(ItemFigures.computed_at),
        )
        .join(BankQuestion, BankQuestion.id == ItemFigures.question_id)
        .where(BankQuestion.bank_id == bank_id)
        .group_by(ItemFigures.contest_id, ItemFigures.round_number)
        .order_by(ItemFigures.contest_id, ItemFigures.round_number)
    )
    return [
        (db.session.get_one(Round, (contest_id, number)), count, computed_at)
        for contest_id, number, count, computed_at in rows
    ]


def list_of_bank(bank_id: int, number: int | None = None) -> list[PlayedRow]:
    """All figures of a bank's questions (or of one), by number, the newest wording last."""
    wanted = (
        select(ItemFigures, QuestionRevision, BankQuestion, Bank.slug, Contest, Round)
        .join(QuestionRevision, QuestionRevision.id == ItemFigures.revision_id)
        .join(BankQuestion, BankQuestion.id == ItemFigures.question_id)
        .join(Bank, Bank.id == BankQuestion.bank_id)
        .join(Contest, Contest.id == ItemFigures.contest_id)
        .join(
            Round, (Round.contest_id == ItemFigures.contest_id) & (Round.number == ItemFigures.round_number)
        )
        .where(BankQuestion.bank_id == bank_id)
        .order_by(
            BankQuestion.number, QuestionRevision.number, ItemFigures.contest_id, ItemFigures.round_number
        )
    )
    if number is not None:
        wanted = wanted.where(BankQuestion.number == number)
    return [PlayedRow(ItemRow(*row[:4]), row[4], row[5]) for row in db.session.execute(wanted)]
