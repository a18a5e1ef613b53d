"""Chromium through Playwright, the two screen sizes that count, and what must hold on every page."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakSet

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from quiz.core.settings import ROOT
from tests.support.run import Unavailable, once

PHONE = {"width": 390, "height": 844}
LEAST = {"width": 320, "height": 640}  # of the smallest phones, and of 400 % zoom at a desk
DESK = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
FAILED = ROOT / "var" / "pictures" / "failed"
_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
}


_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A headless Chromium. Raises Unavailable where there is none."""
    path = chromium_path(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def chromium_path(folder: Path) -> str:
    """Chromium itself, found or installed once a run. Raises Unavailable where there is none."""
    return once(folder, "chromium", _path)


def _path() -> str:
    done = subprocess.run(
        [ROOT / "scripts" / "need-chromium.sh"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable(done.stderr.strip()[-600:])
    return done.stdout.strip().splitlines()[-1]


@dataclass
class Trouble:
    """What the browser complained about while a test ran."""

    lines: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note script errors and console errors: what the CSP blocked or the server lacks is one."""
        page.on("pageerror", lambda error: self.lines.append(f"script error at {page.url}: {error}"))
        page.on("console", lambda message: self._console(page, message))

    def expect(self, part: str) -> None:
        """Forget the complaints that contain `part`: this test provoked them."""
        self.lines = [line for line in self.lines if part not in line]

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        is_ours = page not in _UNDER_AXE and "Service Worker registration blocked" not in message.text
        if message.type in ("error", "warning") and is_ours:
            where = message.location["url"] or page.url
            self.lines.append(f"console {message.type} at {page.url}: {message.text} ({where})")


# axe styles elements of its own while it measures; the CSP says so, and that is no trouble of ours.
_UNDER_AXE: set[Page] = set()
_WITHOUT_JS: WeakSet[BrowserContext] = WeakSet()


@contextmanager
def context(browser: Browser, url: str, viewport: dict[str, int], **options: Any) -> Iterator[BrowserContext]:
    """A fresh browser profile, Vietnamese, in Viet Nam's time zone unless `options` say otherwise.

    A test that fails inside leaves a picture of each of its pages in var/pictures/failed.
    """
    with _profile(browser, url, viewport, **options) as made:
        try:
            yield made
        except Exception:
            for page in made.pages:
                keep_picture(page)
            raise


def keep_picture(page: Page) -> None:
    """Keep the page as it stands, under the name of the test that runs; nothing where none runs."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0].removeprefix("tests/browser/")
    if not test or page.is_closed():
        return
    name = re.sub(r"[^\w.-]+", "-", test).strip("-")
    number = page.context.pages.index(page) + 1
    with suppress(Error):
        page.screenshot(path=FAILED / f"{name}-{number}.jpg", type="jpeg", quality=60, timeout=5_000)


@contextmanager
def _profile(
    browser: Browser, url: str, viewport: dict[str, int], **options: Any
) -> Iterator[BrowserContext]:
    # A worker would carry requests past the tests' routes; its own tests allow it.
    usual = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "service_workers": "block"}
    options = usual | options
    made = browser.new_context(
        base_url=url,
        viewport=viewport,  # type: ignore[arg-type]  # Playwright's own name for this dict is private
        is_mobile=viewport == PHONE,
        has_touch=viewport == PHONE,
        **options,
    )
    made.set_default_timeout(10_000)
    if options.get("java_script_enabled") is False:
        _WITHOUT_JS.add(made)
    try:
        yield made
    finally:
        made.close()


def assert_accessible(page: Page) -> None:
    """axe finds nothing on the page as it stands now, and nothing sticks out sideways."""
    page.wait_for_load_state()  # a press without a script leads on: the next page may have come by name only
    if page.context in _WITHOUT_JS:
        with _copy_for_axe(page) as copy:
            _assert_accessible(copy)
    else:
        _assert_accessible(page)


@contextmanager
def _copy_for_axe(page: Page) -> Iterator[Page]:
    """The same page where axe can run: its HTML without scripts, <noscript> as people see it then."""
    browser = page.context.browser
    assert browser is not None
    assert page.viewport_size is not None
    html = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
    html = re.sub(r"<(/?)noscript\b", r"<\1div", html)
    size = {"width": page.viewport_size["width"], "height": page.viewport_size["height"]}
    with _profile(browser, page.url, size) as made:
        copy = made.new_page()
        copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        copy.goto(page.url)
        yield copy


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands now, one after the other."""
    _UNDER_AXE.add(page)
    try:
        found = Axe().run(page, options=_AXE).response["violations"]
    finally:
        _UNDER_AXE.discard(page)
    return [
        f"{one['id']} ({one['impact']}): {one['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in one["nodes"][:5])
        for one in found
    ]


def _assert_accessible(page: Page) -> None:
    report = violations(page)
    assert not report, f"{page.url}\n  " + "\n  ".join(report)
    over = page.evaluate(_TOO_WIDE)
    assert over <= 0, f"{page.url} is {over} px wider than the window"
    if page.viewport_size == PHONE:
        page.set_viewport_size(LEAST)  # type: ignore[arg-type]  # Playwright's own name for this dict is private
        over = page.evaluate(_TOO_WIDE)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # the same
        assert over <= 0, f"{page.url} is {over} px wider than a window of {LEAST['width']} px"
