"""Security headers on every response. Nothing inline, nothing from elsewhere."""

from collections.abc import Callable
from wsgiref.headers import Headers

from flask import Flask, Response, current_app, g, request

_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the brocade and Bootstrap's marks are data URIs
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


_CLOSED = "frame-ancestors 'none'"


def allow_framing(response: Response) -> Response:
    """Let other sites show this page inside theirs: those that QUIZ_EMBED_SITES names, or all."""
    sites = " ".join(current_app.config["SETTINGS"].embed_sites)
    response.headers["Content-Security-Policy"] = _CSP.replace(_CLOSED, f"frame-ancestors {sites}")
    g.may_be_framed = True  # X-Frame-Options knows no list, and would win in old browsers
    return allow_reading(response)


def allow_reading(response: Response) -> Response:
    """Let pages of other sites fetch or show this reply: it is the same for everybody."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def page_headers() -> dict[str, str]:
    """What every page is sent with; for copies of pages that browsers keep."""
    return dict(_ALWAYS)


def on_files(*, https: bool) -> Callable[[Headers, str, str], None]:
    """What sets the same on static files, which never reach Flask."""
    wanted = _ALWAYS | (_HTTPS if https else {})

    def on_file(headers: Headers, _path: str, _url: str) -> None:
        for name, value in wanted.items():
            headers[name] = value

    return on_file


def init_app(app: Flask) -> None:
    """Set the headers; a view that set one itself keeps its own."""
    wanted = tuple((_ALWAYS | (_HTTPS if app.config["SETTINGS"].https else {})).items())

    @app.after_request
    def add(response: Response) -> Response:
        there = {name.lower() for name, _value in response.headers}
        missing = [(name, value) for name, value in wanted if name.lower() not in there]
        if g.get("may_be_framed"):
            missing = [(name, value) for name, value in missing if name != "X-Frame-Options"]
        response.headers.extend(missing)
        # A file that is missing now may be there a moment later: no proxy may keep its absence.
        if request.endpoint != "static" or response.status_code >= 400:
            # Pages carry names, answers or tokens unless their view says that they are public.
            response.headers.setdefault("Cache-Control", "no-store")
        return response
