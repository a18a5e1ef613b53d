"""Real browsers in front of the attempt page, and ways to break the page on purpose."""

import math
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, sync_playwright
from sqlalchemy import update

from drills.stage import Stage, kill
from quiz.attempts import queries
from quiz.attempts.models import Attempt
from quiz.contests.definition_settings import GRACE_SECONDS
from quiz.core import clock
from quiz.core.database import db, transaction
from tests.support.browser import FLAGS, PHONE, chromium_path
from tests.support.live import Live
from tests.support.sitting import sit_down

WAIT = 30.0
# What is replaced in the page's script. Each must be found, or the drill breaks off.
_PAGE_BREAKS: dict[str, tuple[tuple[str, str], ...]] = {
    "page-gives-up": (
        ("retry(wait) {", "retry(wait) { return;"),
        ("again = () => {", "again = () => { return;"),
    ),
    "page-forgets": (("localStorage.getItem(this.key)", "null"),),
    "page-asks-phone": (("(this.low + this.high) / 2 - performance.now()", "$DEADLINE - Date.now()"),),
    "page-asks-nobody": (
        ("lookLater(missed = 0) {", "lookLater(missed = 0) { return;"),
        ("async look(isAtEnd = false) {", "async look() { return true;"),
    ),
}
PAGE_BREAKS = tuple(_PAGE_BREAKS)


class Hall:
    """Chromium for one drill, and the people who sit at the server of a stage with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.live = Live(f"http://127.0.0.1:{stage.port}", stage.app, stage.log)
        self._path = chromium_path(stage.folder)

    def __enter__(self) -> "Hall":
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=self._path, args=FLAGS)
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()

    def seat(self, code: str, script: str = "", zone: str = "Asia/Ho_Chi_Minh") -> Page:
        """A phone of the attempt's owner, with the attempt on its screen."""
        options: Any = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
        made = self._browser.new_context(base_url=self.live.url, timezone_id=zone, **options)
        return self._open(made, code, script)

    @contextmanager
    def profile(self, folder: Path, code: str) -> Iterator[Page]:
        """A browser with a profile on the disk, which is killed at the end without a word."""
        made = self._playwright.chromium.launch_persistent_context(
            folder, executable_path=self._path, args=FLAGS, base_url=self.live.url
        )
        yield self._open(made, code)
        for pid in _with_word(str(folder)):
            kill(pid)

    def _open(self, made: BrowserContext, code: str, script: str = "") -> Page:
        made.set_default_timeout(15_000)
        sit_down(self.live, made, code)
        page = made.pages[0] if made.pages else made.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if script:
            page.add_init_script(script)
        if self.stage.broken in _PAGE_BREAKS:
            page.route("**/static/js/**", lambda route: self._break(route, code))
        page.goto(f"/attempts/{code}")
        return page

    def _break(self, route: Route, code: str) -> None:
        reply = route.fetch()
        text = reply.text()
        if "class Sender" in text:
            for old, new in _PAGE_BREAKS[self.stage.broken]:
                if old not in text:
                    raise LookupError(f"{old!r} is not in the script")
                deadline = self.deadline(code).timestamp() * 1000
                text = text.replace(old, new.replace("$DEADLINE", str(deadline)))
        route.fulfill(response=reply, body=text)

    def deadline(self, code: str) -> datetime:
        """When the attempt's time is over, as the server has it now."""
        return self.row(code).deadline_at

    def row(self, code: str) -> Attempt:
        """The attempt as stored."""
        with self.stage.app.app_context():
            found = queries.get_attempt(code)
            db.session.refresh(found)
            db.session.expunge(found)
            db.session.remove()
        return found

    def move(self, code: str, left: timedelta) -> None:
        """Let the attempt end so much later than now, as if it had begun fifteen minutes before that."""
        end = clock.now() + left
        with self.stage.app.app_context(), transaction() as session:
            session.execute(
                update(Attempt)
                .where(Attempt.code == code)
                .values(
                    started_at=end - timedelta(minutes=15),
                    deadline_at=end,
                    accepts_until=end + timedelta(seconds=GRACE_SECONDS),
                )
            )

    def off_by(self, page: Page, code: str) -> float:
        """Seconds between the time left that the page shows and the true one; endless where it shows none."""
        shown = page.locator("[data-clock]").inner_text()
        if not re.fullmatch(r"[\d:]+", shown):
            return math.inf
        parts = [int(part) for part in shown.split(":")]
        seconds = sum(float(part * 60**place) for place, part in enumerate(reversed(parts)))
        return abs(seconds - (self.deadline(code) - clock.now()).total_seconds())


def page_break(name: str) -> list[str]:
    """The places of the page's script that this break replaces."""
    return [old for old, _new in _PAGE_BREAKS[name]]


def until(page: Page, true: Callable[[], bool], seconds: float = WAIT) -> bool:
    """Wait for something to come true while the page goes on living; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        page.wait_for_timeout(100)
    return true()


def _with_word(word: str) -> list[int]:
    """Processes that have this word in their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and word.encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]
