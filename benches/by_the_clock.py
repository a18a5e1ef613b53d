"""What takes its time: entry by somebody who types slowly, eight hours of a large screen."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser, CDPSession, Page, Request, Route

from benches.demo_server import DemoServer
from benches.frame import Row
from benches.weak_networks import SLOW, Visit, slow_down, visitor
from quiz.core import clock
from quiz.demo.service import SLUG
from tests.support.browser import context

_KEYS_A_SECOND, _SECONDS_A_TAP = 2.5, 2
# What is typed, and the keys it takes: Telex writes the marks of a name with letters of their own.
_TYPED = (
    ("#name", "Lò Thị Hương", "Lof Thij Huwowng"),
    ("[name$=day]", "15", "15"),
    ("[name$=month]", "8", "8"),
    ("[name$=year]", "1962", "1962"),
    ("#phone", "0912345678", "0912345678"),
)
_UNIT = "muong la"
_WALL = {"width": 1920, "height": 1080}
# The longest wait between two questions; the screen asks every 15 s, a little sooner or later.
_HOURS, _WARM_POLLS, _POLL_MS = 8, 100, 18_000


def entry_rows(browser: Browser, server: DemoServer) -> Iterator[Row]:
    """From the opened form to the first question: pages as on a slow phone, typing and taps as by hand."""
    screens: list[str] = []
    with visitor(browser, Visit(server.url, f"/c/{SLUG}/enter")) as page:
        slow_down(page, SLOW, 4)
        page.on("framenavigated", lambda frame: screens.append(frame.url))
        begun = time.monotonic()
        page.goto(f"/c/{SLUG}/enter", timeout=120_000)
        fields = _fill_in(page)
        for name in ("Tiếp tục", "Xác nhận", "Bắt đầu làm bài"):
            page.get_by_role("button", name=name).first.click()
            page.wait_for_load_state()
        page.locator(".th-opt:visible").first.wait_for()
        waited = time.monotonic() - begun
    keys = sum(len(telex) for _, _, telex in _TYPED) + len(_UNIT)
    seconds = waited + keys / _KEYS_A_SECOND + (fields + 3) * _SECONDS_A_TAP
    note = f"{waited:.0f} s of pages, {keys} keys, {fields + 3} taps"
    before = [url for url in screens if url.startswith("http") and "/attempts/" not in url]
    yield Row(f"entry to the first question at {SLOW}, typed by hand", seconds, "s", 60, note=note)
    yield Row("entry: fields to fill in", fields, "", 7)
    yield Row("entry: screens before the first question", len(before), "", 3)


def _fill_in(page: Page) -> int:
    """Fill in what has to be filled in; how many fields it was. One more would not let the form pass."""
    form = page.locator("form", has=page.locator("#name"))
    for where, text, _ in _TYPED:
        form.locator(where).fill(text)
    page.get_by_role("combobox").first.fill(_UNIT)
    page.get_by_role("option").first.click()
    page.locator("label[for=consent]").click()
    return len(_TYPED) + 2


def screen_rows(browser: Browser, server: DemoServer) -> Iterator[Row]:
    """The large screen's clock runs for eight hours; every answer is whole, so that all nodes are changed."""
    with context(browser, server.url, _WALL) as made:
        page = made.new_page()
        page.route("**/display/scenes*", _unconditionally)
        page.clock.install(time=clock.now())
        page.goto(f"/c/{SLUG}/display")
        session = made.new_cdp_session(page)
        began, shown = time.monotonic(), _fake_now(page)
        polls = sum(_poll(page) for _ in range(_WARM_POLLS))
        heap, nodes = _held(session)
        while _fake_now(page) - shown < _HOURS * 3_600_000:
            polls += _poll(page)
        heap_after, nodes_after = _held(session)
    note = f"{heap / 1e6:.2f} MB, then {heap_after / 1e6:.2f} MB"
    taken = f"{time.monotonic() - began:.0f} s on the wall"
    yield Row("large screen: answers shown in eight hours", polls, "", 1_500, at_least=True, note=taken)
    yield Row("large screen: growth of the JavaScript heap", (heap_after - heap) / 1e6, "MB", 0.5, note=note)
    yield Row("large screen: growth of nodes", nodes_after - nodes, "", 100)


def _unconditionally(route: Route) -> None:
    kept = {name: value for name, value in route.request.headers.items() if name != "if-none-match"}
    route.continue_(headers=kept)


def _fake_now(page: Page) -> float:
    now: float = page.evaluate("Date.now()")
    return now


def _poll(page: Page) -> int:
    """Let the screen's clock run until it asks, and wait for the answer; 1 where it came whole."""
    with page.expect_event("requestfinished", _asks_for_scenes, timeout=20_000) as done:
        page.clock.run_for(_POLL_MS)
    reply = done.value.response()
    return int(reply is not None and reply.status == 200)


def _asks_for_scenes(request: Request) -> bool:
    return "/display/scenes" in request.url


def _held(session: CDPSession) -> tuple[float, float]:
    """Bytes of JavaScript and nodes that are held after the rubbish was taken out."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    return used, session.send("Memory.getDOMCounters")["nodes"]
