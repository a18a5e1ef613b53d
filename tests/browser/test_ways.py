"""The ways into a contest in a real browser, with and without JavaScript: accessible at both sizes."""

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Way
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)
_CONTACT = "Số điện thoại hoặc thư điện tử"


@pytest.fixture
def slug(live: Live) -> str:
    """A contest of its own for every test, with codes, accounts and the open form."""
    fields = EntryFields(email=Presence.OPTIONAL, unit=Presence.OFF)
    policy = EntryPolicy(fields=fields, ways=(Way.CODE, Way.ACCOUNT, Way.FORM))
    return open_contest(live, f"cach-vao-{next(_turn)}", policy=policy)


def code(live: Live) -> str:
    """The last code that the server wrote to its terminal."""
    return re.findall(r"one-time code (\d{6})", live.log.read_text())[-1]


def ask_and_prove(page: Page, live: Live, contact: str) -> None:
    """Where the code goes, the code, on."""
    page.get_by_label(_CONTACT).fill(contact)
    page.get_by_role("button", name="Gửi mã").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhập mã xác nhận")
    assert_accessible(page)
    page.get_by_label("Mã xác nhận").fill(code(live))
    page.get_by_role("button", name="Xác nhận").click()


def enter_by_code(page: Page, live: Live, slug: str, phone: str) -> None:
    """From the choice of ways to the page before the start, and back by code."""
    page.goto(f"/c/{slug}/ways")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi mã").click()
    expect(page.get_by_label(_CONTACT)).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    ask_and_prove(page, live, phone)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông tin dự thi")
    expect(page.locator("#phone")).to_have_count(0)
    assert_accessible(page)
    form = page.locator("form", has=page.locator("#name"))
    form.get_by_label("Họ và tên", exact=True).fill("Lò Thị Hương")
    for label, value in (("Ngày", "15"), ("Tháng", "8"), ("Năm", "1962")):
        form.get_by_label(label, exact=True).fill(value)
    page.locator("label[for=consent]").click()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("button", name="Bắt đầu làm bài").first).to_be_visible()
    page.goto(f"/c/{slug}/ways")
    ask_and_prove(page, live, phone)
    expect(page.get_by_role("heading", level=1)).to_have_text("Làm tiếp với tên nào?")
    assert_accessible(page)


def test_in_by_code_and_back(page: Page, live: Live, slug: str, trouble: Trouble) -> None:
    enter_by_code(page, live, slug, f"0912 345 {next(_turn):03}")
    trouble.expect("422")  # no contact was typed at first


def test_in_by_code_and_back_without_javascript(
    page_without_js: Page, live: Live, slug: str, trouble: Trouble
) -> None:
    enter_by_code(page_without_js, live, slug, f"0912 346 {next(_turn):03}")
    trouble.expect("422")


def test_an_account_from_opening_to_signing_in(page: Page, live: Live, slug: str, trouble: Trouble) -> None:
    mail = f"huong{next(_turn)}@example.vn"
    page.goto(f"/c/{slug}/ways")
    page.get_by_role("link", name="Đăng nhập hoặc lập tài khoản").click()
    assert_accessible(page)
    page.get_by_role("link", name="Lập tài khoản, đặt lại mật khẩu").click()
    assert_accessible(page)
    ask_and_prove(page, live, mail)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn mật khẩu")
    assert_accessible(page)
    page.get_by_label("Mật khẩu mới", exact=True).fill("suối chảy qua cầu")
    page.get_by_label("Gõ lại mật khẩu mới").fill("suối chảy qua cầu")
    page.get_by_role("button", name="Lập tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông tin dự thi")
    expect(page.get_by_label("Thư điện tử")).to_have_value(mail)
    page.goto("/me/account")
    assert_accessible(page)
    page.get_by_role("button", name="Đăng xuất trên máy này").click()
    page.goto("/me/sign-in")
    page.get_by_label(_CONTACT).fill(mail)
    page.get_by_label("Mật khẩu").fill("suối chảy qua đèo")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("không khớp")
    assert_accessible(page)
    page.get_by_label("Mật khẩu").fill("suối chảy qua cầu")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản dự thi")
    trouble.expect("422")  # a wrong password was typed
