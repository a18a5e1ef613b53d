"""Who is asking: staff through Flask-Login, entrants through the signed session."""

from flask import Flask
from flask_login import LoginManager

from quiz.accounts.models import Staff
from quiz.core.database import db

_manager = LoginManager()
# Mobile networks change addresses; "strong" would sign honest people out (their page would be lost).
_manager.session_protection = None
_manager.login_view = "accounts.login"
_manager.login_message = None


@_manager.user_loader
def load_staff(token: str) -> Staff | None:
    """The account of a session token, or None when it ended or was disabled."""
    staff_id, _, version = token.partition(".")
    if not staff_id.isdigit():
        return None
    staff = db.session.get(Staff, int(staff_id))
    if staff is None or not staff.is_enabled or str(staff.session_version) != version:
        return None
    return staff


def init_app(app: Flask) -> None:
    """Attach Flask-Login."""
    _manager.init_app(app)
