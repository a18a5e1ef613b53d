"""The board of people in a real browser: both sizes, the own line, and lines that renew themselves."""

from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from quiz.attempts.models import Result
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.simulation.service import simulate
from tests.support.browser import DESK, PHONE, Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.live import Live

SLUG = "bang-song"


def _sign_in_as_somebody(page: Page, live: Live) -> None:
    """The session of an entrant of the second page."""
    with live.app.app_context():
        contest = get_contest(SLUG)
        entry_id = db.session.scalar(
            select(Result.entry_id)
            .where(Result.contest_id == contest.id)
            .order_by(Result.rank_key, Result.entry_id)
            .offset(52)
            .limit(1)
        )
        name = live.app.config["SESSION_COOKIE_NAME"]
        serializer = SecureCookieSessionInterface().get_signing_serializer(live.app)
        assert serializer is not None
        value = serializer.dumps({"entries": {str(contest.id): str(entry_id)}})
    page.context.add_cookies([{"name": name, "value": value, "url": live.url}])


def test_a_board_renews_itself_and_marks_the_own_line(browser: Browser, live: Live, trouble: Trouble) -> None:
    open_contest(live, SLUG, prediction=None)
    with live.app.app_context():
        keyring = live.app.extensions["keyring"]
        simulate(get_contest(SLUG), 1, entrants=70, attempts=80, seed=5, now=clock.now(), keyring=keyring)
    for size in (PHONE, DESK):
        with context(browser, live.url, size) as made:
            page = made.new_page()
            trouble.watch(page)
            _sign_in_as_somebody(page, live)
            page.clock.install(time=clock.now())
            page.goto(f"/c/{SLUG}/standings?page=2")
            assert_accessible(page)
            own = page.locator("ol.people > li:has(.th-me)")
            expect(own).to_have_count(1)
            expect(page.get_by_role("complementary", name="Vị trí của tôi")).to_contain_text("Hạng của tôi")
            _renews(page)
            expect(own).to_have_count(1)
            _holds_still(page)


def _holds_still(page: Page) -> None:
    """WCAG 2.2.2: asked for, the board asks for nothing any more."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Dừng tự cập nhật bảng").click()
    page.clock.run_for(60_000)
    assert not asked
    page.get_by_role("button", name="Tự cập nhật bảng lại").click()
    with page.expect_response(lambda one: "/standings/rows" in one.url, timeout=40_000):
        page.clock.run_for(26_000)


def _renews(page: Page) -> None:
    """Lines that were changed behind the page's back are as they should be after the next two looks."""
    page.evaluate("document.querySelector('ol.people > li .val b').textContent = '99/99'")
    page.evaluate("scrollTo(0, 300)")
    for _ in range(2):
        with page.expect_response(lambda one: "/standings/rows" in one.url, timeout=40_000):
            page.clock.run_for(26_000)
    expect(page.locator("ol.people")).not_to_contain_text("99/99")
    expect(page.locator("[data-live-status]")).to_have_text("Bảng xếp hạng vừa cập nhật.")
    assert page.evaluate("scrollY") == 300
