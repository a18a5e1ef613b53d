"""Notices on a contest's pages: posted, changed, ended; each act with its line in the log."""

from dataclasses import dataclass
from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.errors import NoticeRefused
from quiz.contests.models import Contest, Notice
from quiz.contests.notices import MOST_WORDS, Level, refusal
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a notice says, and for how long; `until_at` None: until it is ended."""

    words: str
    level: Level
    from_at: datetime
    until_at: datetime | None = None


def post_notice(contest: Contest, text: NoticeText, *, actor: Actor, now: datetime) -> Notice:
    """Put words on the contest's pages. Raises NoticeRefused."""
    with transaction() as session:
        notice = Notice(contest_id=contest.id, id=new_id(), posted_by=actor.name, posted_at=now)
        _write(notice, text, now)
        session.add(notice)
        _record(Action.NOTICE_POSTED, notice, actor, now)
    forget_all()
    return notice


def change_notice(
    contest: Contest, notice_id: int, text: NoticeText, *, actor: Actor, now: datetime
) -> Notice:
    """Say it in other words, or for another time. Raises NotFound, NoticeRefused."""
    with transaction() as session:
        notice = session.get(Notice, (contest.id, notice_id), with_for_update=True)
        if notice is None:
            raise NotFound("notice")
        if notice.ended_at is not None:
            raise NoticeRefused("notice_is_over")
        _write(notice, text, now)
        _record(Action.NOTICE_CHANGED, notice, actor, now)
    forget_all()
    return notice


def end_notice(contest: Contest, notice_id: int, *, actor: Actor, now: datetime) -> Notice:
    """Take the words away; again: unchanged. Raises NotFound."""
    with transaction() as session:
        notice = session.get(Notice, (contest.id, notice_id), with_for_update=True)
        if notice is None:
            raise NotFound("notice")
        if notice.ended_at is None:
            notice.ended_at = now
            _record(Action.NOTICE_ENDED, notice, actor, now)
    forget_all()
    return notice


def _write(notice: Notice, text: NoticeText, now: datetime) -> None:
    words = " ".join(text.words.split())
    if code := refusal(words, text.from_at, text.until_at, now):
        raise NoticeRefused(code, most=MOST_WORDS)
    notice.words, notice.level = words, text.level.value
    notice.from_at, notice.until_at = text.from_at, text.until_at


def _record(action: Action, notice: Notice, actor: Actor, now: datetime) -> None:
    record(action, "notices", actor=actor, now=now, contest_id=notice.contest_id, words=notice.words)
