"""Banks, units and one's account in a real browser: from a file to a question, at both sizes, with axe."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quiz.bank import queries
from tests.support.browser import Trouble, assert_accessible
from tests.support.live import Live
from tests.support.question_files import csv_file, table
from tests.support.staff import PASSWORD, make_staff

MEGABYTE = 1024 * 1024


@pytest.fixture
def signed_in(page: Page, live: Live, request: pytest.FixtureRequest) -> str:
    """An organiser of this test's own, signed in through the page; the name, which is free for slugs too."""
    name = f"o-{abs(hash(request.node.nodeid)) % 10**9}"
    with live.app.app_context():
        make_staff(name)
    page.goto("/login")
    assert_accessible(page)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return name


def choose(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def test_from_a_file_to_a_revised_question(
    page: Page, live: Live, signed_in: str, tmp_path: Path, trouble: Trouble
) -> None:
    file = tmp_path / "cau-hoi.csv"
    file.write_bytes(csv_file(table(I3="")))
    page.goto("/manage/banks")
    assert_accessible(page)
    page.get_by_label("Tên ngân hàng").fill("Lịch sử")
    page.get_by_label("Mã ngân hàng").fill(signed_in)
    page.get_by_role("button", name="Tạo và nhập câu hỏi").click()
    assert_accessible(page)
    choose(page, file)
    page.get_by_role("button", name="Đọc và xem trước").click()
    expect(page.get_by_text("Câu 2 chưa có đáp án đúng")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Hợp lệ 2").click()
    assert_accessible(page)
    page.get_by_role("button", name="Nhập 2 câu hợp lệ").click()
    expect(page.get_by_text("Đã nhập 2 câu.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Đại hội VI họp vào tháng nào?").click()
    assert_accessible(page)
    page.get_by_label("Nội dung câu hỏi").fill("")
    page.get_by_role("button", name="Lưu và gửi duyệt").last.click()
    expect(page.get_by_text("Chưa có nội dung câu hỏi.")).to_be_visible()
    trouble.expect("422")
    assert_accessible(page)
    page.get_by_label("Nội dung câu hỏi").fill("Đại hội VI họp khi nào?")
    page.get_by_role("button", name="Lưu và gửi duyệt").last.click()
    expect(page.get_by_text("Đã lưu bản 2")).to_be_visible()
    with live.app.app_context():
        bank = queries.get_bank(signed_in)
        assert len(queries.list_exported(bank.id)) == 2
        assert not queries.pool(bank.id), "nobody has approved them yet"


def test_fifty_megabytes_end_in_words(page: Page, signed_in: str, tmp_path: Path, trouble: Trouble) -> None:
    """The server takes the whole body in before it answers; a browser cut off would show nothing of ours."""
    large = tmp_path / "lon.xlsx"
    with large.open("wb") as file:
        file.truncate(50 * MEGABYTE)
    page.goto("/manage/units")
    assert_accessible(page)
    page.get_by_label("Mã cây").fill(signed_in)
    choose(page, large)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("vượt giới hạn 20 MB")).to_be_visible(timeout=30_000)
    trouble.expect("413")


def test_units_from_a_file(page: Page, signed_in: str, tmp_path: Path, trouble: Trouble) -> None:
    file = tmp_path / "don-vi.csv"
    file.write_text(
        "code,parent_code,name,kind,headcount\n14,,Tỉnh Sơn La,tỉnh,\n03808,14,Xã Mường La,xã,\n",
        encoding="utf-8",
    )
    wrong = tmp_path / "sai.csv"
    wrong.write_text("code,parent,name,kind,headcount\n14,,Tỉnh,tỉnh,\n", encoding="utf-8")
    for chosen, shown in ((wrong, "Thiếu cột “parent_code”"), (file, "Đơn vị mới")):
        page.goto("/manage/units")
        page.get_by_label("Mã cây").fill(signed_in)
        choose(page, chosen)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_text(shown).first).to_be_visible()
        assert_accessible(page)
    trouble.expect("422")
    page.get_by_role("button", name="Nhập 2 đơn vị").click()
    expect(page.get_by_role("rowheader", name="Xã Mường La")).to_be_visible()
    assert_accessible(page)


def test_ones_own_account(page: Page, signed_in: str) -> None:
    page.goto("/account")
    assert_accessible(page)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng xuất khỏi mọi máy").click()
    expect(page.get_by_text("Mọi phiên làm việc đã kết thúc")).to_be_visible()
    assert_accessible(page)
