"""Cross-site requests: a token on every unsafe method, and no unsafe request from another site."""

import logging
from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect

log = logging.getLogger(__name__)
_protect = CSRFProtect()
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def init_app(app: Flask) -> None:
    """Attach Flask-WTF's check and the browser's own word about the sender."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method in _UNSAFE and _is_from_elsewhere():
            log.warning("refused %s: asked for by a page of another site", request.endpoint)
            abort(403)

    _protect.init_app(app)


def _is_from_elsewhere() -> bool:
    """What the browser says; one that is too old for Sec-Fetch-Site may still name the page's origin.

    Some WebViews send Origin: null for pages of ours; the token decides about those.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "cross-site"
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host
