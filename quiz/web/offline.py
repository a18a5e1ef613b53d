"""What browsers keep for times without a connection, and what lets the site be put on a phone's screen.

/sw.js is the service worker: it keeps the page /offline and brings back the running paper that the attempt's
page has kept, nothing else (static/js/worker). QUIZ_OFFLINE=0 serves one that removes all this and itself.
"""

import hashlib
import json
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request

from quiz.core.settings import ROOT
from quiz.web.assets import asset
from quiz.web.bundles import bundle_script
from quiz.web.headers import page_headers
from quiz.web.locale import current_language
from quiz.web.sessions import without_session
from quiz.web.site import site

bp = Blueprint("offline", __name__)
_SCRIPTS = ROOT / "static" / "js" / "worker"
# What templates/layouts/public.html asks for.
_FILES = ("css/base.css", "js/offline.js", "img/icons.svg")
_ICONS = (("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any"))
_MASKABLE = ("img/icon-maskable.png", "512x512", "maskable")


@dataclass(frozen=True, slots=True)
class _Script:
    text: str
    etag: str


@bp.get("/sw.js")
@without_session
def worker() -> Response:
    """The service worker, or the one that takes its place and leaves."""
    script = _worker_script()
    response = Response(script.text, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(script.etag)
    response.make_conditional(request)
    return response


@bp.get("/offline")
@without_session
def away() -> Response:
    """The page that stands where there is no connection; the worker keeps it."""
    response = make_response(render_template("web/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/manifest.webmanifest")
@without_session
def manifest() -> Response:
    """Name, colours and icons for a phone's screen."""
    name = " ".join(part for part in (site().name, site().place) if part)
    told = {
        "id": "/",
        "name": name,
        "short_name": site().name,
        "lang": "vi",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf6ec",
        "theme_color": "#1b2b49",
        "icons": [
            {"src": asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in (*_ICONS, _MASKABLE)
        ],
    }
    response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def running_paper(page: str) -> Response:
    """Mark the page of a running attempt: a browser forgets its copy where the mark is missing."""
    response = make_response(page)
    response.headers["X-Running-Paper"] = "1"
    return response


def worker_url() -> str:
    """Where the attempt's page registers the worker; empty: it removes what there is."""
    if not current_app.config["SETTINGS"].offline:
        return ""
    language = current_language()
    return "/sw.js" if language == "vi" else f"/sw.js?lang={language}"


def _worker_script() -> _Script:
    settings = current_app.config["SETTINGS"]
    if not settings.offline:
        return _with_etag(bundle_script(_SCRIPTS / "gone.js"))
    kept: dict[str, _Script] = current_app.extensions.setdefault("workers", {})
    language = current_language()
    if language not in kept or not settings.is_production:
        kept[language] = _with_etag(_build(language))
    return kept[language]


def _build(language: str) -> str:
    """The worker's script; its version is the digest of all that it keeps, so that a change replaces it."""
    source = bundle_script(_SCRIPTS / "worker.js")
    files = [asset(path) for path in _FILES]
    headers = page_headers()
    page = render_template("web/offline.html")
    digest = hashlib.sha256(json.dumps([source, files, headers, page]).encode()).hexdigest()[:12]
    address = "/offline" if language == "vi" else f"/offline?lang={language}"
    known = {"VERSION": digest, "OFFLINE": address, "FILES": files, "HEADERS": headers}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items()) + source


def _with_etag(text: str) -> _Script:
    return _Script(text, hashlib.sha256(text.encode()).hexdigest()[:16])


def init_app(app: Flask) -> None:
    """Register the addresses; templates ask `worker_url()`."""
    app.register_blueprint(bp)
    app.jinja_env.globals["worker_url"] = worker_url
