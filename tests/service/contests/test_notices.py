"""Notices: posted, changed, ended, shown in their time, every act in the log; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.errors import NoticeRefused
from quiz.contests.notice_service import NoticeText, change_notice, end_notice, post_notice
from quiz.contests.notices import Level
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_notices, list_standing_notices
from quiz.core.database import db
from tests.support.factories import NOW, make_contest

ACTOR = Actor.system("tests")
HOUR = timedelta(hours=1)


def test_a_notice_stands_for_its_time_and_every_act_is_in_the_log(app):
    contest = make_contest()
    text = NoticeText(" Lùi  giờ mở.\n", Level.WARNING, NOW + HOUR, NOW + 3 * HOUR)
    posted = post_notice(contest, text, actor=ACTOR, now=NOW)
    (kept,) = list_standing_notices(NOW)
    assert (kept.words, kept.slug) == ("Lùi giờ mở.", contest.slug)
    shown = [kept.is_shown(NOW + hours * HOUR) for hours in (0, 1, 2, 3)]
    assert shown == [False, True, True, False]
    change_notice(contest, posted.id, NoticeText("Mở lại.", Level.INFO, NOW), actor=ACTOR, now=NOW)
    (changed,) = list_standing_notices(NOW)
    assert (changed.words, changed.level, changed.until_at) == ("Mở lại.", "info", None)
    for _again in range(2):
        end_notice(contest, posted.id, actor=ACTOR, now=NOW + HOUR)
    assert list_standing_notices(NOW + HOUR) == []
    assert [one.ended_at for one in list_notices(contest.id)] == [NOW + HOUR]
    with pytest.raises(NoticeRefused):
        change_notice(contest, posted.id, text, actor=ACTOR, now=NOW + HOUR)
    log = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert log == ["notice_posted", "notice_changed", "notice_ended"]


@pytest.mark.parametrize(
    "words, until, code",
    [
        ("", None, "notice_words_out_of_range"),
        ("x" * 501, None, "notice_words_out_of_range"),
        ("Đã qua.", NOW - HOUR, "notice_ends_too_early"),
    ],
)
def test_what_cannot_stand_is_refused(app, words, until, code):
    contest = make_contest()
    text = NoticeText(words, Level.INFO, NOW - 2 * HOUR, until)
    with pytest.raises(NoticeRefused) as refused:
        post_notice(contest, text, actor=ACTOR, now=NOW)
    assert refused.value.code == code
    assert list_notices(contest.id) == []


def test_a_draft_says_nothing(app):
    contest = make_contest(state=RoundState.DRAFT)
    post_notice(contest, NoticeText("Sắp mở.", Level.INFO, NOW), actor=ACTOR, now=NOW)
    assert list_standing_notices(NOW) == []
