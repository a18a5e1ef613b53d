"""Documents in a real browser: from a file to a study page, searched with and without a script, with axe."""

import itertools
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible
from tests.support.contests_now import open_contest
from tests.support.documents import TEXT, give_documents, make_document
from tests.support.live import Live
from tests.support.staff import PASSWORD, make_staff
from tests.support.word import make_docx

_turn = itertools.count(1)


def prepare(live: Live) -> str:
    """A contest with a document of its own; the slug of both."""
    slug = open_contest(live, f"doc-{next(_turn)}")
    with live.app.app_context():
        make_document(slug, issuer="Tỉnh ủy", number="12-NQ/TU")
        give_documents(slug, slug)
    return slug


def sign_in(page: Page, live: Live) -> None:
    name = f"van-ban-{next(_turn)}"
    with live.app.app_context():
        make_staff(name)
    page.goto("/login")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_from_a_file_to_the_study_page(page: Page, live: Live, tmp_path: Path) -> None:
    slug = f"luat-{next(_turn)}"
    file = tmp_path / "luat.docx"
    lines = ["LUẬT VÍ DỤ", "Điều 1. Phạm vi", "Luật này nói về việc đọc.", "Điều 2. Hiệu lực"]
    file.write_bytes(make_docx(lines))
    sign_in(page, live)
    page.goto("/manage/documents")
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Mã văn bản").fill(slug)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Luật này nói về việc đọc.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Lưu 2 đoạn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("LUẬT VÍ DỤ")
    assert_accessible(page)
    page.get_by_role("link", name="Độ phủ câu hỏi").click()
    expect(page.get_by_text("Chưa có").first).to_be_visible()
    assert_accessible(page)
    contest = open_contest(live, f"doc-{next(_turn)}")
    page.goto(f"/manage/c/{contest}/edit")
    page.locator("label", has_text="LUẬT VÍ DỤ").last.click()
    expect(page.get_by_role("checkbox", name="LUẬT VÍ DỤ").last).to_be_checked()
    assert_accessible(page)


def test_studying_is_the_same_with_and_without_a_script(any_page: Page, live: Live) -> None:
    slug = prepare(live)
    any_page.goto(f"/c/{slug}/documents")
    assert_accessible(any_page)
    any_page.get_by_role("link", name="LỊCH SỬ CÁC KỲ ĐẠI HỘI").click()
    expect(any_page.locator("#doan-1")).to_be_visible()
    assert_accessible(any_page)
    search = any_page.get_by_label("Tìm trong văn bản")
    search.fill("tuyen quang")
    search.press("Enter")
    expect(any_page.get_by_role("status")).to_have_text("1 đoạn phù hợp")
    expect(any_page.locator("#doan-2")).to_be_visible()
    expect(any_page.locator("#doan-1")).not_to_be_visible()
    assert_accessible(any_page)
    search.fill("không có gì")
    search.press("Enter")
    expect(any_page.get_by_text("Không thấy đoạn nào").first).to_be_visible()


def test_searching_while_typing_hides_headings_that_lead_nowhere(page: Page, live: Live) -> None:
    slug = prepare(live)
    page.goto(f"/c/{slug}/documents/{slug}")
    search = page.get_by_label("Tìm trong văn bản")
    search.press_sequentially("thu ba")
    expect(page.locator("#doan-3")).to_be_visible()
    expect(page.locator(".th-doc-h", has_text="I. Đại hội lần thứ nhất")).not_to_be_visible()
    search.fill("")
    expect(page.locator("#doan-1")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("")


def test_contents_and_one_passage(page: Page, live: Live) -> None:
    slug = prepare(live)
    page.goto(f"/c/{slug}/documents/{slug}")
    if page.locator("summary", has_text="Mục lục").is_visible():
        page.locator("summary", has_text="Mục lục").click()
    page.locator(".th-contents:visible").get_by_role("link", name="III. Đại hội lần thứ ba").click()
    expect(page.locator("#doan-3")).to_be_in_viewport()
    page.goto(f"/c/{slug}/documents/{slug}/2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đoạn 2")
    assert_accessible(page)
    page.get_by_role("link", name="Đoạn 3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đoạn 3")


def test_a_newer_edition_shows_what_changes(page: Page, live: Live, tmp_path: Path) -> None:
    slug = prepare(live)
    file = tmp_path / "moi.txt"
    file.write_text(TEXT.replace("13 đại biểu", "mười ba đại biểu") + "\nIV. Thêm\nMột đoạn mới.\n", "utf-8")
    sign_in(page, live)
    page.goto(f"/manage/documents?document={slug}")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Trước đây")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Lưu 4 đoạn").click()
    expect(page.get_by_text("Đã lưu 4 đoạn: 1 mới, 1 đổi, 0 không còn.")).to_be_visible()
