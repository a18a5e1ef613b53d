"""The preview of an import in a real browser: mends, pairs, keys, no script; with axe."""

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quiz.bank import queries
from quiz.bank.banks import create_bank
from tests.support.browser import DESK, Trouble, assert_accessible
from tests.support.factories import NOW
from tests.support.live import Live
from tests.support.staff import ACTOR, PASSWORD, make_staff

_turn = itertools.count(1)
BANK = """Câu 1. Đại hội đại biểu toàn quốc lần thứ VI đề ra đường lối nào?
A. Cải cách ruộng đất
B. Kháng chiến kiến quốc
C. Đổi mới toàn diện đất nước
D. Công nghiệp hóa xã hội chủ nghĩa
Đáp án: C
"""
TEXT = """Câu 1. Đại hội nào thông qua Cương lĩnh đầu tiên?
A. Tháng 2/1930
B. Tháng 10/1930
C. Tháng 3/1935
C. Tháng 2/1951
Đáp án: A

Câu 2. Đại hội nào của Đảng đổi tên Đảng thành Đảng Cộng sản Việt Nam?
A. Đại hội II
B. Đại hội III
C. Đại hội IV
D. Đại hội V

Câu 3. Đại hội VI họp vào tháng nào?
A. Tháng 12/1976
B. Tháng 12/1986 (sửa lại 23/6)
Đáp án: B

Câu 4. Đại hội đại biểu toàn quốc lần thứ VI của Đảng ta đề ra đường lối gì?
A. Công nghiệp hóa xã hội chủ nghĩa
B. Đổi mới toàn diện đất nước
C. Kháng chiến kiến quốc
D. Cải cách ruộng đất
Đáp án: B

Câu 5. Sông nào chảy qua thành phố Sơn La?
A. Nậm La
B. Sông Hồng
Đáp án: A
"""


@pytest.fixture
def slug(live: Live) -> str:
    made = f"xem-truoc-{next(_turn)}"
    with live.app.app_context():
        create_bank(made, "Lịch sử Đảng", actor=ACTOR, now=NOW)
        make_staff(made)
    return made


def send(page: Page, slug: str, folder: Path, text: str) -> None:
    """Choose a file and read it."""
    file = folder / "cau-hoi.txt"
    file.write_text(text, encoding="utf-8")
    page.goto(f"/manage/banks/{slug}/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Đọc và xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra trước khi nhập")


def start(page: Page, slug: str, folder: Path) -> None:
    """A bank with one question, then a file with everything that may be wrong."""
    page.goto("/login")
    page.locator("input[name=username]").fill(slug)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    send(page, slug, folder, BANK)
    page.get_by_role("button", name="Nhập 1 câu").click()
    send(page, slug, folder, TEXT)


def test_everything_is_decided_and_imported(
    any_page: Page, live: Live, slug: str, tmp_path: Path, trouble: Trouble
) -> None:
    page = any_page
    start(page, slug, tmp_path)
    expect(page.get_by_text("Câu 1: hai phương án cùng mang chữ C.")).to_be_visible()
    expect(page.locator("#cau-1 pre mark")).to_have_text("C.")
    expect(page.locator("#cau-1 pre mark")).to_have_css("text-decoration-line", "underline")
    expect(page.locator("#cau-3 pre mark")).to_have_text("(sửa lại 23/6)")
    assert_accessible(page)
    page.get_by_role("button", name="Đổi thành D").click()
    expect(page.locator("#cau-1")).to_contain_text("Đã sửa, sẽ được nhập")
    page.locator("#cau-2").get_by_role("button", name="Đáp án đúng: C").click()
    expect(page.locator("#cau-2")).to_contain_text("Đại hội IV (đáp án)")
    page.get_by_role("button", name="Bỏ ghi chú").click()
    expect(page.locator("#cau-3")).to_contain_text("Tháng 12/1986 (đáp án)")
    assert_accessible(page)
    page.get_by_role("link", name="Gần trùng 1").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Câu gần trùng 1 trong 1")
    expect(page.locator("mark").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Thay câu trong ngân hàng").first.click()
    expect(page.get_by_text("Đã chọn:")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Nhập 5 câu").click()
    expect(page.get_by_text("Đã nhập 5 câu.")).to_be_visible()
    with live.app.app_context():
        stored = queries.list_exported(queries.get_bank(slug).id)
        assert len(stored) == 5
        assert stored[0].text.endswith("của Đảng ta đề ra đường lối gì?")


def test_mending_in_place(any_page: Page, slug: str, tmp_path: Path, trouble: Trouble) -> None:
    page = any_page
    start(page, slug, tmp_path)
    page.locator("#cau-2").get_by_role("link", name="Sửa tại chỗ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sửa câu 2")
    assert_accessible(page)
    page.get_by_role("button", name="Dùng bản đã sửa").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa có đáp án đúng")
    trouble.expect("422")
    assert_accessible(page)
    page.get_by_label("C là đáp án đúng").check()
    page.get_by_role("button", name="Dùng bản đã sửa").click()
    expect(page.locator("#cau-2")).to_contain_text("Đã sửa, sẽ được nhập")
    page.locator("#cau-2").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#cau-2")).to_contain_text("chưa có đáp án đúng")


def test_by_keys_alone(page: Page, viewport: dict[str, int], slug: str, tmp_path: Path) -> None:
    """After a decision the focus is at the same question, and the next key goes on from there."""
    if viewport != DESK:
        pytest.skip("a phone has no keys")
    start(page, slug, tmp_path)
    page.locator("#cau-2").get_by_role("button", name="Đáp án đúng: A").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cau-2")).to_contain_text("Đã sửa")
    expect(page.locator("#cau-2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#cau-2").get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cau-2")).to_contain_text("chưa có đáp án đúng")


def test_a_file_is_sent_once_and_the_page_says_so(
    page: Page, live: Live, slug: str, tmp_path: Path, trouble: Trouble
) -> None:
    start(page, slug, tmp_path)
    page.goto(f"/manage/banks/{slug}/import")
    page.locator("input[type=file]").set_input_files(tmp_path / "cau-hoi.txt")
    # The browser itself is held back, so that the page can be looked at while it waits.
    page.evaluate(
        """() => document.querySelector("form[data-reading]").addEventListener("submit", (event) => {
            (window.sent ??= []).push(!event.defaultPrevented);
            event.preventDefault();
        })"""
    )
    button = page.get_by_role("button", name="Đọc và xem trước")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Đang gửi và đọc tệp")
    expect(page.get_by_role("progressbar", name="Đang đọc tệp")).to_be_visible()
    expect(button).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    assert page.evaluate("window.sent") == [True, False]


def test_the_whole_flow_by_keys_on_a_narrow_page(
    page: Page, viewport: dict[str, int], live: Live, slug: str, tmp_path: Path, trouble: Trouble
) -> None:
    """Every step with Tab and Enter alone; the focus is always on what comes next."""
    start(page, slug, tmp_path)

    def press(name: str) -> None:
        """Go on with Tab until the button or link has the focus, then press it."""
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip().endswith(name):
                page.keyboard.press("Enter")
                page.wait_for_load_state()
                return
        raise AssertionError(f"no way to {name}")

    press("Đổi thành D")
    expect(page.locator("#cau-1")).to_be_focused()
    press("Đáp án đúng: C")
    expect(page.locator("#cau-2")).to_be_focused()
    press("Bỏ ghi chú")
    expect(page.locator("#cau-3")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Control+Home")
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("link", name="Gần trùng 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Câu gần trùng 1 trong 1")
    press("Giữ cả hai, không cùng đề")
    expect(page.get_by_text("Đã chọn:")).to_be_visible()
    expect(page.locator("#cap")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.get_by_role("button", name="Nhập 5 câu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã nhập 5 câu.")).to_be_visible()
