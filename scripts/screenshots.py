"""Take the README's pictures from a running product with the demo loaded.

Usage, with `make run` in another terminal and the tests' packages installed (`make lint` does it):
PYTHONPATH=. .venv/bin/python scripts/screenshots.py [http://127.0.0.1:8000]

Every run registers one more entrant in the demo's open round.
"""

import secrets
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from quiz.core.settings import ROOT
from tests.support.browser import DESK, chromium, context

IMAGES = ROOT / "docs" / "img"
CONTEST = "/c/dai-hoi-xvi"
MOST_BYTES = 150_000


def main(url: str) -> int:
    """Home page and a running attempt; exit 1 where a picture is too big for the repository."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium(Path(folder)) as browser,
        context(browser, url, DESK) as profile,
    ):
        page = profile.new_page()
        page.goto("/")
        _shoot(page, "home.png")
        _enter(page)
        _answer(page)
        _shoot(page, "attempt.png")
    big = [path.name for path in IMAGES.glob("*.png") if path.stat().st_size >= MOST_BYTES]
    for name in big:
        sys.stderr.write(f"{name} is bigger than {MOST_BYTES // 1000} kB\n")
    return 1 if big else 0


def _enter(page: Page) -> None:
    """From the home page into the open round, as somebody who takes part for the first time."""
    page.goto(f"{CONTEST}/enter")
    form = page.locator("form", has=page.locator("#name"))
    form.get_by_label("Họ và tên").fill("Lò Thị Hương")
    form.get_by_label("Ngày", exact=True).fill("15")
    form.get_by_label("Tháng", exact=True).fill("8")
    form.get_by_label("Năm", exact=True).fill("1992")
    form.get_by_label("Số điện thoại").fill(f"09{secrets.randbelow(10**8):08}")
    page.get_by_role("combobox").first.fill("muong la")
    page.get_by_role("option").first.click()
    page.locator("label[for=consent]").click()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("button", name="Bắt đầu làm bài").first.click()
    page.wait_for_url("**/attempts/*")


def _answer(page: Page) -> None:
    """Three answers, each by its key, and on to the fourth question."""
    for key in "BAC":
        page.keyboard.press(key)
        page.keyboard.press("ArrowRight")
    page.get_by_text("Đã lưu").first.wait_for()


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / name, animations="disabled")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
