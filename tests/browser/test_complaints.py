"""Complaining about a result in a real browser, and answering."""

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.attempts import queries
from quiz.attempts.service import submit
from quiz.attempts.sheets import Sheet
from quiz.contests.models import Round
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live
from tests.support.sitting import sit_down, start_attempt


def test_from_the_result_to_the_answer(page: Page, live: Live) -> None:
    slug = f"khieu-nai-{id(page)}"
    open_contest(live, slug)
    code = start_attempt(live, slug)
    with live.app.app_context(), transaction() as session:
        entry_id, sheet = queries.get_attempt(code).entry_id, Sheet(1, {}, (), "5")
        submit(code, sheet, entry_id=entry_id, now=clock.now(), keyring=live.app.extensions["keyring"])
        row = session.get_one(Round, (get_contest(slug).id, 1))
        row.state, row.state_since = "frozen", clock.now()
    sit_down(live, page.context, code)
    page.goto(f"/attempts/{code}")
    page.get_by_role("link", name="Gửi khiếu nại").click()
    assert_accessible(page)
    page.locator("textarea").fill("Câu 3 có hai đáp án đúng")
    page.locator("textarea").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã nhận khiếu nại số 1")).to_be_visible()
    assert_accessible(page)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/complaints")
    assert_accessible(page)
    page.get_by_role("link", name="Số 1").click()
    assert_accessible(page)
    page.get_by_label("Khiếu nại đúng").check()
    page.locator("textarea").fill("Đã nhận thêm đáp án B")
    page.get_by_role("button", name="Gửi trả lời").press("Enter")
    expect(page.get_by_text("Đã trả lời khiếu nại số 1")).to_be_visible()
    page.goto(f"/c/{slug}/complaints")
    expect(page.get_by_text("Đã nhận thêm đáp án B")).to_be_visible()
