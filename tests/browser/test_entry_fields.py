"""The entry form with every field, in a real browser: accessible, by keyboard, with and without scripts."""

import itertools

from playwright.sync_api import Page, expect

from quiz.contests.definition import Birth, Category, EntryFields, EntryPolicy, Presence
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)
ALL = EntryPolicy(
    fields=EntryFields(
        gender=Presence.REQUIRED,
        email=Presence.OPTIONAL,
        national_id=Presence.REQUIRED,
        unit=Presence.OPTIONAL,
        workplace=Presence.OPTIONAL,
        address=Presence.OPTIONAL,
        category=Presence.REQUIRED,
    ),
    birth=Birth.YEAR,
    categories=(Category("can-bo", "Cán bộ, công chức"), Category("hoc-sinh", "Học sinh")),
)


def test_every_field_and_a_number_that_does_not_fit(any_page: Page, live: Live, trouble: Trouble) -> None:
    """Errors at their fields, then the card's doubts confirmed with a tick."""
    page, slug = any_page, open_contest(live, f"muc-khai-{next(_turn)}", policy=ALL)
    page.goto(f"/c/{slug}/enter")
    assert_accessible(page)
    form = page.locator("form", has=page.locator("#name"))
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert").first).to_contain_text("Năm sinh: chưa nhập năm sinh")
    assert_accessible(page)
    form.get_by_label("Họ và tên", exact=True).fill("Lò Thị Hương")
    form.get_by_label("Năm sinh").fill("1962")
    form.get_by_label("Giới tính").select_option("male")
    form.get_by_label("Số điện thoại", exact=True).fill("0912 345 678")
    form.get_by_label("Số căn cước").fill("014 162 001 234")
    form.get_by_label("Nơi làm việc, học tập").fill("Trường THPT Tô Hiệu")
    form.get_by_label("Đối tượng dự thi").select_option("can-bo")
    page.locator("label[for=consent]").click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("giới tính Nữ")).to_be_visible()
    expect(page.get_by_text("Trường THPT Tô Hiệu")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("cần xem lại rồi đánh dấu ô này")).to_be_visible()
    assert_accessible(page)
    page.locator("label[for=id_checked]").click()
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("button", name="Bắt đầu làm bài").first).to_be_visible()
    trouble.expect("status of 422")
