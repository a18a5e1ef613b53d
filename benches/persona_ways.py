"""`make walk WALK=--ways`: the way of each persona, step by step, on a phone and at a desk, with pictures.

Pictures go to var/pictures/ways/<persona>-<width>/, numbered. A step that is not where the one before it
led, a complaint of the browser and a page wider than its window are found, and end the command with 1.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page
from sqlalchemy import select

from benches.frame import Row, print_table
from quiz.attempts.models import Attempt
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.demo.service import ACCOUNTS, SLUG
from tests.support.browser import DESK, PHONE, Trouble, context
from tests.support.live import Live
from tests.support.page_walk import sit_in, visitors

_PICTURES = ROOT / "var" / "pictures" / "ways"
_CONTEST, _MANAGE = f"/c/{SLUG}", f"/manage/c/{SLUG}"
_OVER = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
_QUESTIONS = 20
Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, what is done, and what has to be seen then."""

    name: str
    act: Act
    sees: str


def walk_ways(browser: Browser, live: Live) -> bool:
    """All personas at both widths, and the table; whether nothing was found."""
    shutil.rmtree(_PICTURES, ignore_errors=True)
    ways = {
        "entrant": (*_ENTRANT, *_published(live)),
        "organiser": _ORGANISER,
        "reviewer": _REVIEWER,
        "unit": _UNIT,
    }
    found = list(_all(browser, live, ways))
    print("\n".join(found))
    print(f"Pictures: {_PICTURES}\n")
    steps = 2 * sum(len(way) for way in ways.values())
    return print_table(
        [Row("steps of four personas, on a phone and at a desk", steps, ""), Row("found", len(found), "", 0)]
    )


def _all(browser: Browser, live: Live, ways: Mapping[str, tuple[Step, ...]]) -> Iterator[str]:
    for who, way in ways.items():
        for size in (PHONE, DESK):
            name = f"{who}-{size['width']}"
            print(f"  {name}", flush=True)
            with context(browser, live.url, size) as made:
                yield from (f"{name}: {line}" for line in _walked(made.new_page(), name, way))


def _walked(page: Page, name: str, way: tuple[Step, ...]) -> list[str]:
    """What was found on one way; it ends at the first step that is missing."""
    found: list[str] = []
    trouble = Trouble()
    trouble.watch(page)
    for number, step in enumerate(way, 1):
        told = f"{number:02}-{step.name}"
        missing = _missing(page, step)
        page.screenshot(path=_PICTURES / name / f"{told}.jpg", full_page=True, type="jpeg", quality=60)
        if missing:
            found.append(f"{told}: {missing}")
            break
        if (over := page.evaluate(_OVER)) > 0:
            found.append(f"{told}: {over} px too wide")
    return found + trouble.lines


def _missing(page: Page, step: Step) -> str:
    """Why the step could not be taken; empty where it was."""
    try:
        step.act(page)
        page.locator(step.sees).locator("visible=true").first.wait_for()
        page.wait_for_load_state("networkidle")
    except Error as error:
        return f"missing step at {page.url}: {error.message.splitlines()[0]}"
    return ""


def _to(path: str) -> Act:
    """Go to an address by hand."""

    def act(page: Page) -> None:
        page.goto(path)

    return act


def _follow(address: str) -> Act:
    """Press a link to the address, in the closed menu where it is nowhere else."""

    def act(page: Page) -> None:
        links = page.locator(f'a[href="{address}"], a[href^="{address}?"]')
        menu = page.locator(".th-menu summary").locator("visible=true")
        if not links.locator("visible=true").count() and menu.count():
            menu.first.click()
        links.locator("visible=true").first.click()

    return act


def _press(name: str) -> Act:
    return lambda page: page.get_by_role("button", name=name).locator("visible=true").first.click()


def _fill_in(page: Page) -> None:
    form = page.locator("form", has=page.locator("#name"))
    form.locator("#name").fill("Lò Thị Hương")
    for label, value in (("Ngày", "15"), ("Tháng", "8"), ("Năm", "1962")):
        form.get_by_label(label, exact=True).fill(value)
    form.locator("#phone").fill(f"09{secrets.randbelow(10**8):08}")
    page.get_by_role("combobox").first.fill("muong la")
    page.get_by_role("option").first.click()
    page.locator("label[for=consent]").click()


def _answer(page: Page) -> None:
    for place in range(1, _QUESTIONS + 1):
        page.locator(".th-opt:visible").nth(place % 4).click()
        page.get_by_role("button", name="Câu sau").click()
    page.locator("input[name=prediction]").fill("120")
    page.locator(".th-save:visible", has_text="Đã lưu").wait_for()


def _hand_in(page: Page) -> None:
    page.get_by_role("dialog").locator("visible=true").get_by_role("button", name="Nộp bài").click()


def _sign_in(username: str) -> Act:
    """By the form, with the demo's account."""

    def act(page: Page) -> None:
        account = next(one for one in ACCOUNTS if one.username == username)
        page.goto("/login")
        page.get_by_label("Tên đăng nhập").fill(account.username)
        page.get_by_label("Mật khẩu").fill(account.password)
        page.get_by_role("button", name="Đăng nhập").click()

    return act


def _published(live: Live) -> tuple[Step, ...]:
    """The last steps wait for publication: somebody of the published round takes them."""
    done = visitors(live.app)["has-done"]
    with live.app.app_context():
        closed = select(Attempt.code).where(Attempt.closed_at.is_not(None)).order_by(Attempt.id)
        code = db.session.scalars(closed.limit(1)).one()
        db.session.remove()

    def act(page: Page) -> None:
        sit_in(page.context, live.url, done)
        page.goto(f"/attempts/{code}")

    return (
        Step("review", act, "#cau-1"),
        Step("board", _to(f"{_CONTEST}/standings?round=1"), "main table, main ol"),
    )


_ENTRANT = (
    Step("home", _to("/"), "h1"),
    Step("contest", _follow(_CONTEST), "h1"),
    Step("entry", _follow(f"{_CONTEST}/enter"), "#name"),
    Step("entry-filled-in", _fill_in, "#name"),
    Step("check", _press("Tiếp tục"), "h1:has-text('Kiểm tra lại thông tin')"),
    Step("before-the-start", _press("Xác nhận"), "button:has-text('Bắt đầu làm bài')"),
    Step("attempt", _press("Bắt đầu làm bài"), ".th-opt"),
    Step("answered", _answer, "input[name=prediction]"),
    Step("look-back", _press("Nộp bài"), "role=dialog"),
    Step("result", _hand_in, ".th-receipt"),
)
_ORGANISER = (
    Step("sign-in", _sign_in("ban-to-chuc"), "h1"),
    Step("contest", _follow(f"{_MANAGE}/"), "h1"),
    Step("checklist", _follow(f"{_MANAGE}/rounds"), "h1"),
    Step("step", _follow(f"{_MANAGE}/rounds/3/edit"), ".th-build"),
    Step("matrix", lambda page: page.locator("#matrix input[data-have]").last.fill("5000"), "#matrix td.bad"),
    Step("dashboard", _to(f"{_MANAGE}/?round=2"), "h1"),
    Step("winners", _to(f"{_MANAGE}/rounds/1/awards"), "h1"),
)
_REVIEWER = (
    Step("sign-in", _sign_in("tham-dinh"), "h1:has-text('Duyệt câu')"),
    Step("queue", lambda page: page.get_by_role("link", name="Danh sách").click(), "main table, main li"),
    Step("question", _to("/manage/banks/review"), "h1:has-text('Duyệt câu')"),
    Step("approved", _press("Duyệt"), "text=Đã duyệt câu"),
)
_UNIT = (
    Step("home", _sign_in("xa-muong-la"), "h1"),
    Step("absent", _follow("/unit/absent"), "h1"),
    Step("report", _follow("/unit/report"), "h1"),
)
