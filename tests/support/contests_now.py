"""A contest that is open at this very moment, for tests against a live server."""

from datetime import timedelta
from typing import Any

from quiz.bank.queries import find_bank
from quiz.contests.definition import EntryPolicy
from quiz.core import clock
from quiz.core.database import db
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.live import Live


def open_contest(live: Live, slug: str, *, policy: EntryPolicy | None = None, **changes: object) -> str:
    """Make (once) a contest that opened yesterday and stays open for a week; its slug."""
    now = clock.now()
    times: dict[str, Any] = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    definition = round_definition(**(times | changes))
    with live.app.app_context():
        if find_bank("bank") is None:
            make_bank(canary="bi-mat-")
        db.session.rollback()
        make_contest(slug, definition, policy=policy)
    return slug
