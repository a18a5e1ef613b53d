"""Who is asking: staff through Flask-Login, entrants through the signed session."""

from flask import Flask
from flask_login import LoginManager

from quiz.accounts.models import Staff
from quiz.accounts.sessions import staff_of_session
from quiz.core import clock

_manager = LoginManager()
# Mobile networks change addresses; "strong" would sign honest people out (their page would be lost).
_manager.session_protection = None
_manager.login_view = "accounts.login"
_manager.login_message = None


@_manager.user_loader
def load_staff(token: str) -> Staff | None:
    """The account of a session token, or None when the session ended or the account was disabled."""
    return staff_of_session(token, now=clock.now())


def init_app(app: Flask) -> None:
    """Attach Flask-Login."""
    _manager.init_app(app)
