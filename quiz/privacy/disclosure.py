"""Showing unmasked data: for a stated reason, logged for each person, and so many a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.entries.queries import get_entry
from quiz.privacy import queries
from quiz.privacy.errors import DisclosureRefused, RequestInvalid
from quiz.privacy.models import Disclosure
from quiz.privacy.own_data import Identity, identity_of

VIEW, EXPORT = "view", "export"
# Of one member of staff on one day. A winners' check calls tens of people, not thousands.
MOST_A_DAY = {VIEW: 60, EXPORT: 1000}
SHORTEST_REASON, LONGEST_REASON = 8, 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A person in clear, and how many more the officer may be shown today."""

    entry: Entry
    identity: Identity
    left_today: int


def reveal(
    contest: Contest, entry_id: int, reason: str, *, actor: Actor, now: datetime, keyring: Keyring
) -> Shown:
    """One person's data in clear. Raises NotFound, RequestInvalid (no reason), DisclosureRefused."""
    entry = get_entry(contest.id, entry_id)
    left = _note(contest, [entry_id], VIEW, reason, actor=actor, now=now)
    return Shown(entry, identity_of(entry, keyring), left)


def note_export(
    contest: Contest, entry_ids: Sequence[int], reason: str, *, actor: Actor, now: datetime
) -> None:
    """Log that these people's data go into a file. Raises RequestInvalid, DisclosureRefused."""
    _note(contest, entry_ids, EXPORT, reason, actor=actor, now=now)


def note_absent_file(contest: Contest, unit_code: str, people: int, *, actor: Actor, now: datetime) -> None:
    """Log that a unit took the names of its own people who have not taken part as a file."""
    note_file(contest, f"unit {unit_code}", people, actor=actor, now=now)


def note_file(contest: Contest, subject: str, people: int, *, actor: Actor, now: datetime) -> None:
    """Log that somebody took a file with names that was asked for with a reason before."""
    with transaction():
        record(Action.DATA_EXPORTED, subject, actor=actor, now=now, contest_id=contest.id, people=people)


def left_today(contest: Contest, staff_id: int, kind: str, now: datetime) -> int:
    """How many people's data the officer may still be shown today, in all contests together."""
    zone = contest.settings.zone
    today: date = now.astimezone(zone).date()
    seen = queries.count_disclosures(staff_id, kind, datetime.combine(today, time(), zone))
    return max(0, MOST_A_DAY[kind] - seen)


def _note(
    contest: Contest, entry_ids: Sequence[int], kind: str, reason: str, *, actor: Actor, now: datetime
) -> int:
    said = " ".join(reason.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise RequestInvalid("reason_to_see_needed", least=SHORTEST_REASON, most=LONGEST_REASON)
    assert actor.id is not None
    with transaction() as session:
        left = left_today(contest, actor.id, kind, now) - len(entry_ids)
        if left < 0:
            raise DisclosureRefused("disclosure_limit", most=MOST_A_DAY[kind])
        session.add_all(
            Disclosure(
                contest_id=contest.id,
                id=new_id(),
                entry_id=entry_id,
                kind=kind,
                staff_id=actor.id,
                at=now,
                reason=said,
            )
            for entry_id in entry_ids
        )
        record(
            Action.DATA_SHOWN if kind == VIEW else Action.DATA_EXPORTED,
            f"entry {entry_ids[0]}" if kind == VIEW else f"contest {contest.slug}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            people=len(entry_ids),
            reason=said,
        )
    return left
