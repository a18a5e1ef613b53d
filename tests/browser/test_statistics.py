"""Statistics and jobs in a real browser: at both sizes, by keyboard, with and without a script."""

import itertools
import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.analysis.service import analyse_round, request_round
from quiz.audit.actors import Actor
from quiz.bank.queries import find_bank
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.jobs import service
from quiz.jobs.service import Claim
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.live import Live
from tests.support.sittings import fixed_contest, play

_turn = itertools.count(1)
# Question 2's key is wrong: whoever gets the others right picks choice 4 of it.
LINES = [(2, 4, 4, 1)] * 5 + [(2, 4, 4, None)] + [(2, 3, 1, 2), (1, 3, 2, 1), (1, 2, 2, 2)] * 2


def played(live: Live) -> str:
    """A contest whose only round ended an hour ago; its slug."""
    slug, now = f"thong-ke-{next(_turn)}", clock.now()
    times = {"opens_at": now - timedelta(days=2), "closes_at": now - timedelta(hours=1)}
    with live.app.app_context():
        has_bank = find_bank("bank") is not None
        db.session.rollback()
        contest = fixed_contest(slug, with_bank=not has_bank, **times)
        play(contest, LINES, now=now - timedelta(days=1))
        analyse_round(contest, 1, now=now)
    return slug


def test_from_the_contest_to_the_doubtful_key(any_page: Page, live: Live) -> None:
    page, slug = any_page, played(live)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    page.get_by_role("link", name="Thống kê câu hỏi").click()
    assert_accessible(page)
    rows = page.locator(".th-items tbody tr")
    expect(rows).to_have_count(4)
    page.get_by_role("link", name="Tỷ lệ đúng").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Tỷ lệ đúng")).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text("Câu hỏi số 2")
    page.get_by_role("link", name="Cần xem lại (1)").click()
    expect(rows).to_have_count(1)
    assert_accessible(page)
    rows.first.get_by_role("link").click()
    expect(page.locator(".is-suspect")).to_contain_text("Phương án 2.3")
    page.locator("summary", has_text="Xem bằng bảng số").click()
    assert_accessible(page)
    page.get_by_role("link", name="Xem lại đáp án").click()
    expect(page).to_have_url(re.compile("/manage/banks/bank/"))


def test_a_bank_with_its_rounds(page: Page, live: Live) -> None:
    played(live)
    sign_in(page, live, Role.EDITOR)
    page.goto("/manage/banks/bank/statistics")
    assert_accessible(page)
    page.locator(".th-items tbody a").first.click()
    expect(page.get_by_role("heading", name="Từng vòng")).to_be_visible()
    assert_accessible(page)


def running_job(live: Live, slug: str) -> Claim:
    """A job of the round that a worker has begun."""
    with live.app.app_context():
        now = clock.now()
        request_round(get_contest(slug), 1, actor=Actor.system("tests"), now=now - timedelta(hours=1))
        claim = service.claim(now=now)
        assert claim is not None
        service.beat(claim, 1, 12, "counting", now=now)
        db.session.rollback()
        return claim


def test_a_job_tells_how_far_it_is_and_leads_on(any_page: Page, live: Live) -> None:
    """With a script the page asks; without one it is loaded anew by itself."""
    page, slug = any_page, played(live)
    claim = running_job(live, slug)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/jobs/{claim.job_id}")
    expect(page.locator("[data-job-words]")).to_have_text("Đã xong 8%: 1 trên 12.")
    with live.app.app_context():
        service.beat(claim, 9, 12, "computing", now=clock.now())
    expect(page.locator("[data-job-words]")).to_have_text("Đã xong 75%: 9 trên 12.")
    expect(page.locator("progress")).to_have_attribute("value", "75")
    expect(page.locator("[data-job-step]")).to_have_text("Đang tính độ khó và độ phân biệt.")
    with live.app.app_context():
        service.finish(claim, {}, now=clock.now())
    page.get_by_role("link", name="Xem kết quả").click()
    expect(page).to_have_url(re.compile(f"/manage/c/{slug}/rounds/1/items$"))


def test_what_is_read_out(page: Page, live: Live) -> None:
    slug = played(live)
    claim = running_job(live, slug)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/jobs/{claim.job_id}")
    assert_accessible(page)
    told = page.locator("[data-job-told]")
    expect(told).to_have_text("")
    with live.app.app_context():
        service.beat(claim, 6, 12, None, now=clock.now())
    expect(told).to_have_text("Đã xong 50%: 6 trên 12.")
    with live.app.app_context():
        service.finish(claim, {}, now=clock.now())
    expect(page.get_by_role("link", name="Xem kết quả")).to_be_visible()
    assert_accessible(page)
