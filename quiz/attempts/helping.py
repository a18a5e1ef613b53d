"""What organisers do for people who are working on an attempt, or could not finish one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.attempts import queries
from quiz.attempts.closing import update_result
from quiz.attempts.errors import HelpRefused
from quiz.attempts.models import Accommodation, Announcement, Attempt
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round
from quiz.core.caches import forget_all
from quiz.core.database import db, remembered, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.entries.models import Entry

MOST_PERCENT = 300
MOST_WORDS = 300


def give_back(contest: Contest, code: str, *, reason: str, actor: Actor, now: datetime) -> Attempt:
    """Let a closed attempt count neither for the limit nor for the result; it stays to be looked at.

    Again: unchanged. Raises NotFound, and HelpRefused where the reason is missing, the attempt is still open,
    or the round's results are frozen.
    """
    if not reason.strip():
        raise HelpRefused("reason_needed")
    with transaction() as session:
        attempt, round_, entry = queries.lock_attempt(contest.id, code)
        if round_.state in (RoundState.FROZEN.value, RoundState.PUBLISHED.value):
            raise HelpRefused("results_are_final")
        if attempt.closed_at is None:
            raise HelpRefused("attempt_is_open")
        if attempt.voided_at is not None:
            return attempt
        attempt.voided_at, attempt.void_reason = now, reason.strip()
        session.flush()
        update_result(session, round_, entry)
        record(
            Action.ATTEMPT_GIVEN_BACK,
            f"round {round_.number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            attempt=attempt.code,
            reason=reason.strip(),
        )
    return attempt


def note_need(
    contest: Contest,
    entry_id: int,
    *,
    extra_percent: int,
    hides_clock: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a person more time in every later attempt, or a page without the clock; 0 and False take it back.

    Raises NotFound, HelpRefused.
    """
    if not reason.strip():
        raise HelpRefused("reason_needed")
    if not 0 <= extra_percent <= MOST_PERCENT:
        raise HelpRefused("percent_out_of_range", most=MOST_PERCENT)
    with transaction() as session:
        if session.get(Entry, (contest.id, entry_id)) is None:
            raise NotFound("entry")
        need = session.get(Accommodation, (contest.id, entry_id), with_for_update=True)
        if need is None:
            need = Accommodation(contest_id=contest.id, entry_id=entry_id)
            session.add(need)
        need.extra_percent, need.hides_clock = extra_percent, hides_clock
        need.reason, need.staff_id, need.given_at = reason.strip(), actor.id, now
        record(
            Action.NEED_NOTED,
            f"entry {entry_id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            percent=extra_percent,
            hides_clock=hides_clock,
        )


def announce(contest: Contest, number: int, words: str, *, actor: Actor, now: datetime) -> Announcement:
    """Say something to everybody who is working on an attempt of the round; the words before it end.

    Raises NotFound, HelpRefused.
    """
    text = " ".join(words.split())
    if not text or len(text) > MOST_WORDS:
        raise HelpRefused("words_out_of_range", most=MOST_WORDS)
    get_round(contest, number)
    with transaction() as session:
        _end(session, contest.id, number, now)
        said = Announcement(
            contest_id=contest.id,
            id=new_id(),
            round_number=number,
            words=text,
            staff_id=actor.id,
            published_at=now,
        )
        session.add(said)
        record(Action.ANNOUNCED, f"round {number}", actor=actor, now=now, contest_id=contest.id, words=text)
    forget_all()
    return said


def end_announcement(contest: Contest, number: int, *, actor: Actor, now: datetime) -> None:
    """Take the round's announcement back; without one nothing happens."""
    with transaction() as session:
        if _end(session, contest.id, number, now):
            record(Action.ANNOUNCEMENT_ENDED, f"round {number}", actor=actor, now=now, contest_id=contest.id)
    forget_all()


def find_need(contest_id: int, entry_id: int) -> Accommodation | None:
    """What a person needs, None where nothing was noted."""
    key = (contest_id, entry_id)
    return remembered(("need", *key), lambda: db.session.get(Accommodation, key))


def list_announcements(contest_id: int, number: int) -> Sequence[Announcement]:
    """A round's announcements, the newest first."""
    return db.session.scalars(
        select(Announcement)
        .where(Announcement.contest_id == contest_id, Announcement.round_number == number)
        .order_by(Announcement.published_at.desc(), Announcement.id.desc())
    ).all()


def _end(session: Session, contest_id: int, number: int, now: datetime) -> int:
    said = session.scalars(
        select(Announcement).where(
            Announcement.contest_id == contest_id,
            Announcement.round_number == number,
            Announcement.ended_at.is_(None),
        )
    ).all()
    for one in said:
        one.ended_at = now
    return len(said)
