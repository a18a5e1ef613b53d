"""How questions are used in contests: told by whoever knows contests, kept as names and numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from quiz.bank.changing import lock_bank, touch
from quiz.bank.models import BankQuestion, QuestionUsage
from quiz.bank.values import RoundUsage
from quiz.core.database import transaction

_AT_ONCE = 500


def record_usage(rows: Iterable[RoundUsage], now: datetime) -> None:
    """Keep how often questions were drawn and answered right, round by round.

    What is given of a round is its whole count: it replaces the earlier one. The banks of the questions get a
    new version, because papers are balanced by these figures; the same figures once more change nothing.
    """
    counted = {(row.contest_id, row.round_number, row.question_id): row for row in rows}
    rounds = sorted({key[:2] for key in counted})
    if not rounds:
        return
    with transaction() as session:
        # Banks are locked first, always in this order; the counts are read after it.
        banks = [lock_bank(session, bank_id) for bank_id in _banks_of(session, [key[2] for key in counted])]
        if _stored(session, rounds) == counted:
            return
        session.execute(delete(QuestionUsage).where(_of_rounds(rounds)))
        values = [
            {name: getattr(row, name) for name in RoundUsage.__slots__} | {"counted_at": now}
            for row in counted.values()
        ]
        for start in range(0, len(values), _AT_ONCE):
            session.execute(insert(QuestionUsage), values[start : start + _AT_ONCE])
        for bank in banks:
            touch(bank)


def _banks_of(session: Session, question_ids: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for start in range(0, len(question_ids), _AT_ONCE):
        ids = question_ids[start : start + _AT_ONCE]
        found.update(session.scalars(select(BankQuestion.bank_id).where(BankQuestion.id.in_(ids)).distinct()))
    return sorted(found)


def _stored(session: Session, rounds: Sequence[tuple[int, int]]) -> dict[tuple[int, int, int], RoundUsage]:
    stored = session.scalars(select(QuestionUsage).where(_of_rounds(rounds)))
    return {
        (row.contest_id, row.round_number, row.question_id): RoundUsage(
            **{name: getattr(row, name) for name in RoundUsage.__slots__}
        )
        for row in stored
    }


def _of_rounds(rounds: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(QuestionUsage.contest_id == contest_id, QuestionUsage.round_number == number)
            for contest_id, number in rounds
        )
    )
