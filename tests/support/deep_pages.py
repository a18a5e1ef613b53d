"""Pages that no link of a fresh demo leads to: first there has to be something to show."""

from flask import Flask
from sqlalchemy import select

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.attempts.models import Attempt
from quiz.core.database import db
from tests.support.client import Client
from tests.support.demo import SLUG, account_of, client_of
from tests.support.staff import sign_in_as

_CONTEST = f"/manage/c/{SLUG}"
_ROUND = f"{_CONTEST}/rounds/1"


def deep_pages(app: Flask, who: str) -> list[str]:
    """What this visitor should ask for besides what links lead to; makes what these pages show."""
    with app.app_context():
        if who == Role.OWNER.value:
            return _of_the_owner(app)
        if who == "has-done":
            done = select(Attempt.code).where(Attempt.closed_at.is_not(None)).order_by(Attempt.id).limit(1)
            code = db.session.scalars(done).one()
            return [f"/attempts/{code}/objection", f"/c/{SLUG}/ruling", f"/c/{SLUG}/standings/mine?round=1"]
    return []


def _of_the_owner(app: Flask) -> list[str]:
    client = client_of(app)
    sign_in_as(client, get_staff(account_of(Role.OWNER)))
    db.session.remove()
    return [
        _after(client, f"{_ROUND}/items", {}),  # item statistics, by a job
        _after(client, f"{_CONTEST}/hooks", {"url": "https://example.vn/moc", "events": "attempt.submitted"}),
        f"{_ROUND}/items",
        f"{_ROUND}/actual",
    ]


def _after(client: Client, path: str, data: dict[str, str]) -> str:
    """Where a form leads on to."""
    return str(client.post(path, data=data).location or path)
