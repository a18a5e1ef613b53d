"""The mark of a browser: 128 random bits in a cookie that no script can read, kept once somebody enters.

It says nothing about the device or the person, and only its keyed hashes are stored. Whoever clears it gets
another one.
"""

import re
import secrets

from flask import Flask, Response, current_app, g, request

_KEPT = 365 * 24 * 3600
_BYTES = 16
_FORM = re.compile(r"[A-Za-z0-9_-]{22}")


def find_device() -> str | None:
    """The mark that this browser sent, or was given within this request; None without one."""
    given: str | None = g.get("device")
    if given is not None:
        return given
    sent = request.cookies.get(cookie_name(), "")
    return sent if _FORM.fullmatch(sent) else None


def device() -> str:
    """The browser's mark; a new one goes out with this response where there was none."""
    known = find_device()
    if known is None:
        known = g.device = secrets.token_urlsafe(_BYTES)
    return known


def cookie_name() -> str:
    """Bound to the host where the connection is encrypted."""
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def init_app(app: Flask) -> None:
    """Send the cookie with the response of a request that asked for a mark and had none."""

    @app.after_request
    def keep(response: Response) -> Response:
        if "device" in g:
            response.set_cookie(
                cookie_name(),
                g.device,
                max_age=_KEPT,
                path="/",
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
        return response
