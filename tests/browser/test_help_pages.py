"""The organisers' pages for people who are working now, or need something: phone, desk, without a script."""

import itertools

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.attempts import queries, service
from quiz.core import clock
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live
from tests.support.sitting import start_attempt

_turn = itertools.count(1)


def running(live: Live) -> tuple[str, str, int]:
    """A contest with one person at work: (slug, code of the attempt, id of the entrant)."""
    slug = open_contest(live, f"ho-tro-{next(_turn)}", prediction=None)
    code = start_attempt(live, slug)
    with live.app.app_context():
        return slug, code, queries.get_attempt(code).entry_id


def test_time_for_everybody_and_words_to_everybody(any_page: Page, live: Live, trouble: Trouble) -> None:
    page = any_page
    slug, code, _entry = running(live)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/rounds/1/help")
    expect(page.locator("main")).to_contain_text("1 người đang làm bài")
    assert_accessible(page)
    page.get_by_role("button", name="Thêm giờ").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_accessible(page)
    form = page.locator("form", has=page.get_by_role("button", name="Thêm giờ"))
    form.get_by_label("phút").fill("5")
    form.get_by_label("Lý do").fill("Mất điện ở điểm thi")
    form.get_by_role("button", name="Thêm giờ").click()
    expect(page.locator("main")).to_contain_text("Đã thêm giờ cho 1 người.")
    expect(page.get_by_role("region", name="Đã làm")).to_contain_text("Lý do: Mất điện ở điểm thi")
    with live.app.app_context():
        attempt = queries.get_attempt(code)
        assert (attempt.deadline_at - attempt.started_at).total_seconds() == 20 * 60
    words = page.locator("form", has=page.get_by_role("button", name="Gửi thông báo"))
    words.locator("textarea").fill("Câu 4 có bản in ở bảng tin.")
    words.get_by_role("button", name="Gửi thông báo").click()
    expect(page.locator("main")).to_contain_text("Đã thông báo.")
    assert_accessible(page)
    page.get_by_role("button", name="Gỡ thông báo").click()
    expect(page.locator("main")).to_contain_text("Đã gỡ thông báo.")
    expect(page.get_by_role("button", name="Gỡ thông báo")).to_have_count(0)
    trouble.expect("422")


def test_one_person_gets_time_a_page_without_a_clock_and_the_attempt_back(
    any_page: Page, live: Live, trouble: Trouble
) -> None:
    page = any_page
    slug, code, entry_id = running(live)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/entrants/{entry_id}")
    expect(page.get_by_role("region", name="Vào lại trên thiết bị khác")).to_contain_text("Chưa lần nào.")
    assert_accessible(page)
    page.get_by_text("Thêm giờ cho lượt này").click()
    page.get_by_label("Thêm mấy phút").fill("3")
    page.get_by_role("article").get_by_label("Lý do").fill("Máy treo")
    assert_accessible(page)
    page.get_by_role("button", name="Thêm giờ").click()
    expect(page.locator("main")).to_contain_text("Đã thêm 3 phút.")
    need = page.get_by_role("region", name="Nhu cầu riêng")
    need.get_by_role("button", name="Ghi").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_accessible(page)
    need.locator("[name=extra_percent]").fill("50")
    need.locator("label[for=hides_clock]").click()
    need.locator("[name=reason]").fill("Theo đơn ngày 20/11")
    need.get_by_role("button", name="Ghi").click()
    expect(need).to_contain_text("Theo đơn ngày 20/11")
    with live.app.app_context():
        keyring = live.app.extensions["keyring"]
        service.submit(code, None, entry_id=entry_id, now=clock.now(), keyring=keyring)
    page.reload()
    page.get_by_text("Trả lại lượt này").click()
    page.get_by_role("article").get_by_label("Lý do").fill("Máy hỏng")
    page.get_by_role("button", name="Trả lại lượt").click()
    expect(page.get_by_role("article")).to_contain_text("Đã trả lại, không tính")
    assert_accessible(page)
    trouble.expect("422")
