"""Accounts of staff in a real browser: two steps, an invitation, the log; with and without a script."""

import itertools
import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.accounts.second_step import code_at
from quiz.audit.service import Action, record
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live
from tests.support.staff import ACTOR, PASSWORD, make_staff

_turn = itertools.count(1)
_LOOK = os.environ.get("LOOK_AT_PAGES")  # a folder to keep pictures in


def seen(page: Page, name: str) -> None:
    """Nothing is wrong with the page for people who cannot see or point."""
    assert_accessible(page)
    if _LOOK:
        size = page.viewport_size or {}
        page.screenshot(path=Path(_LOOK) / f"{name}-{size.get('width')}.png", full_page=True)


def sign_in(page: Page, live: Live, role: Role) -> str:
    """A new account of the role, signed in by the form; its username."""
    username = f"nguoi-{role.value.replace('_', '-')}-{next(_turn)}"
    with live.app.app_context():
        make_staff(username, role)
        db.session.commit()
    page.goto("/login")
    _password(page, username)
    return username


def _password(page: Page, username: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_setting_up_two_steps_and_coming_in_by_them(any_page: Page, live: Live, trouble: Trouble) -> None:
    page = any_page
    username = sign_in(page, live, Role.ORGANISER)
    page.goto("/account")
    seen(page, "account")
    page.get_by_role("link", name="Bật đăng nhập hai bước").click()
    seen(page, "second-step")
    secret = page.locator("form code").first.inner_text().replace(" ", "")
    page.locator("input[name=code]").fill("000000")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Bật đăng nhập hai bước").click()
    seen(page, "second-step-wrong")
    trouble.expect("422")
    page.locator("input[name=code]").fill(code_at(secret, clock.now()))
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Bật đăng nhập hai bước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    seen(page, "recovery-codes")
    recovery = page.locator(".th-codes code").first.inner_text()
    page.goto("/account/second-step")
    seen(page, "second-step-on")
    page.context.clear_cookies()
    page.goto("/login?next=/manage/audit")
    _password(page, username)
    seen(page, "login-code")
    page.get_by_text("Không có điện thoại bên mình?").click()
    page.locator("input[name=recovery]").fill(recovery)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile("/manage/audit$"))


def test_inviting_somebody(any_page: Page, live: Live) -> None:
    page = any_page
    sign_in(page, live, Role.OWNER)
    page.goto("/manage/staff")
    username = f"moi-{next(_turn)}"
    page.locator("input[name=name]").fill("Cầm Văn Dũng")
    page.locator("input[name=username]").fill(username)
    page.get_by_role("button", name="Tạo đường dẫn mời").click()
    seen(page, "invited")
    link = page.locator("#duong-dan code").inner_text()
    page.goto("/manage/staff")
    seen(page, "people")
    page.get_by_role("link", name=re.compile("nguoi-owner")).first.click()
    seen(page, "oneself")
    page.context.clear_cookies()
    page.goto(link)
    seen(page, "join")
    page.locator("input[name=new]").fill(PASSWORD)
    page.locator("input[name=again]").fill(PASSWORD)
    page.get_by_role("button", name="Lập tài khoản").click()
    expect(page.get_by_text("Đã lập tài khoản")).to_be_visible()


def test_one_account_and_what_is_decided_about_it(any_page: Page, live: Live, trouble: Trouble) -> None:
    page = any_page
    sign_in(page, live, Role.OWNER)
    username = f"thanh-vien-{next(_turn)}"
    with live.app.app_context():
        staff_id = make_staff(username, Role.EDITOR).id
        db.session.commit()
    page.goto(f"/manage/staff/{staff_id}")
    seen(page, "person")
    page.get_by_role("button", name="Khóa tài khoản").click()
    seen(page, "person-without-reason")
    trouble.expect("422")
    page.locator("#reason").fill("nghỉ việc")
    page.get_by_role("button", name="Khóa tài khoản").click()
    expect(page.get_by_text("đã khóa")).to_be_visible()


def test_the_log_of_a_contest(page: Page, live: Live) -> None:
    slug = open_contest(live, f"nhat-ky-{next(_turn)}")
    with live.app.app_context():
        contest_id = get_contest(slug).id
        for n in range(3):
            record(Action.ROUND_OPENED, f"round {n}", actor=ACTOR, now=clock.now(), contest_id=contest_id)
    sign_in(page, live, Role.AUDITOR)
    page.goto(f"/manage/c/{slug}/audit")
    expect(page.get_by_text("Việc cuối: số 3")).to_be_visible()
    seen(page, "audit")
