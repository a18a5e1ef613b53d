"""The contest's overview: figures of the round, charts with their tables, health, few statements."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from quiz.attempts.service import start
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from tests.support.factories import KEYRING, make_contest, make_entry, round_definition
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import signed_in

PAGE = "/manage/c/cuoc-thi/"
MOST_STATEMENTS = 40


@pytest.fixture(autouse=True)
def _contest(app):
    now = clock.now()
    with app.app_context():
        contest = fixed_contest(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
        for number, days in ((1, 2), (2, 1), (3, 1)):
            sit(contest, make_entry(contest, number).id, RIGHT, now=now - timedelta(days=days))
        sit(contest, make_entry(contest, 4).id, RIGHT, now=now - timedelta(hours=1))
        start(contest, make_entry(contest, 5).id, 1, now=now, keyring=KEYRING)


def statements(act: Callable[[], object]) -> int:
    """How many statements are sent."""
    count = 0

    def note(*_what: object) -> None:
        nonlocal count
        count += 1

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return count


def test_figures_and_charts_with_their_tables(client):
    signed_in(client)
    page = client.get(PAGE).text
    assert 'Đang làm bài</span><b class="th-num">1</b>' in page
    assert page.count('role="img"') == 3  # by hour, by day, grown
    assert page.count("Xem bằng bảng số") == 3
    assert "lượt thi lại" in page
    assert "Đúng tất cả các câu" not in page  # nobody knows before the round is over
    assert "style=" not in page


def test_however_many_people_the_statements_are_few(app, client):
    signed_in(client)
    with app.app_context():
        forget_all()
        few = statements(lambda: client.get(PAGE))
        contest = get_contest("cuoc-thi")
        for number in range(6, 16):
            make_entry(contest, number)
        forget_all()
        assert statements(lambda: client.get(PAGE)) <= few
    assert few <= MOST_STATEMENTS


def test_signs_of_trouble_are_named(app, client):
    signed_in(client)
    page = client.get(PAGE).text
    assert "chưa biết" in page  # nobody reports backups
    assert "(cần xem)" not in page
    with app.app_context(), transaction():
        before = clock.now() - timedelta(days=2)
        record(Action.BACKUP_MADE, "backup", actor=Actor.system("tests"), now=before)
    forget_all()
    page = client.get(PAGE).text
    assert "đã quá một ngày" in page
    assert page.count("(cần xem)") == 1


def test_a_round_that_has_not_opened_has_no_charts(app, client):
    with app.app_context():
        make_contest("nhap", round_definition(), state=RoundState.DRAFT)
    signed_in(client)
    page = client.get("/manage/c/nhap/").text
    assert 'role="img"' not in page
    assert "Điều kiện để mở" in page
    assert "Vận hành" in page
