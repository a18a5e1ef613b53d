"""Time on the attempt page: wrong clocks, sleeping phones, warnings, hidden clocks, added time, words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.attempts import helping, queries
from quiz.attempts.deadlines import Scope, extend
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest_by_id
from quiz.core import clock
from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import DESK, Trouble, assert_accessible
from tests.support.live import Live
from tests.support.sitting import choose, move_deadline
from tests.support.staff import ACTOR

_HOUR = 3600
_WRONG = """
const Right = Date, off = %d * 1000;
class Wrong extends Right {
  constructor(...given) { if (given.length) super(...given); else super(Wrong.now()); }
  static now() { return Right.now() + off + (window.slept || 0); }
}
window.Date = Wrong;
"""
# What a screen reader is told: everything that the page writes into its line for that.
_LISTEN = """
window.heard = [];
addEventListener("DOMContentLoaded", () => {
  const line = document.querySelector("[data-say]");
  const listen = () => { if (line.textContent) window.heard.push(line.textContent); };
  new MutationObserver(listen).observe(line, { childList: true });
});
"""


@contextmanager
def organiser(live: Live, code: str) -> Iterator[Contest]:
    """The contest of an attempt, for those who run it."""
    with live.app.app_context():
        yield get_contest_by_id(queries.contest_of(code))


def seconds_shown(page: Page) -> int:
    """What the clock says; 0 where it says something else."""
    minutes, _, seconds = (page.locator("[data-clock]").text_content() or "").partition(":")
    return int(minutes) * 60 + int(seconds) if seconds.isdecimal() else 0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati"])
@pytest.mark.parametrize("off", [_HOUR, -_HOUR, 24 * _HOUR, -24 * _HOUR])
def test_a_phone_an_hour_or_a_day_off_in_another_zone_shows_the_right_time(
    browser: Browser, live: Live, code: str, trouble: Trouble, off: int, zone: str
) -> None:
    """F3, F27: within two seconds, and the moment of saving is told in the contest's zone."""
    move_deadline(live, code, timedelta(minutes=7))
    with seat(browser, live, code, trouble, _WRONG % off, timezone_id=zone) as (page, _):
        choose(page, 1, 1)
        until(page, lambda: answers(live, code) == {"1": [1]})
        with live.app.app_context():
            attempt = queries.get_attempt(code)
        assert attempt.saved_at is not None
        local = (attempt.saved_at + timedelta(hours=7)).strftime("%H:%M:%S")
        expect(page.locator("[data-save]")).to_contain_text(f"Đã lưu {local}")
        left = (attempt.deadline_at - clock.now()).total_seconds()
        assert abs(seconds_shown(page) - left) <= 2


def test_a_phone_that_slept_asks_the_server(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """Ten minutes locked: the page's own time stood still, the wall clock went on."""
    with seat(browser, live, code, trouble, _WRONG % 0) as (page, _):
        assert seconds_shown(page) > 14 * 60
        move_deadline(live, code, timedelta(minutes=4))  # what is left after those ten minutes
        page.evaluate("window.slept = 600e3")
        until(page, lambda: seconds_shown(page) <= 240, 5)


def test_coming_back_to_a_hidden_page_asks_the_server_at_once(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble) as (page, _):
        turn = """state => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
        page.evaluate(turn, "hidden")
        move_deadline(live, code, timedelta(minutes=3))
        with page.expect_response("**/sheet", timeout=5000):
            page.evaluate(turn, "visible")
        until(page, lambda: seconds_shown(page) <= 180, 5)


def test_warnings_are_spoken_at_a_few_moments_only(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """F25: nothing is spoken second by second; added time is told and leads to the warning again."""
    move_deadline(live, code, timedelta(minutes=7))
    with seat(browser, live, code, trouble, _LISTEN) as (page, _):
        assert page.evaluate("heard") == []
        move_deadline(live, code, timedelta(minutes=5, seconds=5))
        choose(page, 1, 1)
        until(page, lambda: page.evaluate("heard.length") == 1)
        page.wait_for_timeout(2500)
        assert page.evaluate("heard") == ["Còn 5 phút"]
        expect(page.get_by_role("timer")).not_to_have_attribute("aria-live", "assertive")
        move_deadline(live, code, timedelta(minutes=9, seconds=50))
        choose(page, 1, 2)
        until(page, lambda: page.evaluate("heard.length") == 2)
        assert page.evaluate("heard[1]") == "Thời gian làm bài được thêm 5 phút"
        move_deadline(live, code, timedelta(minutes=5, seconds=5))
        choose(page, 1, 3)
        until(page, lambda: page.evaluate("heard.length") == 3)
        assert page.evaluate("heard[2]") == "Còn 5 phút"
        move_deadline(live, code, timedelta(seconds=63))
        choose(page, 1, 4)
        until(page, lambda: page.evaluate("heard.length") == 5)
        half, last = page.evaluate("heard.slice(3)")
        assert half == "Đã qua một nửa thời gian làm bài"  # three and a half of seven: passed at a leap
        assert last == "Còn chưa đầy 1 phút. Hết giờ, bài tự nộp với những câu đã lưu."
        page.wait_for_timeout(2500)
        assert page.evaluate("heard.length") == 5
        expect(page.locator("[data-alert]")).to_be_empty()
        move_deadline(live, code, timedelta(seconds=32))
        choose(page, 2, 1)
        expect(page.locator("[data-alert]")).to_contain_text("Còn 30 giây", timeout=15_000)


def test_half_of_the_time_and_ten_minutes_are_told(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, _LISTEN) as (page, _):
        move_deadline(live, code, timedelta(minutes=10, seconds=4))
        choose(page, 1, 1)
        until(page, lambda: "Còn 10 phút" in page.evaluate("heard"))
        move_deadline(live, code, timedelta(minutes=7, seconds=33))
        choose(page, 1, 2)
        until(page, lambda: "Đã qua một nửa thời gian làm bài" in page.evaluate("heard"))
        assert page.evaluate("heard.length") == 2


def test_the_clock_stays_hidden_until_it_is_wanted(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, viewport=DESK) as (page, _):
        page.get_by_role("button", name="Ẩn đồng hồ").click()
        expect(page.locator("[data-clock]")).to_have_text("đã ẩn")
        page.reload()
        expect(page.locator("[data-clock]")).to_have_text("đã ẩn")
        page.get_by_role("button", name="Hiện đồng hồ").click()
        until(page, lambda: seconds_shown(page) > 14 * 60)
        page.reload()
        until(page, lambda: seconds_shown(page) > 14 * 60)
        page.get_by_role("button", name="Ẩn đồng hồ").click()
        move_deadline(live, code, timedelta(seconds=58))
        choose(page, 1, 1)
        until(page, lambda: 0 < seconds_shown(page) <= 58)  # the last minute is shown to everybody else


@pytest.mark.parametrize("js", [True, False])
def test_who_needs_no_clock_sees_no_countdown(
    browser: Browser, live: Live, code: str, trouble: Trouble, js: bool
) -> None:
    with organiser(live, code) as contest:
        helping.note_need(
            contest,
            queries.get_attempt(code).entry_id,
            extra_percent=0,
            hides_clock=True,
            reason="đơn của người dự thi",
            actor=ACTOR,
            now=clock.now(),
        )
    move_deadline(live, code, timedelta(seconds=55))
    options: dict[str, Any] = {"viewport": DESK, "java_script_enabled": js}
    with seat(browser, live, code, trouble, **options) as (page, _):
        if js:
            expect(page.locator("[data-clock]")).to_have_text("đã ẩn")
            expect(page.get_by_text("Còn chưa đầy 1 phút")).to_be_visible()
            page.locator(".th-examnav [data-open=submit]").click()
            expect(page.get_by_role("dialog").get_by_text("Đồng hồ còn")).to_be_hidden()
            assert_accessible(page)
        else:
            page.goto(f"/attempts/{code}/confirm")
            expect(page.locator("main")).not_to_contain_text("Đồng hồ còn")


def test_added_time_and_words_arrive_within_thirty_seconds_and_words_go_again(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """R19: nobody touches the page, nothing is loaded anew."""
    with seat(browser, live, code, trouble, _LISTEN) as (page, _):
        page.evaluate("window.isSame = true")
        with organiser(live, code) as contest:
            now = clock.now()
            extend(
                contest,
                1,
                scope=Scope.ROUND,
                target_id=None,
                minutes=10,
                reason="mất điện",
                actor=ACTOR,
                now=now,
            )
            helping.announce(contest, 1, "Câu 4 in lại ở bảng tin.", actor=ACTOR, now=now)
        notice = page.locator("[data-banner=notice]")
        expect(notice).to_contain_text("Câu 4 in lại ở bảng tin.", timeout=30_000)
        until(page, lambda: seconds_shown(page) > 23 * 60, 2)
        until(page, lambda: page.evaluate("heard.length") == 1)
        told = "Thời gian làm bài được thêm 10 phút. Câu 4 in lại ở bảng tin."
        assert page.evaluate("heard") == [told]
        assert_accessible(page)
        with organiser(live, code) as contest:
            helping.end_announcement(contest, 1, actor=ACTOR, now=clock.now())
        expect(notice).to_be_hidden(timeout=30_000)
        assert page.evaluate("isSame")
