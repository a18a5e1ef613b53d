"""The editor of a question in a real browser: by keyboard, by plain forms, on a phone; with axe."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from question_bank.reading import read
from question_bank.values import Question
from quiz.accounts.permissions import Role
from quiz.bank import browsing, queries, service
from tests.support.browser import DESK, assert_accessible
from tests.support.documents import make_document
from tests.support.factories import NOW
from tests.support.live import Live
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, PASSWORD, make_staff

_turn = itertools.count(1)


@pytest.fixture
def here(live: Live) -> str:
    """The address of the first of three questions in a bank of this test's own."""
    slug = f"soan-{next(_turn)}"
    with live.app.app_context():
        service.import_questions(read(csv_file(), "q.csv"), slug, f"Ngân hàng {slug}", actor=ACTOR, now=NOW)
    return f"/manage/banks/{slug}/questions/1"


def sign_in(page: Page, live: Live) -> None:
    name = f"soan-{next(_turn)}"
    with live.app.app_context():
        make_staff(name, Role.EDITOR)
    page.goto("/login")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/manage/**")


def stored(live: Live, here: str) -> Question:
    with live.app.app_context():
        bank = queries.get_bank(here.split("/")[3])
        return queries.as_question(*browsing.get_question(bank.id, int(here.rsplit("/", 1)[-1])))


@pytest.mark.parametrize("part", ["", "/history", "/trial", "/translations/en", "/../new"])
def test_pages_are_accessible(page: Page, live: Live, here: str, part: str) -> None:
    sign_in(page, live)
    page.goto(here + part)
    for details in page.locator("main details").all():
        details.evaluate("element => { element.open = true; }")
    assert_accessible(page)


def test_choices_by_keyboard(page: Page, live: Live, here: str, viewport: dict[str, int]) -> None:
    if viewport != DESK:
        pytest.skip("a phone has no keys")
    sign_in(page, live)
    page.goto(here)
    page.get_by_label("Phương án A", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    second = page.get_by_label("Phương án B", exact=True)
    expect(second).to_be_focused()
    expect(second).to_have_value("12/1986")
    expect(page.get_by_label("B là đáp án đúng")).to_be_checked()
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(page.get_by_label("Phương án D", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Phương án E", exact=True)).to_be_focused()
    page.keyboard.type("3/1982")
    page.get_by_role("button", name="Xóa phương án C").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Phương án D", exact=True)).to_have_value("3/1982")
    page.get_by_role("button", name="Lưu nháp").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lưu bản 2 làm bản nháp")).to_be_visible()
    made = stored(live, here)
    assert [one.text for one in made.choices] == ["12/1976", "12/1986", "9/1960", "3/1982"]
    assert made.correct == (1,)


def test_several_keys(page: Page, live: Live, here: str) -> None:
    sign_in(page, live)
    page.goto(here)
    page.get_by_label("Loại câu").select_option("multiple")
    page.get_by_label("C là đáp án đúng").check()
    expect(page.get_by_label("A là đáp án đúng")).to_be_checked()
    expect(page.get_by_text("Có 2 đáp án đúng")).to_be_visible()
    page.get_by_role("button", name="Lưu và gửi duyệt").last.click()
    expect(page.get_by_text("Đã lưu bản 2 và gửi duyệt")).to_be_visible()
    assert stored(live, here).correct == (0, 2)


def test_a_passage_while_typing(page: Page, live: Live, here: str) -> None:
    slug = f"van-kien-{next(_turn)}"
    with live.app.app_context():
        make_document(slug, "Cầu treo Tà Phình bắc năm 1986 qua suối Nậm Păm.")
    sign_in(page, live)
    page.goto(here)
    page.get_by_label("Tìm đoạn trong văn bản đã nạp").fill("ta phinh")
    page.get_by_role("button", name="Cầu treo Tà Phình").first.click()
    expect(page.locator("[data-cited-text]")).to_contain_text("Nậm Păm")
    assert_accessible(page)
    page.get_by_role("button", name="Lưu và gửi duyệt").last.click()
    expect(page.get_by_text("Đã lưu bản 2 và gửi duyệt")).to_be_visible()
    cited = stored(live, here).citation
    assert cited is not None
    assert cited.passage is not None
    assert "van-kien" in cited.passage


def test_without_a_script(page_without_js: Page, live: Live, here: str) -> None:
    page = page_without_js
    sign_in(page, live)
    page.goto(here)
    page.get_by_role("button", name="Thêm phương án").click()
    page.get_by_label("Phương án E", exact=True).fill("3/1982")
    page.get_by_role("button", name="Kiểm tra lại").click()
    expect(page.get_by_label("Phương án E", exact=True)).to_have_value("3/1982")
    assert_accessible(page)
    page.get_by_role("button", name="Lưu và gửi duyệt").last.click()
    expect(page.get_by_text("Đã lưu bản 2 và gửi duyệt")).to_be_visible()
    assert len(stored(live, here).choices) == 5
