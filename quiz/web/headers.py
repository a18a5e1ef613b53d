"""Security headers on every response. Nothing inline, nothing from elsewhere."""

from wsgiref.headers import Headers

from flask import Flask, Response, current_app, request

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


def on_file(headers: Headers, _path: str, _url: str) -> None:
    """The same on static files, which never reach Flask."""
    for name, value in _ALWAYS.items():
        headers[name] = value


def init_app(app: Flask) -> None:
    """Set the headers; a view that set one itself keeps its own."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if current_app.config["SETTINGS"].https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static":
            # Pages carry names, answers or tokens unless their view says that they are public.
            response.headers.setdefault("Cache-Control", "no-store")
        return response
