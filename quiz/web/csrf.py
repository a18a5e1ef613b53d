"""Cross-site requests: a token on every unsafe method, and no unsafe request from another site."""

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect

_protect = CSRFProtect()
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def init_app(app: Flask) -> None:
    """Attach Flask-WTF's check and the browser's own word about the sender."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method in _UNSAFE and request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)

    _protect.init_app(app)
