"""Making a complaint and answering it: each act one transaction, noted without its words."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.complaints.models import Complaint
from quiz.complaints.queries import get_complaint
from quiz.complaints.verdicts import Verdict
from quiz.contests.complaint_window import may_complain
from quiz.contests.models import Contest
from quiz.contests.queries import get_public_round
from quiz.core.database import transaction
from quiz.core.errors import Invalid, NotFound

MOST_LETTERS = 2_000
MOST_IN_A_ROUND = 3  # of one entrant


class ComplaintRefused(Invalid):
    """The complaint or the answer cannot be taken; the code says why."""


def complain(contest: Contest, number: int, entry_id: int, words: str, *, now: datetime) -> Complaint:
    """Keep what an entrant says against a round's result, under the contest's next number.

    Raises NotFound, ComplaintRefused.
    """
    text = _checked(words)
    round_, days = get_public_round(contest, number), contest.settings.complaints_days
    if not round_.counts or not may_complain(round_.window, round_.state_since, days, now):
        raise ComplaintRefused("complaints_closed")
    with transaction() as session:
        # One after the other takes a number; the lock leaves room for whoever only refers to the contest.
        session.execute(
            select(Contest.id).where(Contest.id == contest.id).with_for_update(key_share=True)
        ).one()
        mine = select(func.count()).where(
            Complaint.contest_id == contest.id,
            Complaint.round_number == number,
            Complaint.entry_id == entry_id,
        )
        if (session.scalar(mine) or 0) >= MOST_IN_A_ROUND:
            raise ComplaintRefused("complaints_enough", most=MOST_IN_A_ROUND)
        last = session.scalar(select(func.max(Complaint.number)).where(Complaint.contest_id == contest.id))
        found = Complaint(
            contest_id=contest.id,
            number=(last or 0) + 1,
            round_number=number,
            entry_id=entry_id,
            words=text,
            made_at=now,
            due_at=now + timedelta(days=days),
        )
        session.add(found)
        _record(Action.COMPLAINT_MADE, found, Actor.entrant(entry_id), now)
    return found


def answer(
    contest: Contest, number: int, verdict: Verdict, words: str, *, actor: Actor, now: datetime
) -> Complaint:
    """Answer a complaint; what is answered stays answered. Raises NotFound, ComplaintRefused."""
    text = _checked(words)
    with transaction() as session:
        key = (contest.id, number)
        found = session.get(Complaint, key, populate_existing=True, with_for_update=True)
        if found is None:
            raise NotFound("complaint")
        if found.answered_at is not None:
            raise ComplaintRefused("complaint_answered")
        found.verdict, found.answer, found.answered_at = verdict.value, text, now
        found.answered_by, found.answered_name = actor.id, actor.name
        _record(Action.COMPLAINT_ANSWERED, found, actor, now, verdict=verdict.value)
    return get_complaint(contest.id, number)


def _record(action: Action, found: Complaint, actor: Actor, now: datetime, **detail: object) -> None:
    subject = f"round {found.round_number}"
    record(
        action, subject, actor=actor, now=now, contest_id=found.contest_id, complaint=found.number, **detail
    )


def _checked(words: str) -> str:
    text = words.strip()
    if not text or len(text) > MOST_LETTERS:
        raise ComplaintRefused("complaint_length", most=MOST_LETTERS)
    return text
