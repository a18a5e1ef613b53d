"""Light, dark, high contrast: as the device says, or as the reader chose by a link; kept in a cookie."""

from flask import Flask, Response, request

from quiz.web.sessions import is_for_all

# What a link may ask for by `?theme=`; "auto" goes back to what the device says.
LOOKS = ("auto", "light", "dark", "contrast")
_COOKIE = "theme"
_YEAR = 365 * 24 * 3600


def current_look() -> str:
    """The reader's choice, or "auto": what proxies keep for everybody looks as each device says."""
    if is_for_all():
        return "auto"
    asked = request.args.get(_COOKIE) or request.cookies.get(_COOKIE)
    return asked if asked in LOOKS else "auto"


def init_app(app: Flask) -> None:
    """Give templates `look` and `looks`, and remember `?theme=`."""

    @app.after_request
    def remember_look(reply: Response) -> Response:
        asked = request.args.get(_COOKIE)
        if asked in LOOKS and not is_for_all():
            secure = app.config["SESSION_COOKIE_SECURE"]
            reply.set_cookie(_COOKIE, asked, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
        return reply

    app.context_processor(lambda: {"look": current_look(), "looks": LOOKS})
