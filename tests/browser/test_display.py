"""The large screen in a real browser: it turns, keeps what it has when the network goes, and never grows."""

import re

from playwright.sync_api import Browser, CDPSession, Page, Request, expect

from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.simulation.service import simulate
from tests.support.browser import Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.live import Live

WALL = {"width": 1920, "height": 1080}
_HOUR = 3_600_000


def _polls(page: Page, asked: list[str], count: int, *, ending: str = "response") -> None:
    """So often the screen asks anew, and what it asked for arrives, or fails."""
    for _ in range(count):
        seen = len(asked)
        with page.expect_event(ending, lambda one: "/display/scenes" in one.url):
            for _step in range(40):  # no more than needed: the screen's own patience runs on the same clock
                if len(asked) > seen:
                    break
                page.clock.run_for(3_000)


def _size(cdp: CDPSession) -> tuple[int, int]:
    """Nodes and listeners that the page holds after the rubbish was taken out."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    counters = cdp.send("Memory.getDOMCounters")
    return counters["nodes"], counters["jsEventListeners"]


def _shown(page: Page) -> str:
    return page.locator("[data-scene]:visible").get_attribute("data-scene") or ""


def test_a_screen_that_stands_for_hours(browser: Browser, live: Live, trouble: Trouble) -> None:
    slug = open_contest(live, "man-hinh")
    with live.app.app_context():
        keyring = live.app.extensions["keyring"]
        simulate(get_contest(slug), 1, entrants=30, attempts=40, seed=5, now=clock.now(), keyring=keyring)
    asked: list[str] = []
    with context(browser, live.url, WALL) as made:
        page = made.new_page()
        trouble.watch(page)
        page.on("request", lambda request: _note(asked, request))
        page.clock.install(time=clock.now())
        page.goto(f"/c/{slug}/display?show=units,people,counts,enter&seconds=10")
        assert_accessible(page)
        _it_turns_and_stops(page)

        cdp = made.new_cdp_session(page)
        sizes = []
        for _ in range(4):
            _polls(page, asked, 6)
            sizes.append(_size(cdp))
        assert len(asked) >= 24
        assert max(sizes[1:]) <= (sizes[0][0] + 100, sizes[0][1]), sizes

        _it_lives_without_network(page, asked)
    trouble.expect("ERR_INTERNET_DISCONNECTED")


def _note(asked: list[str], request: Request) -> None:
    if "/display/scenes" in request.url:
        asked.append(request.url)


def _it_turns_and_stops(page: Page) -> None:
    assert _shown(page) == "units"
    page.clock.run_for(11_000)
    assert _shown(page) != "units"
    page.keyboard.press("Space")
    stopped = page.locator("[data-scene]:visible h2").inner_text()
    page.clock.run_for(30_000)
    assert page.locator("[data-scene]:visible h2").inner_text() == stopped
    page.keyboard.press("ArrowLeft")
    assert page.locator("[data-scene]:visible h2").inner_text() != stopped
    page.keyboard.press("Space")


def _it_lives_without_network(page: Page, asked: list[str]) -> None:
    known = page.locator("[data-asof-time]").inner_text()
    rows = page.locator("[data-scene=people] li").count()
    assert rows > 4
    page.context.set_offline(True)
    asked.clear()
    _polls(page, asked, 2, ending="requestfailed")
    expect(page.get_by_text("đang nối lại mạng")).to_be_visible()
    for _ in range(3):
        page.clock.run_for(_HOUR)
    # Growing waits: a hall full of screens does not hammer the network that comes back.
    assert 3 <= len(asked) < 60
    as_of = page.locator("[data-asof-time]").inner_text()
    assert as_of != page.locator("[data-clock]").inner_text()
    assert re.fullmatch(r"\d\d:\d\d", as_of)
    assert as_of >= known
    assert page.locator("[data-scene=people] li").count() == rows
    page.context.set_offline(False)
    page.clock.run_for(2_000)
    expect(page.get_by_text("đang nối lại mạng")).to_be_hidden()
