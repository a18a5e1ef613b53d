"""Suspected twins in a real browser: from the list to a merge and back; an entrant objects."""

import itertools
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.audit.actors import Actor
from quiz.bank.queries import find_bank
from quiz.contests.definition import AttemptRule
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.core.phones import normalise_phone
from quiz.vetting.comparing import compare_entries
from quiz.vetting.ruling import Category, disqualify
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.factories import make_entry
from tests.support.live import Live
from tests.support.sittings import RIGHT, fixed_contest, sit

_turn = itertools.count(1)
BORN = date(1971, 6, 4)


def twins(live: Live) -> str:
    """A contest in which Quàng Văn Thủy entered twice and took an attempt each time; its slug."""
    slug, now = f"nghi-trung-{next(_turn)}", clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    with live.app.app_context():
        has_bank = find_bank("bank") is not None
        db.session.rollback()
        made = fixed_contest(slug, with_bank=not has_bank, attempts=AttemptRule(limit=1), **times)
        ring = live.app.extensions["keyring"]
        phones = [normalise_phone(text) for text in ("0978 123 214", "0978 123 215")]
        names = ("Quàng Văn Thủy", "Quang Van Thuy")
        for name, phone in zip(names, phones, strict=True):
            entry = make_entry(made, name=name, birth_date=BORN, phone=phone)
            sit(made, entry.id, RIGHT, now=now - timedelta(minutes=30))
        compare_entries(made, keyring=ring, now=now)
    return slug


def test_from_the_list_to_a_merge_and_back(any_page: Page, live: Live, trouble: Trouble) -> None:
    page, slug = any_page, twins(live)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    page.locator("main").get_by_role("link", name="Nghi trùng").last.click()
    assert_accessible(page)
    page.get_by_role("link", name="Quàng Văn Thủy · Quang Van Thuy").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nghi trùng 1 trong 1")
    expect(page.locator(".th-dup")).to_contain_text("09•• ••• 214")
    assert_accessible(page)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa chọn kết luận")
    assert_accessible(page)
    page.get_by_label("Một người, gộp lại").check()
    page.get_by_label("Lý do").fill("Cùng ngày sinh, đã gọi điện")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("region", name="Điều sẽ xảy ra")).to_contain_text(
        "Lượt vượt quy định, không tính"
    )
    assert_accessible(page)
    page.get_by_role("button", name="Gộp hai đăng ký").click()
    expect(page.locator("main")).to_contain_text("Không có cặp nào chờ xem.")
    page.get_by_role("link", name="Đã quyết định", exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name="gộp vào").click()
    assert_accessible(page)
    page.get_by_label("Lý do").fill("Nhầm người")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác")
    trouble.expect("422")


def test_an_entrant_comes_back_reads_why_and_objects(any_page: Page, live: Live, trouble: Trouble) -> None:
    page, slug = any_page, twins(live)
    with live.app.app_context():
        contest = get_contest(slug)
        entry = make_entry(
            contest, name="Lò Thị Hương", birth_date=BORN, phone=normalise_phone("0912 345 678")
        )
        why = {"reason": "Đã gọi điện", "actor": Actor.system(), "now": clock.now()}
        disqualify(contest, entry.id, category=Category.NOT_ELIGIBLE, **why)  # type: ignore[arg-type]  # real fields
    page.goto(f"/c/{slug}/resume")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    for label, value in (("Ngày", "4"), ("Tháng", "6"), ("Năm", "1971")):
        page.get_by_label(label, exact=True).fill(value)
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"/c/{slug}/rounds/1")
    expect(page.locator("main")).to_contain_text("Không thuộc đối tượng dự thi")
    assert_accessible(page)
    page.get_by_role("link", name="Xem quyết định và khiếu nại").click()
    assert_accessible(page)
    page.get_by_role("button", name="Gửi khiếu nại").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa viết gì")
    page.get_by_label("Vì sao quyết định chưa đúng").fill("Tôi công tác ở xã từ năm 2020.")
    page.get_by_role("button", name="Gửi khiếu nại").click()
    expect(page.locator("main")).to_contain_text("Ban Tổ chức đã nhận.")
    expect(page.locator("main")).not_to_contain_text("Đã gọi điện")
    assert_accessible(page)
    trouble.expect("422")
