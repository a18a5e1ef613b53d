"""Reading codes, days and accounts. Nothing here writes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from quiz.core.database import db
from quiz.signin.models import CodeDay, CodeRequest, EntrantAccount


def find_request(request_id: int) -> CodeRequest | None:
    """The request for a code, read anew, or None."""
    return db.session.get(CodeRequest, request_id, populate_existing=True)


def count_for_contact(contact_key: str, since: datetime) -> int:
    """How many codes went to one contact since a moment."""
    return _count(CodeRequest.contact_key == contact_key, since)


def count_from_network(network_key: str, since: datetime) -> int:
    """How many codes were asked for from one network since a moment."""
    return _count(CodeRequest.network_key == network_key, since)


def _count(condition: object, since: datetime) -> int:
    wanted = select(func.count()).select_from(CodeRequest).where(CodeRequest.sent_at >= since)
    return db.session.scalar(wanted.where(condition)) or 0  # type: ignore[arg-type]  # a column's comparison


def find_day(day: date) -> CodeDay | None:
    """What a day has cost so far, read anew, or None before its first code."""
    return db.session.get(CodeDay, day, populate_existing=True)


def list_days(most: int = 14) -> Sequence[CodeDay]:
    """The last days on which codes were sent, the newest first."""
    return db.session.scalars(select(CodeDay).order_by(CodeDay.day.desc()).limit(most)).all()


def find_account(account_id: int) -> EntrantAccount | None:
    """The account, or None."""
    return db.session.get(EntrantAccount, account_id)


def find_by_login(login_keys: Sequence[str]) -> EntrantAccount | None:
    """The account that this contact or subject signs in to, read anew, or None."""
    return db.session.scalar(
        select(EntrantAccount)
        .where(EntrantAccount.login_key.in_(login_keys))
        .execution_options(populate_existing=True)
    )
