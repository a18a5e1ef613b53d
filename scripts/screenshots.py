"""Take the pictures of the README and of the handbook from a running product with the demo loaded.

Usage, with `make run` in another terminal and the tests' packages installed (`make lint` does it):
PYTHONPATH=. .venv/bin/python scripts/screenshots.py [http://127.0.0.1:8000]

A fresh demo gives the same people and figures every time, only the days move. Every run registers one more
entrant in the demo's open round and reads one file of questions without saving it.
"""

import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from quiz.core.settings import ROOT
from quiz.demo.service import ACCOUNTS
from scripts.small_png import shrink
from tests.support.browser import DESK, PHONE, chromium, context

IMAGES = ROOT / "docs" / "img"
CONTEST = "/c/dai-hoi-xvi"
MANAGE = f"/manage{CONTEST}"
MOST_BYTES = 80_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: whose, of which page, after which act on it."""

    name: str
    path: str
    act: Callable[[Page], None] = lambda _page: None
    viewport: dict[str, int] | None = None


def main(url: str) -> int:
    """Take every picture; exit 1 where one is too big for the repository."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        for person, pictures in PICTURES.items():
            _visit(browser, url, person, pictures)
    big = [path.name for path in IMAGES.glob("*.png") if path.stat().st_size > MOST_BYTES]
    for name in big:
        sys.stderr.write(f"{name} is bigger than {MOST_BYTES // 1000} kB\n")
    return 1 if big else 0


def _visit(browser: Browser, url: str, person: str, pictures: tuple[Picture, ...]) -> None:
    """What one person sees; nobody is signed in where the name is empty."""
    with context(browser, url, DESK) as profile:
        page = profile.new_page()
        if person:
            _sign_in(page, person)
        for picture in pictures:
            page.set_viewport_size(picture.viewport or DESK)  # type: ignore[arg-type]
            page.goto(picture.path)
            picture.act(page)
            _shoot(page, picture.name)


def _sign_in(page: Page, person: str) -> None:
    account = next(one for one in ACCOUNTS if one.username == person)
    page.goto("/login")
    page.get_by_label("Tên đăng nhập").fill(account.username)
    page.get_by_label("Mật khẩu").fill(account.password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda address: not address.endswith("/login"))


def _read_file(page: Page) -> None:
    """The preview of a file of questions; nothing is saved."""
    page.locator("input[type=file]").set_input_files(ROOT / "demo" / "banks" / "lang-son.gift.txt")
    page.get_by_role("button", name="Đọc và xem trước").click()
    page.wait_for_url("**/import/*")


def _take_part(page: Page) -> None:
    _enter(page)
    _answer(page)


def _enter(page: Page) -> None:
    """From the home page into the open round, as somebody who takes part for the first time."""
    page.goto(f"{CONTEST}/enter")
    form = page.locator("form", has=page.locator("#name"))
    form.locator("#name").fill("Lò Thị Hương")
    form.get_by_label("Ngày", exact=True).fill("15")
    form.get_by_label("Tháng", exact=True).fill("8")
    form.get_by_label("Năm", exact=True).fill("1992")
    form.locator("#phone").fill(f"09{secrets.randbelow(10**8):08}")
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
    (IMAGES / name).write_bytes(shrink(page.screenshot(animations="disabled")))


PICTURES = {
    "": (
        Picture("home.png", "/"),
        Picture("board.png", f"{CONTEST}/standings?round=1", viewport=PHONE),
        Picture("display.png", f"{CONTEST}/display"),
        Picture("attempt.png", "/", _take_part),
    ),
    "ban-to-chuc": (
        Picture("dashboard.png", f"{MANAGE}/?round=2"),
        Picture("rounds.png", f"{MANAGE}/rounds"),
        Picture("close.png", f"{MANAGE}/rounds/2/close"),
        Picture("awards.png", f"{MANAGE}/rounds/1/awards"),
        Picture("import.png", "/manage/banks/lich-su-dai-hoi/import", _read_file),
    ),
    "tham-dinh": (Picture("review.png", "/manage/banks/review"),),
    "xa-muong-la": (Picture("unit-desk.png", "/unit"),),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
