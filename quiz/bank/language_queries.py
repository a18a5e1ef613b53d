"""Which languages the questions of a bank can be read in."""

from sqlalchemy import select

from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core.caches import new_cache
from quiz.core.database import db

_known: dict[int, tuple[int, tuple[str, ...]]] = new_cache()


def translated_into(slug: str) -> tuple[str, ...]:
    """Tags of the languages that any question which can be drawn is translated into, in alphabetical order.

    Costs one small query as long as the bank has not changed; a bank that does not exist has none.
    """
    row = db.session.execute(select(Bank.id, Bank.version).where(Bank.slug == slug)).first()
    if row is None:
        return ()
    kept = _known.get(row.id)
    if kept is None or kept[0] != row.version:
        kept = (row.version, _load(row.id))
        _known[row.id] = kept
    return kept[1]


def _load(bank_id: int) -> tuple[str, ...]:
    translations = db.session.scalars(
        select(QuestionRevision.translations)
        .join(BankQuestion, BankQuestion.approved_revision_id == QuestionRevision.id)
        .where(
            BankQuestion.bank_id == bank_id,
            BankQuestion.state != QuestionState.RETIRED.value,
            QuestionRevision.translations.is_not(None),
        )
    )
    return tuple(sorted({language for one in translations for language in one or ()}))
