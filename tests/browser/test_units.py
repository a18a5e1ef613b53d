"""One's own unit in a real browser, with and without a script; and the organisers' answer."""

import itertools

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.attempts import service
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.entries import unit_choice
from tests.browser.test_citizen import any_url, choose_unit, fill_entry
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.factories import make_entry, unit_id
from tests.support.live import Live

_turn = itertools.count(1)


def opened(live: Live) -> str:
    return open_contest(live, f"don-vi-{next(_turn)}", prediction=None)


def test_the_unit_is_changed_before_and_asked_for_after_the_first_start(
    any_page: Page, live: Live, trouble: Trouble
) -> None:
    page = any_page
    slug = opened(live)
    fill_entry(page, slug)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Tỉnh Sơn La › Các xã")).to_be_visible()
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name="Đổi đơn vị").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đơn vị")
    assert_accessible(page)
    page.get_by_role("button", name="Đổi đơn vị").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_accessible(page)
    search_and_choose(page)
    page.get_by_role("button", name="Đổi đơn vị").click()
    expect(page.locator("main")).to_contain_text("Đã đổi đơn vị.")
    page.get_by_role("link", name="Về trang dự thi").click()
    page.get_by_role("button", name="Bắt đầu làm bài").first.click()
    expect(page).to_have_url(any_url("/attempts/"))
    page.goto(f"/c/{slug}/unit")
    expect(page.locator("main")).to_contain_text("chốt từ lượt thi đầu tiên")
    choose_unit(page)
    page.get_by_label("Lý do").fill("Chọn nhầm xã")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.locator("main")).to_contain_text("Đang chờ Ban Tổ chức: đổi sang Xã Mường Chiên")
    assert_accessible(page)
    page.get_by_role("button", name="Rút yêu cầu").click()
    expect(page.locator("main")).to_contain_text("Đã rút lại.")
    assert_accessible(page)
    trouble.expect("422")


def search_and_choose(page: Page) -> None:
    """By the search field, whichever the browser has: "to hieu" is the other unit."""
    find = page.get_by_role("button", name="Tìm đơn vị")
    if find.count():
        page.get_by_role("searchbox").fill("to hieu")
        find.click()
        expect(page.get_by_role("status")).to_contain_text("1 đơn vị phù hợp")
        assert_accessible(page)
    else:
        page.get_by_role("combobox").first.fill("to hieu")
        page.get_by_role("option").first.click()


def test_enter_in_a_field_goes_on_without_a_script(page_without_js: Page, live: Live) -> None:
    """The search of units has a button above the form's own; a key press in the name must not take it."""
    page = page_without_js
    fill_entry(page, opened(live))
    page.locator("#name").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại thông tin")


def test_organisers_answer_several_requests_at_once(any_page: Page, live: Live, trouble: Trouble) -> None:
    page = any_page
    slug = opened(live)
    with live.app.app_context():
        contest = get_contest(slug)
        for number in (1, 2):
            entry = make_entry(contest, number)
            keyring, now = live.app.extensions["keyring"], clock.now()
            code = service.start(contest, entry.id, 1, now=now, keyring=keyring).code
            service.submit(code, None, entry_id=entry.id, now=now, keyring=keyring)
            unit_choice.choose_unit(contest, entry.id, unit_id(contest, "03688"), reason="Nhầm", now=now)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    page.get_by_role("link", name="2 yêu cầu đổi đơn vị").click()
    assert_accessible(page)
    page.get_by_role("button", name="Đồng ý các yêu cầu đã chọn").click()
    expect(page.get_by_role("alert").first).to_contain_text("chưa chọn yêu cầu nào")
    for box in page.locator("label", has_text="Lò Thị Hương").all():
        box.click()
    page.get_by_label("Lý do, cho tất cả").fill("Đúng hộ khẩu")
    assert_accessible(page)
    page.get_by_role("button", name="Đồng ý các yêu cầu đã chọn").click()
    expect(page.locator("main")).to_contain_text("Đã xử lý 2 yêu cầu.")
    expect(page.get_by_role("region", name="Đã xử lý")).to_contain_text("Xã Mường Chiên")
    assert_accessible(page)
    trouble.expect("422")
