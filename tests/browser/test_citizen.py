"""The citizen's way in a real browser: enter, answer, hand in; without JavaScript; on a bad line."""

import itertools
import json
import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.browser import Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)


@pytest.fixture
def slug(live: Live) -> str:
    """A contest of its own for every test."""
    return open_contest(live, f"thi-{next(_turn)}")


def fill_entry(page: Page, slug: str, phone: str = "0912 345 678") -> None:
    """The entry form, filled in by somebody careful."""
    page.goto(f"/c/{slug}/enter")
    form = entry_form(page)
    form.get_by_label("Họ và tên", exact=True).fill("Lò Thị Hương")
    form.get_by_label("Ngày", exact=True).fill("15")
    form.get_by_label("Tháng", exact=True).fill("8")
    form.get_by_label("Năm", exact=True).fill("1962")
    form.get_by_label("Số điện thoại", exact=True).fill(phone)
    choose_unit(page)
    page.locator("label[for=consent]").click()


def entry_form(page: Page) -> Locator:
    """The form of the entry itself; the page has one for coming back as well."""
    return page.locator("form", has=page.locator("#name"))


def choose_unit(page: Page) -> None:
    """By typing without diacritics where there is a search box, from the list where there is none."""
    search = page.get_by_role("combobox").first
    if search.evaluate("element => element.tagName") == "SELECT":
        search.select_option("03688")
    else:
        search.fill("muong chien")
        page.get_by_role("option").first.click()


def enter(page: Page, slug: str) -> None:
    """Form, check, and the page before the start; every page is accessible."""
    fill_entry(page, slug)
    assert_accessible(page)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại thông tin")
    expect(page.get_by_text("Xã Mường Chiên")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("button", name="Bắt đầu làm bài").first).to_be_visible()
    assert_accessible(page)


def start(page: Page) -> None:
    """Begin the attempt."""
    page.get_by_role("button", name="Bắt đầu làm bài").first.click()
    expect(page).to_have_url(any_url("/attempts/"))


def any_url(part: str) -> re.Pattern[str]:
    """Any address that contains the part."""

    return re.compile(re.escape(part))


def saved(page: Page) -> None:
    """Wait until the page says that everything is on the server."""
    expect(page.locator(".th-save:visible")).to_contain_text("Đã lưu", timeout=15_000)


def answer_all(page: Page) -> None:
    """Choose a choice on each of the six screens."""
    for place in range(1, 7):
        page.locator(".th-opt:visible").nth(place % 4).click()
        page.get_by_role("button", name="Câu sau").click()


def hand_in(page: Page) -> None:
    """The button, then the dialog's own."""
    page.get_by_role("button", name="Nộp bài").locator("visible=true").first.click()
    dialog = page.get_by_role("dialog").locator("visible=true")
    expect(dialog).to_contain_text("Đã lưu đủ trên máy chủ")
    dialog.get_by_role("button", name="Nộp bài").click()


def test_from_the_home_page_to_the_receipt(page: Page, slug: str) -> None:
    """The whole way with JavaScript at a phone's and a desk's size."""
    page.goto("/")
    assert_accessible(page)
    page.goto(f"/c/{slug}")
    assert_accessible(page)
    enter(page, slug)
    start(page)
    assert_accessible(page)
    answer_all(page)
    page.locator("input[name=prediction]").fill("3.195")
    saved(page)
    assert_accessible(page)
    hand_in(page)
    expect(page.get_by_text("Mã biên nhận")).to_be_visible()
    receipt = page.locator(".th-receipt code").inner_text()
    assert receipt.startswith("TH-")
    assert_accessible(page)
    page.goto(f"/receipts?code={receipt.lower().replace('-', ' ')}")
    expect(page.get_by_text(receipt)).to_be_visible()
    for address in (f"/c/{slug}/standings", f"/c/{slug}/standings/units", f"/c/{slug}/rules"):
        page.goto(address)
        assert_accessible(page)


def test_the_same_without_javascript(page_without_js: Page, slug: str) -> None:
    """All questions on one page; save, check, hand in."""
    page = page_without_js
    enter(page, slug)
    start(page)
    assert_accessible(page)
    for place in range(1, 7):
        page.locator(f"label[for^='q{place}-']").nth(place % 4).click()
    page.locator("input[name=prediction]").fill("120")
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_text("Đã lưu bài.")).to_be_visible()
    expect(page.locator("input[type=radio]:checked")).to_have_count(6)
    page.get_by_role("button", name="Nộp bài").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Nộp bài").first.click()
    expect(page.get_by_text("Mã biên nhận")).to_be_visible()
    assert_accessible(page)


def test_failed_saves_then_a_reload_lose_nothing(page: Page, slug: str, trouble: Trouble) -> None:
    """The Artemis bug: saves fail, the page is reloaded, nothing is touched: all answers arrive."""
    enter(page, slug)
    start(page)

    def broken(route: Route) -> None:
        if route.request.method == "PUT":
            route.abort()
        else:
            route.continue_()

    page.route("**/sheet", broken)
    answer_all(page)
    expect(page.locator(".th-save:visible")).to_contain_text("chưa gửi")
    page.reload()
    page.unroute("**/sheet")
    saved(page)
    stored = page.request.get(page.url.split("#")[0] + "/sheet").json()
    assert sorted(stored["answers"]) == ["1", "2", "3", "4", "5", "6"]
    trouble.expect("sheet")


def test_coming_back_on_another_phone_resumes_the_same_paper(
    page: Page, slug: str, live: Live, viewport: dict[str, int]
) -> None:
    """Same order, same answers, honest time; by phone number and birth date only."""
    enter(page, slug)
    start(page)
    page.locator(".th-opt:visible").nth(2).click()
    saved(page)
    first = paper(page)
    with context(page.context.browser, live.url, viewport) as other:  # type: ignore[arg-type]  # it has a browser
        again = other.new_page()
        again.goto(f"/c/{slug}/enter")
        again.locator("details summary", has_text="Đã đăng ký rồi").click()
        form = again.locator("form[action$='/resume']")
        form.get_by_label("Số điện thoại", exact=True).fill("+84 912 345 678")
        form.get_by_label("Ngày", exact=True).fill("15")
        form.get_by_label("Tháng", exact=True).fill("8")
        form.get_by_label("Năm", exact=True).fill("1962")
        form.get_by_role("button").click()
        again.get_by_role("link", name="Làm tiếp").first.click()
        expect(again).to_have_url(any_url("/attempts/"))
        assert paper(again) == first
        expect(again.locator("input:checked")).to_have_count(1)
        data = json.loads(again.locator("#attempt-data").text_content() or "{}")
        assert 14 * 60_000 < data["remaining_ms"] < 15 * 60_000


def paper(page: Page) -> list[str]:
    """All questions and choices in the order of the page."""
    return page.locator(".th-qtext, .th-opt").all_text_contents()


def test_what_is_wrong_in_the_form_is_said_and_linked(any_page: Page, slug: str, trouble: Trouble) -> None:
    """Errors: a summary with links, a message at each field, what was typed is still there."""
    any_page.goto(f"/c/{slug}/enter")
    form = entry_form(any_page)
    form.get_by_label("Họ và tên", exact=True).fill("Lò Thị Hương")
    form.get_by_label("Số điện thoại", exact=True).fill("0912 345 67")
    form.get_by_label("Năm", exact=True).fill("2062")
    any_page.get_by_role("button", name="Tiếp tục").click()
    summary = any_page.get_by_role("alert").first
    expect(summary).to_contain_text("mới có 9 chữ số")
    expect(any_page.get_by_label("Họ và tên", exact=True)).to_have_value("Lò Thị Hương")
    assert_accessible(any_page)
    trouble.expect("422")
