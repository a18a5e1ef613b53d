"""The attempt page on a bad line: lost replies, a crashed browser, a second device at the end of time."""

import random
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from drills.proxy import LossyProxy
from quiz.attempts import queries, service
from tests.support.attempt_seat import answers, seat, until
from tests.support.browser import Trouble
from tests.support.live import Live
from tests.support.sitting import choose, move_deadline, stored

_LOST = ("ERR_EMPTY_RESPONSE", "ERR_CONNECTION", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "409")


class Dice(random.Random):
    """Throws well until the page is there, then by its seed."""

    is_fair = False

    def random(self) -> float:
        """At least the share of lost replies while the page is loading."""
        return super().random() if self.is_fair else 1.0


@pytest.fixture
def dice() -> Dice:
    """One seed for one run of bad luck."""
    return Dice(20261122)


@pytest.fixture
def line(live: Live, dice: Dice) -> Iterator[LossyProxy]:
    """A way to the server that loses one reply in three once the dice are fair."""
    with LossyProxy(int(urlsplit(live.url).port or 0), 1 / 3, dice) as proxy:
        yield proxy


def test_one_reply_in_three_lost_from_the_first_answer_to_the_receipt(
    browser: Browser, live: Live, code: str, trouble: Trouble, line: LossyProxy, dice: Dice
) -> None:
    with seat(browser, live, code, trouble, url=f"http://127.0.0.1:{line.port}") as (page, _):
        dice.is_fair = True
        wanted = {str(place): [1 + place % 4] for place in range(1, 7)}
        for place in range(1, 7):
            choose(page, place, wanted[str(place)][0])
        page.locator("[data-go='1']").click()
        page.locator("#prediction").fill("3195")
        until(page, lambda: answers(live, code) == wanted and stored(live, code)["prediction"] == "3195", 40)
        expect(page.locator("[data-banner=elsewhere]")).to_be_hidden()
        page.locator(".th-examnav [data-open=submit]").click()
        for _try in range(10):
            if stored(live, code)["is_closed"]:
                break
            expect(page.locator("[data-submit]")).to_have_attribute("aria-disabled", "false", timeout=20_000)
            page.locator("[data-submit]").click()
            page.wait_for_timeout(700)
        assert answers(live, code) == wanted
        dice.is_fair = False
        if page.locator("[data-submit]").is_visible():  # handed in, and the reply was lost: once more
            page.locator("[data-submit]").click()
        page.goto(f"/attempts/{code}")
        expect(page.locator(".th-receipt")).to_be_visible()
    assert line.dropped >= 2
    for part in _LOST:
        trouble.expect(part)


def test_a_crashed_browser_sends_what_it_kept_without_a_touch(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """R13 and the Artemis bug: failed saves, the browser is gone, nothing is touched after it is back."""
    with seat(browser, live, code, trouble) as (page, made):
        made.set_offline(True)
        for place in (1, 2, 3, 4, 5):
            choose(page, place, 2)
        expect(page.locator("[data-save]")).to_contain_text("5 câu chưa gửi")
        kept = made.storage_state()
    assert answers(live, code) == {}
    with seat(browser, live, code, trouble, storage_state=kept) as (page, _):
        until(page, lambda: answers(live, code) == {str(place): [2] for place in range(1, 6)})
        expect(page.locator("[data-save]")).to_contain_text("Đã lưu")
        expect(page.locator("#q5-2")).to_be_checked()
    for part in _LOST:
        trouble.expect(part)


def test_nothing_is_called_saved_before_the_server_said_so(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """A portal's page where the reply should be, a fault of the server: the words stay honest."""
    with seat(browser, live, code, trouble) as (page, _):
        page.route(
            "**/sheet", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Hi")
        )
        choose(page, 1, 1)
        expect(page.locator("[data-save]")).to_contain_text("1 câu chưa gửi")
        page.unroute("**/sheet")
        page.route("**/sheet", lambda route: route.fulfill(status=503, json={"error": "busy"}))
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(1000)
        expect(page.locator("[data-save]")).to_contain_text("1 câu chưa gửi")
        page.unroute("**/sheet")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-save]")).to_contain_text("Đã lưu")
        assert answers(live, code) == {"1": [1]}
        trouble.expect("503")


def test_answers_of_a_second_device_are_not_passed_over_at_the_end(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """One device hands in at zero; what the other kept offline is told and kept apart."""
    move_deadline(live, code, timedelta(seconds=9))
    with (
        seat(browser, live, code, trouble) as (first, _a),
        seat(browser, live, code, trouble) as (second, second_browser),
    ):
        second_browser.set_offline(True)
        choose(second, 2, 2)
        choose(first, 1, 1)
        expect(first.locator(".th-receipt")).to_be_visible(timeout=20_000)
        assert answers(live, code) == {"1": [1]}
        expect(second.get_by_role("heading", name="Hết giờ")).to_be_visible(timeout=20_000)
        second_browser.set_offline(False)
        expect(second.locator(".th-receipt")).to_be_visible(timeout=20_000)
        expect(second.locator("main")).to_contain_text(
            "1 câu gửi đến sau khi bài đã nộp nên không được tính."
        )
        assert answers(live, code) == {"1": [1]}
    for part in _LOST:
        trouble.expect(part)


def test_answers_after_another_device_has_handed_in_are_told(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """Long before the end: the save of the offline device is refused for good, and the page says so."""
    with (
        seat(browser, live, code, trouble) as (first, _a),
        seat(browser, live, code, trouble) as (second, second_browser),
    ):
        second_browser.set_offline(True)
        choose(second, 2, 2)
        for choice in (1, 2, 3):
            choose(first, 1, choice)
            until(first, lambda choice=choice: answers(live, code) == {"1": [choice]})
        with live.app.app_context():
            attempt = queries.get_attempt(code)
            keyring = live.app.extensions["keyring"]
            service.submit(code, None, entry_id=attempt.entry_id, now=attempt.deadline_at, keyring=keyring)
        second_browser.set_offline(False)
        expect(second.locator(".th-receipt")).to_be_visible(timeout=20_000)
        expect(second.locator("main")).to_contain_text(
            "1 câu gửi đến sau khi bài đã nộp nên không được tính."
        )
        assert answers(live, code) == {"1": [3]}
    trouble.expect("410")
    for part in _LOST:
        trouble.expect(part)


def test_answers_of_an_offline_device_count_when_nobody_handed_in_before(
    browser: Browser, live: Live, code: str, trouble: Trouble
) -> None:
    """Both devices have answers, one offline at zero: within the grace both are laid together."""
    move_deadline(live, code, timedelta(minutes=5))
    with (
        seat(browser, live, code, trouble) as (first, first_browser),
        seat(browser, live, code, trouble) as (second, second_browser),
    ):
        second_browser.set_offline(True)
        choose(second, 2, 2)
        for choice in (1, 2, 3):
            choose(first, 1, choice)
            until(first, lambda choice=choice: answers(live, code) == {"1": [choice]})
        first_browser.close()
        second_browser.set_offline(False)
        until(second, lambda: answers(live, code) == {"1": [3], "2": [2]})
    for part in _LOST:
        trouble.expect(part)
