"""Sessions are signed cookies; some replies are the same for everybody and carry none."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

View = TypeVar("View", bound=Callable[..., object])


def without_session(view: View) -> View:
    """Mark a view whose reply sets no cookie and does not vary by one: proxies may keep it for all."""
    view.without_session = True  # type: ignore[attr-defined]  # read when the reply is finished
    return view


def is_for_all() -> bool:
    """Whether the reply under way is the same for everybody: then nothing may depend on who asks."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "without_session", False))


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions, silent where a view is marked."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, unless the view has none."""
        if not is_for_all():
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Use these sessions."""
    app.session_interface = Sessions()
