"""The organiser's way in a real browser: sign in, import, open, close, freeze, publish; and the unit's."""

import itertools
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.units.queries import find_tree
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.factories import make_contest, round_definition
from tests.support.live import Live
from tests.support.staff import PASSWORD, make_staff, make_tree

_turn = itertools.count(1)


def sign_in(page: Page, live: Live, role: Role, unit_code: str | None = None) -> None:
    """A new account of the role, signed in by the form; a unit's account has this unit of the demo's tree."""
    username = f"{role.value.replace('_', '-')}-{next(_turn)}"
    with live.app.app_context():
        tree = (find_tree("son-la") or make_tree()) if unit_code else None
        make_staff(username, role, tree=tree, unit_code=unit_code)
        db.session.commit()
    page.goto("/login")
    assert_accessible(page)
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def step(page: Page, name: str) -> None:
    """Press a step of the round's life, read what it will do, confirm."""
    page.get_by_role("link", name=name, exact=True).click()
    assert_accessible(page)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/manage/c/[a-z0-9-]+/(\?.*)?$"))
    assert_accessible(page)


def publish_by_two(page: Page, live: Live) -> None:
    """One asks by the keyboard alone, another one approves."""
    assert_accessible(page)
    for name, text in (("number", "12-QĐ/BTG"), ("date", "30/11/2026"), ("signer", "Hoàng Văn Bình")):
        page.locator(f"[name=decision_{name}]").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chờ người thứ hai")).to_be_visible()
    assert_accessible(page)
    asked = page.url
    page.context.clear_cookies()
    sign_in(page, live, Role.OWNER)
    page.goto(asked)
    assert_accessible(page)
    page.get_by_role("button", name="Duyệt và công bố").press("Enter")
    expect(page.get_by_text("Đã duyệt và công bố kết quả")).to_be_visible()


def test_a_round_from_draft_to_publication(page: Page, live: Live) -> None:
    """Open, close, freeze, publish, each with a page that says what will happen."""
    slug = f"to-chuc-{next(_turn)}"
    open_contest(live, f"khac-{slug}")
    now = clock.now()
    with live.app.app_context():
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
        make_contest(slug, round_definition(**times), state=RoundState.DRAFT)  # type: ignore[arg-type]  # times
        db.session.commit()
    sign_in(page, live, Role.ORGANISER)
    expect(page).to_have_url(re.compile("/manage$"))
    assert_accessible(page)
    page.goto(f"/manage/c/{slug}/")
    assert_accessible(page)
    for name, phase in (
        ("Mở vòng", "Đang mở"),
        ("Đóng vòng", "Đã đóng, đang xét"),
        ("Chốt kết quả", "Đã chốt, chờ công bố"),
    ):
        step(page, name)
        expect(page.locator(".th-roundbar")).to_contain_text(phase)
    page.get_by_role("link", name="Công bố", exact=True).click()
    publish_by_two(page, live)
    expect(page.locator(".th-roundbar")).to_contain_text("Đã công bố")
    expect(page.locator(".th-timeline")).to_contain_text("Quyết định số 12-QĐ/BTG")
    page.goto(f"/c/{slug}/standings")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_questions_are_shown_before_they_are_saved(page: Page, live: Live) -> None:
    """Upload, preview, save."""
    sign_in(page, live, Role.ORGANISER)
    page.goto("/manage/banks")
    assert_accessible(page)
    slug = f"ngan-hang-{next(_turn)}"
    page.locator("input[name=slug]").fill(slug)
    page.locator("input[name=title]").fill("Lịch sử các kỳ Đại hội")
    page.get_by_role("button", name="Tạo và nhập câu hỏi").click()
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(ROOT / "demo" / "banks" / "lich-su-dai-hoi.xlsx")
    page.get_by_role("button", name="Đọc và xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Nhập 64 câu").click()
    page.goto(f"/manage/banks/{slug}")
    expect(page.get_by_text("64 câu chờ duyệt, chưa được rút vào đề.")).to_be_visible()
    assert_accessible(page)


def test_a_unit_sees_its_own_page(any_page: Page, live: Live, trouble: Trouble) -> None:
    """Sign in, own figures; the organisers' pages are closed to it."""
    slug = open_contest(live, f"cua-xa-{next(_turn)}")
    with live.app.app_context():
        tree = find_tree("son-la") or make_tree()
        db.session.query(Contest).filter_by(slug=slug).one().tree_id = tree.id
        db.session.commit()
    sign_in(any_page, live, Role.UNIT_VIEWER, "03688")
    expect(any_page).to_have_url(re.compile("/unit$"))
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Xã Mường Chiên")
    assert_accessible(any_page)
    for path in ("absent", "headcount", "report"):
        any_page.goto(f"/unit/{path}")
        assert_accessible(any_page)
    reply = any_page.goto("/manage")
    assert reply is not None
    assert reply.status == 403
    trouble.expect("403")


@pytest.mark.parametrize(
    "address",
    [
        "/manage",
        "/manage/audit",
        "/manage/contests/new",
        "/manage/c/{slug}/",
        "/manage/c/{slug}/edit",
        "/manage/c/{slug}/rounds/1/edit",
        "/manage/c/{slug}/rounds/1/close",
        "/manage/c/{slug}/entrants",
        "/manage/c/{slug}/unit-numbers",
        "/manage/c/{slug}/unit-numbers/unit/03688",
    ],
)
def test_the_organisers_pages_are_accessible(page: Page, live: Live, address: str) -> None:
    """At both sizes."""
    slug = open_contest(live, f"xem-{next(_turn)}")
    sign_in(page, live, Role.ORGANISER)
    reply = page.goto(address.format(slug=slug))
    assert reply is not None
    assert reply.status == 200
    assert_accessible(page)
