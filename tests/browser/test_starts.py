"""The organisers' page of devices that begin most attempts, at both sizes."""

import itertools

from playwright.sync_api import Page, expect
from sqlalchemy import update

from quiz.accounts.permissions import Role
from quiz.attempts import service
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.entries.models import Entry
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.contests_now import open_contest
from tests.support.factories import make_entry
from tests.support.live import Live

_turn = itertools.count(1)


def test_a_device_of_six_people(any_page: Page, live: Live) -> None:
    page = any_page
    slug = open_contest(live, f"may-{next(_turn)}", prediction=None)
    with live.app.app_context():
        contest = get_contest(slug)
        people = [make_entry(contest, number).id for number in range(1, 7)]
        with transaction() as session:
            session.execute(update(Entry).where(Entry.id.in_(people)).values(device_key="0c0ffee" * 4))
        for entry_id in people:
            service.start(contest, entry_id, 1, now=clock.now(), keyring=live.app.extensions["keyring"])
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/entrants")
    page.get_by_role("link", name="Lượt vào theo máy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lượt vào theo máy")
    table = page.get_by_role("region", name="Theo máy đã đăng ký").get_by_role("table")
    expect(table).to_contain_text("Máy 0C0FFE")
    expect(table).to_contain_text("và 1 người nữa")
    expect(table).to_contain_text("Nhiều người")
    assert_accessible(page)
