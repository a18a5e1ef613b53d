"""What Lighthouse does not ask: pages on weak networks, and how soon a tap is answered on a slow phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

from benches.demo_server import DemoServer, Seat
from benches.frame import Row

PHONE: ViewportSize = {"width": 360, "height": 740}
_CPU, _SLOWER_CPU = 4, 6
_TAPS = 10
_WATCH_PAINT = """
  window.painted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.painted = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
"""
# From the finger to the frame that shows the choice; and every interaction as the browser counts it.
_WATCH_TAPS = """
  window.taps = []; window.slowest = 0;
  let touched = 0;
  addEventListener("pointerdown", (event) => { touched = event.timeStamp; }, true);
  addEventListener("change", () => requestAnimationFrame(() => {
    const from = touched;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.taps.push(performance.now() - from);
    channel.port2.postMessage(0);
  }), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.interactionId) window.slowest = Math.max(window.slowest, entry.duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
_TIME_WORDS = """
  ([label, words]) => new Promise((done) => {
    const line = document.querySelector("[data-save] span");
    const begun = performance.now();
    const watcher = new MutationObserver(() => {
      if (!line.textContent.includes(words)) return;
      watcher.disconnect();
      done(performance.now() - begun);
    });
    watcher.observe(line, { childList: true, characterData: true, subtree: true });
    document.querySelector(label).click();
  })
"""


@dataclass(frozen=True, slots=True)
class Network:
    """A line: how many kilobits a second, and how long an answer takes at least."""

    kilobits: int
    latency_ms: int

    def __str__(self) -> str:
        return f"{self.kilobits} kbit/s, {self.latency_ms} ms"


@dataclass(frozen=True, slots=True)
class Visit:
    """Which page, and whose attempt where it is one's."""

    url: str
    path: str
    seat: Seat | None = None

    @property
    def address(self) -> str:
        """The page's path, the attempt's code in its place."""
        return self.path.format(code=self.seat.code if self.seat else "")


SLOW, BARELY = Network(400, 400), Network(128, 800)


def slow_down(page: Page, network: Network | None, cpu: int) -> CDPSession:
    """Make the page's line and processor as slow as that; None leaves the line alone."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    if network:
        bytes_a_second = network.kilobits * 1000 / 8
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": network.latency_ms,
                "downloadThroughput": bytes_a_second,
                "uploadThroughput": bytes_a_second,
            },
        )
    return session


def paint_row(
    browser: Browser, name: str, visit: Visit, network: Network, runs: int, most: float | None
) -> Row:
    """Seconds to the largest paint of a page of which nothing is kept."""
    times = []
    for _ in range(runs):
        with visitor(browser, visit) as page:
            page.add_init_script(_WATCH_PAINT)
            slow_down(page, network, _CPU)
            page.goto(visit.address, wait_until="load", timeout=120_000)
            page.wait_for_timeout(300)
            times.append(page.evaluate("window.painted") / 1000)
    return Row(f"{name}: largest paint at {network}", median(times), "s", most)


def attempt_rows(browser: Browser, server: DemoServer, runs: int) -> Iterator[Row]:
    """Taps on a slow phone, and what the page says about saving on a slow and on a dead line."""
    path = "/attempts/{code}"
    found = [_tap_through(browser, Visit(server.url, path, server.sit_down())) for _ in range(runs)]
    taps, slowest = (median(figures) for figures in zip(*found, strict=True))
    yield Row("attempt: tap to chosen, CPU 6 times slower", taps, "ms", 100)
    yield Row("attempt: slowest of all interactions (INP)", slowest, "ms", 200)
    saving = Visit(server.url, path, server.sit_down())
    with visitor(browser, saving) as page:
        page.goto(saving.address)
        yield from _saving_rows(page)


def _tap_through(browser: Browser, visit: Visit) -> tuple[float, float]:
    """Milliseconds of a tap in the middle of ten, and of the slowest interaction of that visit."""
    with visitor(browser, visit) as page:
        page.add_init_script(_WATCH_TAPS)
        page.goto(visit.address)
        slow_down(page, None, _SLOWER_CPU)
        for place in range(1, _TAPS + 1):
            page.locator(f"label[for=q{place}-2]").tap()
            page.wait_for_function("n => window.taps.length >= n", arg=place)
            page.locator("[data-go='1']").tap()
            page.wait_for_timeout(100)
        return median(page.evaluate("window.taps")), page.evaluate("window.slowest")


def _saving_rows(page: Page) -> Iterator[Row]:
    slow_down(page, SLOW, 1)
    saved = max(_until_words(page, place, "Đã lưu") for place in range(1, _TAPS + 1))
    yield Row("attempt: tap to “Đã lưu” at 400 ms, slowest of ten", saved, "ms", 1000)
    page.route("**/sheet", lambda _route: None)  # never answered
    said = _until_words(page, 1, "Đang lưu", choice=4)
    yield Row("attempt: tap to “Đang lưu” on a line that answers nothing", said, "ms", 100)
    yield Row("attempt: tap to “chưa gửi” there", _until_words(page, 2, "chưa gửi", choice=4), "ms", 10_000)


def _until_words(page: Page, place: int, words: str, choice: int = 3) -> float:
    """Milliseconds from choosing another answer until the line beside the clock changes to these words."""
    page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", place)
    elapsed: float = page.evaluate(_TIME_WORDS, [f"label[for=q{place}-{choice}]", words])
    return elapsed


@contextmanager
def visitor(browser: Browser, visit: Visit) -> Iterator[Page]:
    """A phone's page, in the seat of the visit where it has one."""
    made = browser.new_context(
        base_url=visit.url, viewport=PHONE, is_mobile=True, has_touch=True, locale="vi-VN"
    )
    if seat := visit.seat:
        made.add_cookies([{"name": seat.cookie_name, "value": seat.cookie_value, "url": visit.url}])
    try:
        yield made.new_page()
    finally:
        made.close()
