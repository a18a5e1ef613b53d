"""A browser that goes to every page that links lead to, as an entrant and as each kind of staff."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, session
from playwright.sync_api import BrowserContext, Error, Page, Response
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.accounts.sessions import open_session
from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.web.entrants import remember_entrant
from tests.support.browser import Trouble
from tests.support.demo import SLUG, account_of
from tests.support.factories import make_entry
from tests.support.poison import inside

_CONTEST = f"/c/{SLUG}"
_LOOK = """() => [
  document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
  [...document.querySelectorAll("a[href]:not([download])")].map((link) => link.getAttribute("href")),
]"""
_NO_PAGE = "net::ERR_ABORTED"  # the address gave a file to keep
PUBLIC = (
    "/",
    _CONTEST,
    "/me/data",
    "/login",
    "/khong-co",
    "/offline",
    f"{_CONTEST}/khong-co",
    "/receipts?code=TH-00000-00000",
    f"{_CONTEST}/resume",
    f"{_CONTEST}/ways",
    f"{_CONTEST}/display",
    f"{_CONTEST}/embed",
    f"{_CONTEST}/enter/who",
    f"{_CONTEST}/consent",
    f"{_CONTEST}/complaints",
    f"{_CONTEST}/units/03808",
    f"{_CONTEST}/rounds/2/wait",
    f"/me/data/{SLUG}/correction",
    "/me/account",
    "/me/new",
    "/me/sign-in",
    "/_kit",
)
_STAFF = ("/manage", "/account", f"/manage{_CONTEST}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose browser it is: where its way begins, and its session's cookie."""

    begin: tuple[str, ...]
    cookie: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the browser shows it: what was asked for and came, its status, how far it sticks out."""

    path: str
    endpoint: str
    status: int
    over: int


def visitors(app: Flask) -> dict[str, Visitor]:
    """Somebody in the middle of an attempt, somebody who handed in, and an account of each role."""
    with app.app_context():
        found = {
            "entrant": Visitor(PUBLIC, _entrant(app, is_done=False)),
            "has-done": Visitor((_CONTEST, "/me/data"), _entrant(app, is_done=True)),
        }
        for role in Role:
            is_unit = role is Role.UNIT_VIEWER
            begin = ("/unit", "/account") if is_unit else _BEGIN_OF.get(role, _STAFF)
            found[role.value] = Visitor(begin, _staff(app, role))
        db.session.remove()
    return found


_BEGIN_OF = {Role.EDITOR: ("/manage/banks",), Role.REVIEWER: ("/manage/banks/review",)}


def sit_in(browser: BrowserContext, url: str, visitor: Visitor) -> None:
    """Give the browser the visitor's session."""
    name, value = visitor.cookie
    browser.add_cookies([{"name": name, "value": value, "url": url}])


def walk(page: Page, app: Flask, begin: Iterable[str], known: set[str]) -> Iterator[Seen]:
    """A page of each address, by endpoint, that links lead to; it stands in the browser until the next one.

    Links to what is `known` are not followed: another visitor has seen it.
    """
    waiting = deque(begin)
    while waiting:
        path = waiting.popleft()
        reply = _goto(page, path)
        if reply is None or "html" not in reply.headers.get("content-type", ""):
            continue
        shown = endpoint_of(app, page.url)
        known.add(shown)
        over, links = page.evaluate(_LOOK)
        yield Seen(path, shown, reply.status, over)
        for link in inside(links):
            if (endpoint := endpoint_of(app, link)) and endpoint not in known:
                known.add(endpoint)
                waiting.append(link)


def endpoint_of(app: Flask, path: str) -> str:
    """Which address of the map a path is one of; empty where it is none."""
    adapter = app.url_map.bind("localhost")
    try:
        return str(adapter.match(urlsplit(path).path, method="GET")[0])
    except RequestRedirect as elsewhere:
        return endpoint_of(app, elsewhere.new_url)
    except HTTPException:
        return ""


def endpoints(app: Flask) -> set[str]:
    """Every address that can be asked for."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def _goto(page: Page, path: str) -> Response | None:
    try:
        return page.goto(path, wait_until="domcontentloaded")
    except Error as error:
        if _NO_PAGE in error.message or "Download is starting" in error.message:
            return None
        raise


def _entrant(app: Flask, *, is_done: bool) -> tuple[str, str]:
    contest, now = get_contest(SLUG), clock.now()
    if is_done:
        query = select(Attempt.entry_id).where(Attempt.closed_at.is_not(None)).order_by(Attempt.id)
        entry_id = db.session.scalars(query.limit(1)).one()
    else:
        entry_id = make_entry(contest).id
        service.start(contest, entry_id, 2, now=now, keyring=app.extensions["keyring"])
    with app.test_request_context():
        remember_entrant(contest.id, entry_id)
        return _cookie(app)


def _staff(app: Flask, role: Role) -> tuple[str, str]:
    token = open_session(get_staff(account_of(role)), now=clock.now())
    with app.test_request_context():
        session["_user_id"] = token
        session["_fresh"] = True
        return _cookie(app)


def _cookie(app: Flask) -> tuple[str, str]:
    response = app.make_response("")
    app.session_interface.save_session(app, session, response)
    name, _, value = response.headers["Set-Cookie"].split(";")[0].partition("=")
    return name, value


def faults(who: str, seen: Iterable[Seen]) -> list[str]:
    """Pages that stick out sideways or failed, a line each."""
    return [
        f"{who}: {one.path}: {one.status}, {one.over} px too wide"
        for one in seen
        if one.over > 0 or one.status >= 500
    ]


def forget_expected(trouble: Trouble, one: Seen) -> None:
    """Complaints about error pages that were asked for on purpose, and about parts of pages without icon."""
    if one.status >= 400:
        reason = f"the server responded with a status of {one.status}"
        trouble.expect(f"{one.path}: Failed to load resource: {reason}")
    trouble.expect("favicon.ico")
