"""Certificates: issued to winners, to units with a prize or to everybody who took part, and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.attempts.models import ListResult, Result
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.awards.heading import Heading
from quiz.awards.models import Certificate, PaperHeading
from quiz.awards.prized import Prized, prized
from quiz.contests.models import Contest
from quiz.contests.queries import get_list, lock_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import contest_of_code, new_code, new_id
from quiz.entries.models import Entry
from quiz.standings.prizes import list_awards, list_unit_awards

WINNER, PARTICIPANT, UNIT = "winner", "participant", "unit"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a certificate is: a person, or a unit under a collective rule."""

    entry_id: int | None = None
    unit_id: int | None = None
    rule: str | None = None


def heading_of(contest: Contest) -> Heading:
    """The head and foot of the contest's papers; the organiser's name where nothing was set."""
    row = db.session.get(PaperHeading, contest.id)
    if row is not None:
        return Heading.from_dict(row.data)
    return Heading(body=(contest.settings.organiser or "Ban Tổ chức cuộc thi").upper())


def change_heading(contest: Contest, heading: Heading, *, actor: Actor, now: datetime) -> None:
    """Set the head and foot of the contest's papers."""
    with transaction() as session:
        session.merge(PaperHeading(contest_id=contest.id, data=heading.as_dict()))
        record(Action.PAPER_HEADING_CHANGED, "papers", actor=actor, now=now, contest_id=contest.id)


def issue(
    contest: Contest,
    number: int,
    kind: str,
    *,
    list_number: int = 0,
    reason: str,
    actor: Actor,
    now: datetime,
) -> tuple[int, int]:
    """Give everybody of the kind a certificate who has none; how many are new, how many valid.

    A winner's or a unit's certificate that the list of prizes no longer bears is withdrawn. Raises NotFound,
    AwardsRefused (not published yet), AwardInvalid.
    """
    said = _said(reason)
    with transaction() as session:
        of = prized(get_list(contest, list_number) if list_number else lock_round(contest, number))
        lock_round(contest, of.number)
        if not of.is_published:
            raise AwardsRefused("certificates_after_publication")
        due = _DUE[kind](of)
        valid = {holder_of(one): one for one in _valid(*of.key, kind)}
        for holder, one in valid.items():
            if due.get(holder) != one.prize:
                one.withdrawn_at, one.withdraw_reason = now, "Không còn trong danh sách."
        session.flush()
        kept = {holder for holder, one in valid.items() if one.withdrawn_at is None}
        new = [holder for holder in due if holder not in kept]
        _add(session, of, kind, {holder: due[holder] for holder in new}, now)
        record(
            Action.CERTIFICATES_ISSUED,
            of.subject,
            actor=actor,
            now=now,
            contest_id=contest.id,
            kind=kind,
            issued=len(new),
            valid=len(due),
            reason=said,
        )
    return len(new), len(due)


def withdraw(contest: Contest, certificate_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Make a certificate void: its page says so from now on. Raises NotFound, AwardInvalid."""
    said = _said(reason)
    with transaction() as session:
        row = session.get(Certificate, (contest.id, certificate_id), with_for_update=True)
        if row is None or row.withdrawn_at is not None:
            raise NotFound("certificate")
        row.withdrawn_at, row.withdraw_reason = now, said
        record(
            Action.CERTIFICATE_WITHDRAWN,
            f"certificate {row.serial}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            reason=said,
        )


def get_certificate(code: str) -> Certificate:
    """The certificate of a public code. Raises NotFound."""
    contest_id = contest_of_code(code)
    row = db.session.scalar(
        select(Certificate).where(Certificate.contest_id == contest_id, Certificate.code == code)
    )
    if row is None:
        raise NotFound("certificate")
    return row


def find_by_serial(contest_id: int, serial: int | None) -> Certificate | None:
    """The certificate of the number that is printed on it."""
    return db.session.scalar(
        select(Certificate).where(Certificate.contest_id == contest_id, Certificate.serial == serial)
    )


def list_valid(
    contest_id: int, number: int, kind: str, *, list_number: int = 0, limit: int | None = None
) -> Sequence[Certificate]:
    """Valid certificates of a kind in a round or a combined list, by serial number."""
    return _valid(contest_id, number, list_number, kind, limit=limit)


def count_valid(contest_id: int, number: int, kind: str, *, list_number: int = 0) -> int:
    """How many of them there are."""
    wanted = select(func.count()).where(
        Certificate.contest_id == contest_id,
        Certificate.round_number == number,
        Certificate.list_number == list_number,
        Certificate.kind == kind,
        Certificate.withdrawn_at.is_(None),
    )
    return db.session.scalar(wanted) or 0


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise AwardInvalid("reason_needed")
    return said[:_LONGEST]


def holder_of(certificate: Certificate) -> Holder:
    """Whose it is."""
    return Holder(certificate.entry_id, certificate.unit_id, certificate.rule)


def _winners(of: Prized) -> dict[Holder, str]:
    return {Holder(one.entry_id): one.prize for one in list_awards(*of.key)}


def _units(of: Prized) -> dict[Holder, str]:
    return {
        Holder(None, one.unit_id, one.rule): one.prize for one in list_unit_awards(of.contest_id, of.number)
    }


def _participants(of: Prized) -> dict[Holder, str]:
    table, place = of.table, of.list_number or of.number
    number = ListResult.list_number if of.list_number else Result.round_number
    rows = db.session.scalars(
        select(table.entry_id)
        .join(Entry, (Entry.contest_id == table.contest_id) & (Entry.id == table.entry_id))
        .where(table.contest_id == of.contest_id, number == place, Entry.is_erased.is_(False))
        .order_by(table.rank_key, table.entry_id)
    )
    return {Holder(entry_id): "" for entry_id in rows}


_DUE = {WINNER: _winners, PARTICIPANT: _participants, UNIT: _units}


def _valid(
    contest_id: int, number: int, list_number: int, kind: str, *, limit: int | None = None
) -> Sequence[Certificate]:
    wanted = (
        select(Certificate)
        .where(
            Certificate.contest_id == contest_id,
            Certificate.round_number == number,
            Certificate.list_number == list_number,
            Certificate.kind == kind,
            Certificate.withdrawn_at.is_(None),
        )
        .order_by(Certificate.serial)
    )
    return db.session.scalars(wanted.limit(limit) if limit else wanted).all()


def _add(session: Session, of: Prized, kind: str, prizes: Mapping[Holder, str], now: datetime) -> None:
    """Certificates for these holders, numbered in their order."""
    serial = _last_serial(session, of.contest_id)
    session.add_all(
        Certificate(
            **of.columns,
            id=new_id(),
            entry_id=holder.entry_id,
            unit_id=holder.unit_id,
            rule=holder.rule,
            kind=kind,
            code=new_code(of.contest_id),
            serial=serial + place,
            prize=prize,
            issued_at=now,
        )
        for place, (holder, prize) in enumerate(prizes.items(), start=1)
    )


def _last_serial(session: Session, contest_id: int) -> int:
    wanted = select(func.max(Certificate.serial)).where(Certificate.contest_id == contest_id)
    return session.scalar(wanted) or 0
