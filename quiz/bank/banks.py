"""Making banks and saying how they are used."""

import re
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.changing import lock_bank
from quiz.bank.errors import BankInvalid
from quiz.bank.models import Bank
from quiz.core.database import transaction

MAX_TITLE = 300
_RESERVED = {"review"}  # an address beside those of the banks
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def create_bank(slug: str, title: str, *, actor: Actor, now: datetime) -> Bank:
    """An empty bank. Raises BankInvalid."""
    check_names(slug, title)
    bank = Bank(slug=slug, title=title, created_at=now)
    try:
        with transaction() as session:
            session.add(bank)
            session.flush()  # uq_banks_slug has the last word
            record(Action.BANK_CREATED, slug, actor=actor, now=now)
    except IntegrityError as error:
        raise BankInvalid("bank_taken", slug=slug) from error
    return bank


def change_bank(bank_id: int, *, title: str, own_approval: bool, actor: Actor, now: datetime) -> None:
    """Give a bank another title, or let people approve what they wrote themselves, or no longer.

    Raises NotFound, BankInvalid.
    """
    title = title.strip()
    with transaction() as session:
        bank = lock_bank(session, bank_id)
        check_names(bank.slug, title)
        changed = {
            name: value
            for name, value in (("title", title), ("own_approval", own_approval))
            if getattr(bank, name) != value
        }
        if not changed:
            return
        bank.title, bank.own_approval = title, own_approval
        session.flush()
        record(
            Action.BANK_CHANGED,
            bank.slug,
            actor=actor,
            now=now,
            changed=[f"{name}: {value}" for name, value in changed.items()],
        )


def check_names(slug: str, title: str) -> None:
    """Whether a bank may be called so. Raises BankInvalid."""
    if slug in _RESERVED:
        raise BankInvalid("bank_taken", slug=slug)
    if not _SLUG.fullmatch(slug):
        raise BankInvalid("bank_slug", slug=slug)
    if not title.strip() or len(title) > MAX_TITLE:
        raise BankInvalid("bank_title", most=MAX_TITLE)
