"""Reviewing in a real browser: by keys, by buttons without a script, several at once; with axe."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from question_bank.reading import read
from quiz.accounts.permissions import Role
from quiz.bank import browsing, queries, service
from tests.support.browser import DESK, Trouble, assert_accessible
from tests.support.factories import NOW
from tests.support.live import Live
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, PASSWORD, make_staff

_turn = itertools.count(1)


@pytest.fixture
def bank(live: Live) -> str:
    """A bank of this test's own with three questions that wait, and one reviewer who is signed in."""
    slug = f"duyet-{next(_turn)}"
    with live.app.app_context():
        service.import_questions(read(csv_file(), "q.csv"), slug, f"Ngân hàng {slug}", actor=ACTOR, now=NOW)
    return slug


def sign_in(page: Page, live: Live) -> None:
    name = f"reviewer-{next(_turn)}"
    with live.app.app_context():
        make_staff(name, Role.REVIEWER)
    page.goto("/login")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Duyệt câu")


def states(live: Live, slug: str) -> list[str]:
    with live.app.app_context():
        bank = queries.get_bank(slug)
        return [browsing.get_question(bank.id, number)[0].state for number in (1, 2, 3)]


@pytest.fixture
def desk(viewport: dict[str, int]) -> None:
    """Keys are for keyboards: a phone shows none."""
    if viewport != DESK:
        pytest.skip("a phone has no keys")


@pytest.mark.usefixtures("desk")
def test_the_queue_by_keys(page: Page, live: Live, bank: str) -> None:
    sign_in(page, live)
    page.goto(f"/manage/banks/review?bank={bank}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Duyệt câu 1 trong 3")
    assert_accessible(page)
    page.keyboard.press("j")
    expect(heading).to_have_text("Duyệt câu 2 trong 3")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Duyệt câu 1 trong 3")
    page.keyboard.press("d")
    expect(page.get_by_text("Đã duyệt câu 1.")).to_be_visible()
    expect(heading).to_have_text("Duyệt câu 1 trong 2")
    page.keyboard.press("t")
    text = page.get_by_label("Lời góp ý")
    expect(text).to_be_focused()
    page.keyboard.type("dktj: ghi thêm nguồn")
    expect(text).to_have_value("dktj: ghi thêm nguồn")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã trả lại câu 2 cho người soạn.")).to_be_visible()
    assert states(live, bank) == ["approved", "draft", "in_review"]


@pytest.mark.usefixtures("desk")
def test_keys_can_be_turned_off(page: Page, live: Live, bank: str) -> None:
    sign_in(page, live)
    page.goto(f"/manage/banks/review?bank={bank}")
    page.get_by_label("Dùng phím tắt").uncheck()
    page.reload()
    page.keyboard.press("d")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Duyệt câu 1 trong 3")
    assert states(live, bank) == ["in_review"] * 3


def test_several_at_once(page: Page, live: Live, bank: str) -> None:
    sign_in(page, live)
    page.goto(f"/manage/banks/review?bank={bank}")
    page.get_by_role("link", name="Danh sách").click()
    assert_accessible(page)
    page.get_by_label("Chọn cả trang này").check()
    page.get_by_label("Câu 2").uncheck()
    page.get_by_role("button", name="Duyệt 2 câu đã chọn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Duyệt 2 câu?")
    assert_accessible(page)
    page.get_by_role("button", name="Duyệt 2 câu").click()
    expect(page.get_by_text("Đã duyệt 2 câu.")).to_be_visible()
    assert states(live, bank) == ["approved", "in_review", "approved"]


def test_one_at_a_time_by_hand(page: Page, live: Live, bank: str, trouble: Trouble) -> None:
    sign_in(page, live)
    page.goto(f"/manage/banks/review?bank={bank}")
    assert_accessible(page)
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_role("alert")).to_be_focused()
    trouble.expect("422")
    assert_accessible(page)
    page.get_by_label("Lời góp ý").fill("Ghi thêm nguồn.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Đã trả lại câu 1 cho người soạn.")).to_be_visible()
    assert states(live, bank) == ["draft", "in_review", "in_review"]


def test_without_a_script(page_without_js: Page, live: Live, bank: str) -> None:
    page = page_without_js
    sign_in(page, live)
    page.goto(f"/manage/banks/review?bank={bank}")
    expect(page.get_by_label("Dùng phím tắt")).to_be_hidden()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt câu 1.")).to_be_visible()
    page.get_by_role("link", name="Bỏ qua").click()
    page.get_by_role("link", name="Danh sách").click()
    page.get_by_label("Câu 3").check()
    page.get_by_role("button", name="Duyệt các câu đã chọn").click()
    page.get_by_role("button", name="Duyệt 1 câu").click()
    assert states(live, bank) == ["approved", "in_review", "approved"]
