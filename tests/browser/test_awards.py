"""From a frozen round to prizes and papers: the organisers' pages at a phone's and a desk's size."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.contests.definition import PaperRule, Prize
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.organiser.rounds import move_round
from tests.browser.test_organiser import sign_in
from tests.support.browser import DESK, PHONE, Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.factories import KEYRING, make_entry
from tests.support.live import Live
from tests.support.sittings import RIGHT, sit
from tests.support.staff import ACTOR


def frozen(live: Live) -> str:
    """Three people, two prizes; the results are fixed."""
    paper = PaperRule(bank="bank", shuffle=(), fixed=("1", "2", "3", "4"))
    prizes = (Prize("Giải Nhất", 1, "1.000.000 đồng"), Prize("Giải Nhì", 1))
    slug = open_contest(live, "xet-giai", paper=paper, prediction=None, prizes=prizes)
    with live.app.app_context():
        contest, now = get_contest(slug), clock.now()
        for number in (1, 2, 3):
            entry = make_entry(contest, number, may_publish=number != 2)
            picks = (*RIGHT[: 5 - number], *(None,) * (number - 1))
            sit(contest, entry.id, picks, now=now - timedelta(hours=2))
        for action in (RoundAction.CLOSE, RoundAction.FREEZE):
            move_round(contest, 1, action, actor=ACTOR, now=now, keyring=KEYRING)
    return slug


@pytest.mark.parametrize("viewport", [DESK], indirect=True)
def test_winners_are_checked_and_papers_are_made(page: Page, live: Live, trouble: Trouble) -> None:
    slug = frozen(live)
    sign_in(page, live, Role.OWNER)
    page.goto(f"/manage/c/{slug}/?round=1")
    page.get_by_role("link", name="Xét giải").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xét giải")
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    first = page.get_by_role("listitem").filter(has_text="Lò Thị Hương 1").last
    first.get_by_label("Đã gọi điện").check()
    first.get_by_role("button", name="Lưu").press("Enter")
    expect(page.get_by_label("Đã gọi điện").first).to_be_checked()
    page.get_by_text("Không trao giải").first.click()
    page.get_by_label("Lý do").first.fill("Khai sai đơn vị")
    page.get_by_role("button", name="Không trao, đưa người kế tiếp lên").first.click()
    expect(page.get_by_role("region", name="Quyết định đã ghi")).to_contain_text("Lò Thị Hương 1")
    expect(page.get_by_role("region", name="Người đạt giải")).to_contain_text("Lò Thị Hương 3")
    assert_accessible(page)
    page.get_by_role("link", name="Báo cáo, đáp án, giấy chứng nhận").click()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.get_by_label("Vì sao cần tệp này").fill("Trình ký báo cáo")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải báo cáo").click()
    assert download.value.suggested_filename == f"bao-cao-{slug}-1.pdf"
