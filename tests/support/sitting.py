"""An attempt that is running on a live server, and the browser of the person who sits it."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import session
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import update

from quiz.attempts import queries, service
from quiz.attempts.models import Attempt
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.web.entrants import remember_entrant
from tests.support.factories import make_entry
from tests.support.live import Live


def start_attempt(live: Live, slug: str) -> str:
    """One person enters the contest and starts; the code of the attempt."""
    with live.app.app_context():
        contest = get_contest(slug)
        entry = make_entry(contest)
        keyring = live.app.extensions["keyring"]
        attempt = service.start(contest, entry.id, 1, now=clock.now(), keyring=keyring)
        return attempt.code


def sit_down(live: Live, browser: BrowserContext, code: str) -> None:
    """Give the browser the session of the attempt's owner, as the entry form does."""
    with live.app.test_request_context():
        contest_id = queries.contest_of(code)
        remember_entrant(contest_id, queries.get_attempt(code).entry_id)
        response = live.app.make_response("")
        live.app.session_interface.save_session(live.app, session, response)
    name, _, value = response.headers["Set-Cookie"].split(";")[0].partition("=")
    host = str(urlsplit(live.url).hostname)
    browser.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])


def stored(live: Live, code: str) -> dict[str, Any]:
    """What the server holds: answers, flags, prediction, revision, whether the attempt is closed."""
    with live.app.app_context():
        attempt = queries.get_attempt(code)
        sheet: dict[str, Any] = json.loads(json.dumps(service.sheet_of(attempt).as_json()))
        return sheet | {"is_closed": attempt.closed_at is not None}


def move_deadline(live: Live, code: str, left: timedelta) -> None:
    """As an organiser's extension does: so much time is left from now on."""
    with live.app.app_context(), transaction() as db_session:
        ends_at = clock.now() + left
        new = {"deadline_at": ends_at, "accepts_until": ends_at + timedelta(seconds=30)}
        db_session.execute(update(Attempt).where(Attempt.code == code).values(**new))


def choose(page: Page, place: int, choice: int) -> None:
    """Go to the question and choose."""
    page.evaluate("place => document.querySelectorAll('.th-map a')[place - 1].click()", place)
    page.locator(f"label[for='q{place}-{choice}']").click()
