"""What a proven contact means for entries: whose they are, and that the proof has served."""

from collections.abc import Sequence
from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.secrets import Keyring
from quiz.entries import queries
from quiz.entries.models import Entry
from quiz.entries.person import email_keys, phone_keys
from quiz.signin.contacts import Channel, Contact


def list_own(
    contest: Contest, contact: Contact | None, account_id: int | None, keyring: Keyring
) -> Sequence[Entry]:
    """The entries under an account, or under a proven contact, oldest first; of merged ones who was kept."""
    if account_id is not None:
        return queries.list_by_account(contest.id, account_id)
    if contact is None:
        return ()
    if contact.channel is Channel.PHONE:
        return queries.list_by_phone(contest.id, phone_keys(keyring, contest.id, contact.value))
    return queries.list_by_email(contest.id, email_keys(keyring, contest.id, contact.value))


def note_proof(entry: Entry, contact: Contact, *, keyring: Keyring, now: datetime) -> None:
    """Who acts for this entry has typed the code that went to a contact of theirs.

    Who can prove the phone that an entry states matters where several state it; the first proof stands.
    """
    is_its_own = entry.phone_key in phone_keys(keyring, entry.contest_id, contact.value)
    with transaction():
        if contact.channel is Channel.PHONE and is_its_own and entry.proved_at is None:
            entry.proved_at = now
        record(
            Action.CONTACT_PROVED,
            f"entry {entry.id}",
            actor=Actor.entrant(entry.id),
            now=now,
            contest_id=entry.contest_id,
            channel=contact.channel.value,
        )
