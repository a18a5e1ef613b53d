"""A bank's tree of topics, settings and filters in a real browser, with and without a script, with axe."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from question_bank.reading import read
from quiz.bank import queries, service
from quiz.bank.topic_queries import list_topics
from tests.support.browser import Trouble, assert_accessible
from tests.support.factories import NOW
from tests.support.live import Live
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, PASSWORD, make_staff

_turn = itertools.count(1)


@pytest.fixture
def bank(live: Live) -> str:
    """A bank of this test's own with three approved questions of two topics."""
    slug = f"chu-de-{next(_turn)}"
    with live.app.app_context():
        found = read(csv_file(), "q.csv")
        service.import_questions(found, slug, f"Ngân hàng {slug}", approve=True, actor=ACTOR, now=NOW)
    return slug


def sign_in(page: Page, live: Live) -> None:
    name = f"topics-{next(_turn)}"
    with live.app.app_context():
        make_staff(name)
    page.goto("/login")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def outline(live: Live, slug: str) -> list[str]:
    with live.app.app_context():
        lines, _unnamed = list_topics(queries.get_bank(slug).id)
        return ["–" * line.branch.depth + line.branch.topic.name for line in lines]


def test_building_a_tree(any_page: Page, live: Live, bank: str, trouble: Trouble) -> None:
    page = any_page
    sign_in(page, live)
    page.goto(f"/manage/banks/{bank}")
    page.get_by_role("link", name="Cây chủ đề").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cây chủ đề")
    page.locator("#ten-moi").fill("Thời kỳ đổi mới")
    page.get_by_role("button", name="Thêm chủ đề").click()
    expect(page.get_by_text("Đã thêm chủ đề “Thời kỳ đổi mới”.")).to_be_visible()
    seventh = page.get_by_role("link", name="Đại hội VII", exact=True)
    line = page.locator(".th-topics > li").filter(has=seventh)
    line.locator("summary").click()
    line.get_by_label("Nằm dưới chủ đề").select_option("Thời kỳ đổi mới")
    line.get_by_role("button", name="Chuyển").click()
    expect(page.get_by_text("Đã chuyển chủ đề")).to_be_visible()
    assert outline(live, bank) == ["Thời kỳ đổi mới", "–Đại hội VII", "Đại hội VI"]
    page.get_by_role("button", name="Đưa “Đại hội VI” lên").click()
    assert outline(live, bank)[0] == "Đại hội VI"
    line = page.locator(".th-topics > li").first
    line.locator("summary").click()
    line.get_by_label("Tên mới").fill("Đại hội VII")
    line.get_by_role("button", name="Đổi tên").click()
    expect(page.get_by_text("Đã có chủ đề “Đại hội VII”")).to_be_visible()
    trouble.expect("422")


def test_pages_of_a_bank_are_accessible(page: Page, live: Live, bank: str) -> None:
    sign_in(page, live)
    for path in (
        "",
        f"/{bank}",
        f"/{bank}?state=retired&source=none",
        f"/{bank}/topics",
        f"/{bank}/settings",
    ):
        page.goto(f"/manage/banks{path}")
        for summary in page.locator("main summary").all()[:2]:
            summary.click()
        assert_accessible(page)


def test_settings(page: Page, live: Live, bank: str) -> None:
    sign_in(page, live)
    page.goto(f"/manage/banks/{bank}")
    page.get_by_role("link", name="Thiết lập").click()
    page.get_by_label("Người soạn được tự duyệt câu của mình").check()
    page.get_by_role("button", name="Lưu thiết lập").click()
    expect(page.get_by_text("Đã lưu thiết lập của ngân hàng.")).to_be_visible()
    with live.app.app_context():
        assert queries.get_bank(bank).own_approval
