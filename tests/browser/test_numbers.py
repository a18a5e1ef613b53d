"""The organisers' page of shared numbers: phone, desk, without a script."""

import itertools

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.contests.definition import Unique
from quiz.contests.queries import get_contest
from quiz.core.database import transaction
from quiz.core.phones import normalise_phone
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.factories import make_entry
from tests.support.live import Live

_turn = itertools.count(1)
PHONE = normalise_phone("0912 345 678")


def shared(live: Live, unique: Unique, *numbers: str) -> str:
    """A contest in which two people entered with each of the numbers."""
    slug = open_contest(live, f"so-chung-{next(_turn)}", prediction=None)
    with live.app.app_context():
        with transaction():
            contest = get_contest(slug)
            contest.entry_data = contest.entry_data | {"unique": unique.value}
        contest = get_contest(slug)
        for place, number in enumerate(numbers):
            make_entry(contest, 2 * place + 1, phone=number)
            make_entry(contest, 2 * place + 2, phone=number)
    return slug


def test_a_contested_number_is_settled_and_taken_back(any_page: Page, live: Live, trouble: Trouble) -> None:
    page = any_page
    slug = shared(live, Unique.PHONE, PHONE)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    page.get_by_role("link", name="1 số dùng chung chờ xét").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Số dùng chung")
    expect(page.get_by_role("article")).to_contain_text("Khai số đã có người dùng")
    assert_accessible(page)
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_role("alert").first).to_contain_text("chọn công nhận cả nhóm hay chỉ một người")
    assert_accessible(page)
    page.get_by_text("Chỉ công nhận Lò Thị Hương 1").click()
    page.get_by_label("Lý do").fill("Đã gọi số này, gặp đúng người")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.locator("main")).to_contain_text("Không có số nào chờ xét.")
    done = page.get_by_role("region", name="Đã xét")
    expect(done).to_contain_text("Không tính: Lò Thị Hương 2")
    assert_accessible(page)
    done.get_by_text("Hoàn tác", exact=True).click()
    done.get_by_label("Lý do").fill("Nhầm người")
    done.get_by_role("button", name="Hoàn tác quyết định").click()
    expect(done).to_contain_text("Đã hoàn tác: Nhầm người")
    expect(page.get_by_role("button", name="Ghi quyết định")).to_be_visible()
    trouble.expect("422")


def test_families_are_kept_at_once(any_page: Page, live: Live) -> None:
    page = any_page
    slug = shared(live, Unique.PHONE_NAME_BIRTH_DATE, PHONE, normalise_phone("0987 654 321"))
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/numbers")
    for box in page.get_by_text("Chọn nhóm này để công nhận cùng lúc").all():
        box.click()
    form = page.locator("#ca-nhom")
    form.get_by_label("Lý do").fill("Người một nhà")
    assert_accessible(page)
    form.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Đã ghi cho 2 nhóm.")
    expect(page.locator("main")).to_contain_text("Không có số nào chờ xét.")
