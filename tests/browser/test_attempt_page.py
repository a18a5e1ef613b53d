"""The attempt page on bad days: wrong clocks, lost replies, two devices, the end of time."""

import itertools
from datetime import timedelta
from itertools import pairwise

from playwright.sync_api import Browser, Page, Route, expect

from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import DESK, Trouble, assert_accessible
from tests.support.live import Live
from tests.support.sitting import choose, move_deadline, stored

_WRONG_CLOCK = """
const Right = Date, off = 7 * 3600e3 + 1234567;
class Wrong extends Right {
  constructor(...given) { if (given.length) super(...given); else super(Wrong.now()); }
  static now() { return Right.now() + off; }
}
window.Date = Wrong;
"""
_NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"


def test_keys_choose_move_and_mark(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    with seat(browser, live, code, trouble, viewport=DESK) as (page, _):
        page.keyboard.press("b")
        until(page, lambda: answers(live, code) == {"1": [2]})
        page.keyboard.press("4")
        until(page, lambda: answers(live, code) == {"1": [4]})
        page.keyboard.press("m")
        until(page, lambda: stored(live, code)["flags"] == [1])
        page.keyboard.press("ArrowRight")
        expect(page.locator("#cau-2")).to_be_visible()
        expect(page.locator("#cau-1")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(page.locator("#cau-3")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#cau-2")).to_be_visible()


def test_the_dialog_names_what_is_empty_and_keeps_the_focus(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, viewport=DESK) as (page, _):
        choose(page, 1, 1)
        page.locator(".th-examnav [data-open=submit]").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("1 trong 6 câu")
        expect(dialog.get_by_role("link", name="Câu 2")).to_be_visible()
        expect(dialog).to_contain_text("Cần nhập số dự đoán trước khi nộp.")
        expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "true")
        assert_accessible(page)
        for _tab in range(15):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert page.evaluate("document.activeElement.dataset.open") == "submit"
        assert not stored(live, code)["is_closed"]


def test_offline_says_so_keeps_answers_and_sends_them_later(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble) as (page, made):
        made.set_offline(True)
        for place in (1, 2, 3):
            choose(page, place, 3)
        expect(page.locator("[data-banner=offline]")).to_be_visible()
        expect(page.locator("[data-save]")).to_contain_text("3 câu chưa gửi")
        assert_accessible(page)
        made.set_offline(False)
        until(page, lambda: answers(live, code) == {"1": [3], "2": [3], "3": [3]})
        expect(page.locator("[data-banner=offline]")).to_be_hidden()
        trouble.expect("ERR_INTERNET_DISCONNECTED")


def test_a_lost_reply_is_no_other_device(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    """The server stored the save, the reply never came; the same revision goes out again."""
    with seat(browser, live, code, trouble) as (page, _):
        lost: list[str] = []

        def lose(route: Route) -> None:
            if route.request.method == "PUT" and not lost:
                route.fetch()
                lost.append(route.request.post_data or "")
                route.abort()
            else:
                route.continue_()

        page.route("**/sheet", lose)
        choose(page, 1, 1)
        choose(page, 2, 4)
        until(page, lambda: answers(live, code) == {"1": [1], "2": [4]})
        expect(page.locator("[data-save]")).to_contain_text("Đã lưu")
        expect(page.locator("[data-banner=elsewhere]")).to_be_hidden()
        assert lost
        trouble.expect("ERR_FAILED")


def test_two_of_three_requests_lost_and_all_answers_arrive(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble) as (page, _):
        turn = itertools.count()

        def lose(route: Route) -> None:
            if next(turn) % 3:
                route.abort()
            else:
                route.continue_()

        page.route("**/sheet", lose)
        for place in range(1, 7):
            choose(page, place, 1 + place % 4)
        until(page, lambda: len(answers(live, code)) == 6, 40)
        trouble.expect("ERR_FAILED")


def test_two_devices_keep_both_answers_and_the_person_decides(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with (
        seat(browser, live, code, trouble) as (first, _a),
        seat(browser, live, code, trouble) as (second, second_browser),
    ):
        choose(first, 1, 1)
        until(second, lambda: answers(live, code) == {"1": [1]})
        choose(second, 2, 2)
        until(second, lambda: answers(live, code) == {"1": [1], "2": [2]})
        told = second.locator("[data-banner=elsewhere]")
        expect(told).to_be_visible()
        second_browser.set_offline(True)
        choose(second, 1, 4)
        choose(first, 1, 2)
        until(second, lambda: answers(live, code)["1"] == [2])
        second_browser.set_offline(False)
        expect(told).to_contain_text("Câu 1: nơi khác chọn B, ở đây chọn D.")
        assert_accessible(second)
        told.get_by_role("button", name="Lấy B").click()
        until(second, lambda: answers(live, code) == {"1": [2], "2": [2]})
        expect(second.locator("#q1-2")).to_be_checked()
        trouble.expect("ERR_INTERNET_DISCONNECTED")
        trouble.expect("409")


def test_another_tab_follows(browser: Browser, live: Live, code: str, trouble: Trouble) -> None:
    with seat(browser, live, code, trouble) as (page, made):
        other = made.new_page()
        trouble.watch(other)
        other.goto(f"/attempts/{code}")
        choose(page, 1, 3)
        expect(other.locator("#q1-3")).to_be_checked()
        choose(other, 2, 1)
        until(page, lambda: answers(live, code) == {"1": [3], "2": [1]})
        expect(page.locator("#q2-1")).to_be_checked()
        trouble.expect("409")


def test_the_phones_clock_and_zone_play_no_part(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    move_deadline(live, code, timedelta(minutes=5))
    with seat(browser, live, code, trouble, _WRONG_CLOCK) as (page, _):
        expect(page.locator("[data-clock]")).to_have_text("04:58")
        move_deadline(live, code, timedelta(minutes=11))  # an extension reaches the page with the next reply
        choose(page, 1, 1)
        expect(page.locator("[data-clock]")).to_have_text("10:58")


def test_works_where_storage_is_refused_and_says_so(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    with seat(browser, live, code, trouble, _NO_STORAGE) as (page, _):
        expect(page.locator("[data-banner=memory]")).to_be_visible()
        choose(page, 1, 1)
        until(page, lambda: answers(live, code) == {"1": [1]})


def test_the_end_of_time_hands_in_by_itself(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    move_deadline(live, code, timedelta(seconds=64))
    with seat(browser, live, code, trouble) as (page, _):
        choose(page, 1, 2)
        expect(page.locator("[data-banner=last]")).to_be_visible()
        assert_accessible(page)
        move_deadline(live, code, timedelta(seconds=3))
        choose(page, 2, 3)
        expect(page.locator(".th-receipt")).to_be_visible(timeout=15_000)
        assert answers(live, code) == {"1": [2], "2": [3]}
        assert stored(live, code)["is_closed"]
        assert page.evaluate("Object.keys(localStorage).length") == 0


def test_offline_at_the_end_keeps_the_page_and_hands_in_within_the_grace(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    move_deadline(live, code, timedelta(seconds=5))
    with seat(browser, live, code, trouble) as (page, made):
        made.set_offline(True)
        choose(page, 1, 3)
        expect(page.get_by_role("heading", name="Hết giờ")).to_be_visible(timeout=20_000)
        expect(page.locator("[data-over-text]")).to_contain_text("Giữ nguyên trang")
        made.set_offline(False)
        expect(page.locator(".th-receipt")).to_be_visible(timeout=20_000)
        assert answers(live, code) == {"1": [3]}
        trouble.expect("ERR_INTERNET_DISCONNECTED")


def test_one_question_fits_one_small_screen(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """200 characters and four choices of 80 between the bar and the buttons, at 360 × 640."""
    question, choice = (
        ("Nghị quyết Đại hội Đảng bộ tỉnh " * 7)[:200],
        ("Trung du và miền núi phía Bắc " * 3)[:80],
    )
    with seat(browser, live, code, trouble, viewport={"width": 360, "height": 640}) as (page, _):
        page.evaluate(
            """([question, choice]) => {
              const shown = document.querySelector(".th-q.is-shown");
              shown.classList.add("is-long");
              shown.querySelector("legend").textContent = question;
              const texts = shown.querySelectorAll(".th-opt > span:last-child");
              for (const text of texts) text.textContent = choice;
            }""",
            [question, choice],
        )
        edges = page.evaluate(
            """() => {
              const box = (one) => document.querySelector(one).getBoundingClientRect();
              return {
                bar: box(".th-exambar").bottom,
                top: box(".is-shown .th-qno").top,
                end: box(".is-shown .th-optrow:last-child").bottom,
                buttons: box(".th-examnav").top,
              };
            }"""
        )
        assert edges["bar"] <= edges["top"]
        assert edges["end"] <= edges["buttons"]
        assert_touchable(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert_touchable(page)
        page.locator("[data-open=map]").click()
        assert_touchable(page)


def assert_touchable(page: Page) -> None:
    """Options 48 px high, whatever else is tapped 24 by 24, 8 px between options."""
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], .th-opt, label.btn, .form-control")]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".th-skip"))
          .map((one) => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return { name: one.innerText, isOption: one.matches(".th-opt"), x, y, width, height };
          })"""
    )
    small = [one for one in boxes if one["height"] < (48 if one["isOption"] else 24) or one["width"] < 24]
    assert not small
    options = [one for one in boxes if one["isOption"]]
    gaps = [after["y"] - before["y"] - before["height"] for before, after in pairwise(options)]
    assert all(gap >= 8 for gap in gaps), gaps
