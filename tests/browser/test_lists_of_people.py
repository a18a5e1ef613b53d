"""The lists of who may and who may not enter, in a real browser: previewed, saved, accessible."""

import itertools

from playwright.sync_api import FilePayload, Page, expect

from quiz.accounts.permissions import Role
from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Unique
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)
CODES = EntryPolicy(fields=EntryFields(phone=Presence.OFF, unit=Presence.REQUIRED), unique=Unique.ROSTER)
LIST = "Mã;Họ và tên;Ngày sinh;Đơn vị\n00123;Lò Thị Hương;15/8/1962;03646\n00124;Lò Văn Minh;1990;Xã Lạ\n"


def test_a_roster_from_file_to_entry(page: Page, live: Live, trouble: Trouble) -> None:
    """Choose, look, save; then somebody enters by the code."""
    slug = open_contest(live, f"danh-sach-{next(_turn)}", policy=CODES)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/roster")
    assert_accessible(page)
    for text, heading in ((LIST + "00123;Ai Đó;;\n", "Tệp có lỗi"), (LIST, "Không thấy đơn vị “Xã Lạ”")):
        page.goto(f"/manage/c/{slug}/roster")
        file: FilePayload = {"name": "ds.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_text(heading).first).to_be_visible()
        assert_accessible(page)
    page.get_by_role("button", name="Lưu danh sách 2 người").click()
    expect(page.get_by_text("00124")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/c/{slug}/enter")
    form = page.locator("form", has=page.locator("#name"))
    form.get_by_label("Mã dự thi").fill("00123")
    form.get_by_label("Họ và tên", exact=True).fill("lo thi huong")
    form.get_by_label("Ngày", exact=True).fill("15")
    form.get_by_label("Tháng", exact=True).fill("8")
    form.get_by_label("Năm", exact=True).fill("1962")
    page.locator("label[for=consent]").click()
    assert_accessible(page)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Phường Tô Hiệu")).to_be_visible()
    trouble.expect("status of 422")


def test_people_are_barred(page: Page, live: Live, trouble: Trouble) -> None:
    """Typed with a mistake, mended, listed, taken off with a reason."""
    slug = open_contest(live, f"khong-thi-{next(_turn)}")
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/barred")
    assert_accessible(page)
    typed = page.get_by_label("Mỗi người một dòng")
    typed.fill("Nguyễn Văn An; 31/2/1980; 0912 345 678; tổ ra đề\nTrần Thị Hoa")
    page.get_by_label("Lý do", exact=True).last.fill("theo thể lệ")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("“31/2/1980” không phải ngày sinh.")).to_be_visible()
    assert_accessible(page)
    typed.fill("Nguyễn Văn An; 28/2/1980; 0912 345 678; tổ ra đề\nTrần Thị Hoa")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Đã thêm 2 người.")).to_be_visible()
    page.locator("summary", has_text="Nguyễn Văn An").click()
    assert_accessible(page)
    page.locator("td").get_by_label("Lý do").first.fill("nhầm người")
    page.get_by_role("button", name="Cho dự thi").first.click()
    expect(page.get_by_text("Đã bỏ khỏi danh sách")).to_be_visible()
    trouble.expect("status of 422")
