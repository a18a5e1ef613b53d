"""Codes that would have been sent, kept for the test to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flask import Flask
from sqlalchemy import select

from quiz.contests.definition import Way
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.signin.contacts import Channel
from quiz.signin.messages import Message
from quiz.signin.senders import NotSent, Senders
from tests.support.citizen import open_contest


@dataclass
class Outbox:
    """A sender that keeps what it is given; `broken` makes it refuse."""

    name: str = "console"
    sent: list[tuple[str, Message]] = field(default_factory=list)
    broken: str = ""

    def send(self, to: str, message: Message) -> None:
        """Keep the message, or refuse it."""
        if self.broken:
            raise NotSent(self.broken, "503")
        self.sent.append((to, message))

    def reach(self) -> None:
        """Always there."""

    @property
    def code(self) -> str:
        """The last code."""
        return self.sent[-1][1].code

    def senders(self, budget: int = 500) -> Senders:
        """An installation that sends everything here."""
        return Senders({Channel.PHONE: self, Channel.EMAIL: self}, budget)


@contextmanager
def outbox_of(app: Flask, budget: int = 500) -> Iterator[Outbox]:
    """Let the application send here for a while."""
    former, box = app.extensions["senders"], Outbox()
    app.extensions["senders"] = box.senders(budget)
    try:
        yield box
    finally:
        app.extensions["senders"] = former


def open_ways(app: Flask, *ways: Way, **changes: object) -> str:
    """A contest that is open at this moment, with these ways in; its slug."""
    slug = open_contest(app)
    with app.app_context(), transaction():
        contest = db.session.scalars(select(Contest).where(Contest.slug == slug)).one()
        contest.entry_data = replace(contest.entry, ways=ways, **changes).as_dict()  # type: ignore[arg-type]
    return slug
