"""Papers that deserve a look, in a real browser: at both sizes, by keyboard, with and without a script."""

import itertools
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.bank.queries import find_bank
from quiz.contests.definition import AttemptRule
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.vetting.annul_filter import AnnulFilter
from quiz.vetting.annulling import annul, fingerprint, preview
from quiz.vetting.integrity_service import review_round
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.factories import make_entry
from tests.support.live import Live
from tests.support.sitting import sit_down
from tests.support.sittings import RIGHT, fixed_contest, sit

_turn = itertools.count(1)


def looked_at(live: Live) -> str:
    """A round that has ended: five people on one device, the first with a fast perfect paper; its slug."""
    slug, now = f"bai-can-xem-{next(_turn)}", clock.now()
    times = {"opens_at": now - timedelta(days=2), "closes_at": now - timedelta(hours=1)}
    with live.app.app_context():
        has_bank = find_bank("bank") is not None
        db.session.rollback()
        contest = fixed_contest(slug, with_bank=not has_bank, attempts=AttemptRule(limit=3), **times)
        for number in range(1, 6):
            _take(contest.id, slug, number, now - timedelta(days=1))
        review_round(get_contest(slug), 1, now=now)
    return slug


def _take(contest_id: int, slug: str, number: int, at: datetime) -> None:
    contest = get_contest(slug)
    entry_id = make_entry(contest, number).id
    attempt_id = sit(contest, entry_id, RIGHT if number == 1 else (1, 1, 1, number % 4 + 1), now=at).id
    with transaction():
        db.session.get_one(Entry, (contest_id, entry_id)).device_key = "một máy"
        if number == 1:
            db.session.get_one(Attempt, (contest_id, attempt_id)).duration_ms = 5_000


def test_from_the_contest_to_an_annulled_attempt_and_back(any_page: Page, live: Live) -> None:
    page, slug = any_page, looked_at(live)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    page.get_by_role("link", name="Bài cần xem").click()
    expect(page.get_by_text("Không con số nào kết luận ai gian lận")).to_be_visible()
    page.locator("summary", has_text="Các dấu hiệu được tính thế nào").click()
    assert_accessible(page)
    page.get_by_role("link", name="Lò Thị Hương 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lò Thị Hương 1")
    assert_accessible(page)
    page.get_by_role("link", name="Hủy bài của những người này").click()
    page.get_by_label("Lò Thị Hương 1").check()
    page.get_by_label("Lý do", exact=True).fill("Đã hỏi người dự thi")
    page.get_by_label("Thông báo cho người dự thi").fill("Bài này làm nhanh hơn mức trong thể lệ.")
    assert_accessible(page)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#xem-truoc")).to_contain_text("không còn trong bảng")
    assert_accessible(page)
    page.get_by_role("button", name="Hủy những bài này").click()
    expect(page.get_by_role("status").or_(page.locator(".alert-success")).first).to_contain_text("Đã hủy")
    page.locator("summary", has_text="Khôi phục những bài này").click()
    page.locator("article details").get_by_label("Lý do").fill("Người dự thi đã giải thích")
    assert_accessible(page)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_text("Khôi phục lúc")).to_contain_text("Người dự thi đã giải thích")


def test_an_entrant_reads_why_and_objects(any_page: Page, live: Live) -> None:
    page, slug = any_page, looked_at(live)
    with live.app.app_context():
        contest = get_contest(slug)
        attempt = db.session.query(Attempt).filter_by(contest_id=contest.id, correct_count=4).one()
        code, wanted = attempt.code, AnnulFilter(people=(attempt.entry_id,))
        seen = fingerprint(preview(contest, 1, wanted).attempts)
        words = {"reason": "Nhanh", "notice": "Bài này làm nhanh hơn mức trong thể lệ."}
        annul(contest, 1, wanted, seen=seen, actor=Actor.system(), now=clock.now(), **words)
    sit_down(live, page.context, code)
    page.goto(f"/attempts/{code}")
    expect(page.get_by_text("Ban Tổ chức đã hủy kết quả lượt này")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Gửi ý kiến cho Ban Tổ chức").click()
    assert_accessible(page)
    page.get_by_label("Ý kiến của bạn").fill("Em đã học thuộc bộ câu hỏi.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_text("Em đã học thuộc bộ câu hỏi.")).to_be_visible()
    expect(page.get_by_text("Ban Tổ chức đã nhận")).to_be_visible()
    assert_accessible(page)
