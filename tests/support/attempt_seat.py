"""A person before the attempt page: a browser with the session, and what the server comes to hold."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import PHONE, Trouble, context
from tests.support.live import Live
from tests.support.sitting import sit_down, stored


@contextmanager
def seat(
    browser: Browser,
    live: Live,
    code: str,
    trouble: Trouble,
    script: str = "",
    *,
    url: str = "",
    prepare: Callable[[Page], object] | None = None,
    **options: Any,
) -> Iterator[tuple[Page, BrowserContext]]:
    """A browser of the attempt's owner with the attempt on the screen.

    `script` runs before the page's own; `url` is another way to the server; `prepare` sees the empty page.
    """
    with context(browser, url or live.url, options.pop("viewport", PHONE), **options) as made:
        sit_down(live, made, code)
        page = made.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        trouble.watch(page)
        if script:
            page.add_init_script(script)
        if prepare:
            prepare(page)
        page.goto(f"/attempts/{code}")
        if options.get("java_script_enabled") is not False:
            expect(page.locator("body.is-playing")).to_be_visible()
        yield page, made


def until(page: Page, true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait for what the server should come to hold; the page's routes go on meanwhile."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        page.wait_for_timeout(100)


def answers(live: Live, code: str) -> dict[str, list[int]]:
    """The answers on the server."""
    found: dict[str, list[int]] = stored(live, code)["answers"]
    return found
