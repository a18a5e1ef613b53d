"""What people agreed to: which words, when, and by whom for a child; asked again when the words change."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import db, is_sqlite, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries.children import is_child
from quiz.entries.errors import EntryInvalid
from quiz.entries.extras import extras_in, seal, unseal
from quiz.entries.limits import local_date
from quiz.entries.models import Consent, ConsentText, Entry
from quiz.entries.representatives import Representative

WEB = "web"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was ticked, under which words. `representative` agreed for a child."""

    words: str
    may_publish: bool
    representative: Representative | None = None


def note_consent(contest: Contest, entry_id: int, agreed: Agreed, *, now: datetime) -> Consent:
    """Keep what somebody agreed to as proof: the words once, their version, the time, the channel."""
    digest = hashlib.sha256(agreed.words.encode()).hexdigest()
    with transaction() as session:
        insert = sqlite.insert if is_sqlite() else postgresql.insert
        session.execute(
            insert(ConsentText)
            .values(contest_id=contest.id, id=new_id(), digest=digest, words=agreed.words, first_at=now)
            .on_conflict_do_nothing(index_elements=["contest_id", "digest"])
        )
        text_id = session.scalars(
            select(ConsentText.id).where(ConsentText.contest_id == contest.id, ConsentText.digest == digest)
        ).one()
        given = Consent(
            contest_id=contest.id,
            id=new_id(),
            entry_id=entry_id,
            text_id=text_id,
            version=contest.entry.consent_version,
            at=now,
            channel=WEB,
            may_publish=agreed.may_publish,
            by_representative=agreed.representative is not None,
        )
        session.add(given)
    return given


def agree_again(contest: Contest, entry_id: int, agreed: Agreed, *, now: datetime, keyring: Keyring) -> Entry:
    """Agree to the words of today, which are others than at entry.

    Raises NotFound, EntryInvalid ("representative_missing", for a child).
    """
    with transaction() as session:
        entry = session.get(Entry, (contest.id, entry_id), with_for_update=True, populate_existing=True)
        if entry is None or entry.status != "active":
            raise NotFound("entry")
        if needs_representative(contest, entry, now=now) and agreed.representative is None:
            raise EntryInvalid("representative_missing", field="representative_name")
        if agreed.representative is not None:
            context = f"{contest.id}:{entry_id}"
            kept = unseal(entry.extra_cipher, keyring, context)
            beside = kept | {"representative": agreed.representative.as_dict()}
            entry.extra_cipher = seal(extras_in(kept), keyring, context, beside=beside)
        entry.consent_version, entry.consented_at = contest.entry.consent_version, now
        entry.may_publish = agreed.may_publish
        note_consent(contest, entry_id, agreed, now=now)
        record(
            Action.CONSENT_RENEWED,
            f"entry {entry_id}",
            actor=Actor.entrant(entry_id),
            now=now,
            contest_id=contest.id,
            version=entry.consent_version,
        )
    return entry


def needs_renewal(contest: Contest, entry: Entry) -> bool:
    """Whether the words have changed since the person agreed."""
    return entry.consent_version != contest.entry.consent_version


def needs_representative(contest: Contest, entry: Entry, *, now: datetime) -> bool:
    """Whether somebody else has to agree for the person."""
    return is_child(entry.birth_date, local_date(now, contest.settings.timezone))


def list_consents(contest_id: int, entry_id: int) -> list[tuple[Consent, str]]:
    """What a person agreed to, the newest first, with the words."""
    rows = db.session.execute(
        select(Consent, ConsentText.words)
        .join(
            ConsentText,
            (ConsentText.contest_id == Consent.contest_id) & (ConsentText.id == Consent.text_id),
        )
        .where(Consent.contest_id == contest_id, Consent.entry_id == entry_id)
        .order_by(Consent.at.desc(), Consent.id.desc())
    )
    return [(row[0], row[1]) for row in rows]
