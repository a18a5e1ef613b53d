"""Erasing a person: who it was goes, the paper stays, so that totals and ranks remain true."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from quiz.attempts.models import Accommodation, Attempt, Extension, Ticket
from quiz.complaints.models import Complaint
from quiz.core.database import transaction
from quiz.entries.models import Entry
from quiz.privacy.kinds import State
from quiz.privacy.links import forget_links
from quiz.privacy.models import DataRequest
from quiz.vetting.integrity_models import Objection
from quiz.vetting.models import Ruling, Suspicion

ERASED = "erased"
ERASED_NAME = "Đã xóa dữ liệu"  # what stands in place of the name, in every language
# What says or tells apart who somebody is. Unit, category and time of entry stay: totals are made of them.
_IDENTITY = (
    *("identity_key", "birth_date", "phone_cipher", "phone_key", "phone_tail", "national_id_cipher"),
    *(
        "national_id_key",
        "extra_cipher",
        "account_id",
        "roster_id",
        "device_key",
        "network_key",
        "origin_cipher",
    ),
    *("email_key", "disputed_at", "referred_by"),
)
FORGOTTEN = {
    "name": ERASED_NAME,
    "name_key": "",
    "name_words": "",
    "is_erased": True,
    "may_publish": False,
} | dict.fromkeys(_IDENTITY)


def erase(contest_id: int, entry_ids: Sequence[int], *, now: datetime) -> int:
    """Forget who these entrants are, wherever the product keeps it; how many were not forgotten before.

    A person who was disqualified or merged stays so, nameless. The caller writes the log.
    """
    if not entry_ids:
        return 0
    with transaction() as session:
        # What was merged into a person is the same person, under another row.
        entry_ids = [
            *entry_ids,
            *session.scalars(
                select(Entry.id).where(
                    Entry.contest_id == contest_id,
                    Entry.merged_into.in_(entry_ids),
                    Entry.id.not_in(entry_ids),
                )
            ),
        ]
        mine = (Entry.contest_id == contest_id, Entry.id.in_(entry_ids))
        known = session.scalars(
            select(Entry.id).where(*mine, Entry.is_erased.is_(False)).with_for_update()
        ).all()
        forget_links(session, contest_id, entry_ids)
        session.execute(update(Entry).where(*mine).values(**FORGOTTEN))
        session.execute(update(Entry).where(*mine, Entry.status == "active").values(status=ERASED))
        _forget_words(session, contest_id, entry_ids)
        _close_requests(session, contest_id, entry_ids, now)
        session.expire_all()  # rows were changed past the session
    return len(known)


def _close_requests(session: Session, contest_id: int, entry_ids: Sequence[int], now: datetime) -> None:
    mine = (DataRequest.contest_id == contest_id, DataRequest.entry_id.in_(entry_ids))
    session.execute(update(DataRequest).where(*mine).values(wish_cipher=None))
    session.execute(
        update(DataRequest)
        .where(*mine, DataRequest.state == State.WAITING.value)
        .values(state=State.DONE.value, closed_at=now)
    )


def _forget_words(session: Session, contest_id: int, entry_ids: Sequence[int]) -> None:
    """What organisers wrote about the person, and what only matters while the person takes part."""
    for table in (Accommodation, Objection, Ticket):
        session.execute(delete(table).where(table.contest_id == contest_id, table.entry_id.in_(entry_ids)))
    complaints = update(Complaint).where(
        Complaint.contest_id == contest_id, Complaint.entry_id.in_(entry_ids)
    )
    session.execute(complaints.values(words=""))
    session.execute(complaints.where(Complaint.answer.is_not(None)).values(answer=""))
    session.execute(
        update(Extension)
        .where(
            Extension.contest_id == contest_id, Extension.scope == "entry", Extension.target_id.in_(entry_ids)
        )
        .values(reason="")
    )
    session.execute(
        update(Attempt)
        .where(Attempt.contest_id == contest_id, Attempt.entry_id.in_(entry_ids))
        .values(note=None, void_reason=None, void_notice=None)
    )
    session.execute(
        delete(Suspicion).where(
            Suspicion.contest_id == contest_id,
            or_(Suspicion.first_id.in_(entry_ids), Suspicion.second_id.in_(entry_ids)),
        )
    )
    session.execute(
        update(Ruling)
        .where(Ruling.contest_id == contest_id, Ruling.entry_id.in_(entry_ids))
        .values(reason="", undo_reason=None, appeal=None, answer=None)
    )
