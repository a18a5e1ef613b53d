"""A round outside of its hours, and one for qualified people: what the pages say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.attempts.models import Attempt
from quiz.contests.definition import Admission, Finish, OpenHours, Weekday
from quiz.contests.labels import admission_in_words, hours_in_words
from quiz.contests.models import Round
from quiz.core import clock
from quiz.core.database import db
from tests.support.citizen import enter, open_contest


def _night() -> OpenHours:
    """An hour of the day that is not this one."""
    local = clock.now() + timedelta(hours=7)
    return (
        OpenHours(begins="01:00", ends="02:00")
        if local.hour >= 12
        else OpenHours(begins="22:00", ends="23:00")
    )


def _change(app, slug: str, **changes: object) -> None:
    with app.app_context():
        row = db.session.query(Round).one()
        row.settings = replace(row.settings, **changes)
        db.session.commit()


def test_outside_of_the_hours_pages_say_when_it_goes_on(app, client):
    slug = open_contest(app)
    enter(client, slug)
    hours = _night()
    _change(app, slug, windows=hours)
    page = client.get(f"/c/{slug}").text
    assert "Ngoài giờ thi" in page
    assert "thi tiếp sau" in page
    assert f"mọi ngày, từ {hours.begins} đến {hours.ends}" in page
    assert "Đang ngoài giờ thi." in page
    ready = client.get(f"/c/{slug}/rounds/1").text
    assert "Vòng thi đang ngoài giờ" in ready
    assert f"{hours.begins}" in ready
    assert "Bắt đầu làm bài" not in ready
    assert "Đăng ký trước" in app.test_client().get(f"/c/{slug}").text


def test_who_did_not_qualify_reads_why(app, client):
    slug = open_contest(app)
    enter(client, slug)
    _change(app, slug, admits=Admission(of_round=1, top=100))
    words = "Chỉ người có hạng từ 1 đến 100 ở vòng 1 được vào vòng này."
    assert words in client.get(f"/c/{slug}").text
    assert words in client.get(f"/c/{slug}/rounds/1").text


def test_in_words(app):
    with app.test_request_context():
        workdays = OpenHours(tuple(Weekday)[:5], "08:00", "17:30")
        assert hours_in_words(workdays) == "thứ Hai đến thứ Sáu, từ 08:00 đến 17:30"
        assert hours_in_words(OpenHours(begins="20:00")) == "mọi ngày, từ 20:00 đến 24:00"
        assert hours_in_words(OpenHours((Weekday.SAT, Weekday.SUN))) == "thứ Bảy, Chủ nhật"
        assert admission_in_words(Admission(of_round=1, top=100)) == (
            "Chỉ người có hạng từ 1 đến 100 ở vòng 1 được vào vòng này."
        )


@pytest.mark.parametrize("finish", Finish)
def test_who_starts_two_minutes_before_the_end_is_told_how_long_it_will_be(app, client, finish):
    """Acceptance test 3: ten minutes to work, the round closes in two."""
    closes_at = clock.now() + timedelta(minutes=2, seconds=30)
    slug = open_contest(app, minutes=10, closes_at=closes_at, finish=finish)
    enter(client, slug)
    page = client.get(f"/c/{slug}/rounds/1").text
    assert ("lượt này chỉ có 2 phút thay vì 10 phút" in page) is (finish is Finish.CUT)
    assert ("Bấm là bắt đầu tính 2 phút" in page) is (finish is Finish.CUT)
    client.post(f"/c/{slug}/rounds/1/start")
    with app.app_context():
        attempt = db.session.query(Attempt).one()
        minutes = (attempt.deadline_at - attempt.started_at).total_seconds() / 60
        assert (attempt.deadline_at == closes_at) is (finish is Finish.CUT)
        assert (minutes == 10) is (finish is Finish.LET_FINISH)
