"""Language and time: Vietnamese first, English second; times shown in the zone of Viet Nam."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel

from quiz.core.settings import ROOT

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_babel = Babel()


def current_language() -> str:
    """The language chosen by the reader; Vietnamese unless English was asked for."""
    if not has_request_context():
        return "vi"
    asked = request.args.get("lang") or session.get("lang")
    return asked if asked in LANGUAGES else "vi"


def init_app(app: Flask) -> None:
    """Attach Flask-Babel and remember `?lang=`."""
    _babel.init_app(
        app,
        default_locale="vi",
        default_timezone="Asia/Ho_Chi_Minh",
        default_translation_directories=str(ROOT / "quiz" / "translations"),
        locale_selector=current_language,
    )

    @app.before_request
    def remember_language() -> None:
        asked = request.args.get("lang")
        if asked in LANGUAGES and session.get("lang", "vi") != asked:
            session["lang"] = asked

    app.context_processor(lambda: {"languages": LANGUAGES, "language": current_language()})
