"""The demo, loaded into a database of its own, for tests that walk through everything."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from quiz.accounts.permissions import Role
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.demo.service import load
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.factories import KEYRING
from tests.support.staff import make_staff

SLUG = "dai-hoi-xvi"


def account_of(role: Role) -> str:
    """The username of the account that `demo` makes for a role."""
    return f"test-{role.value.replace('_', '-')}"


@contextmanager
def demo(databases: Databases, people: int = 30, address: str = "") -> Iterator[Flask]:
    """An application with the demo in it and an account of every role; its error pages are shown."""
    forget_all()
    app = databases.build(address or databases.migrated("sqlite"))
    app.test_client_class = Client
    app.config["SHOW_ERROR_PAGES"] = True
    with app.app_context():
        load(
            ROOT / "demo",
            now=clock.now(),
            keyring=KEYRING,
            say=lambda _text: None,
            progress=lambda _text: lambda _done, _total: None,
            people=people,
        )
        for role in Role:
            make_staff(account_of(role), role)
        db.session.remove()
    forget_all()
    yield app
    forget_all()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def client_of(app: Flask) -> Client:
    """A browser without JavaScript."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made
