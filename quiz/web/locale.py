"""Language and time: Vietnamese first, English second; times shown in the zone of Viet Nam."""

from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_translations

from quiz.core.settings import ROOT
from quiz.web.sessions import is_for_all

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_babel = Babel()


def current_language() -> str:
    """The language chosen by the reader; Vietnamese unless English was asked for."""
    if not has_request_context():
        return "vi"
    # What proxies keep for everybody speaks the language of its address, never of whoever asked first.
    asked = request.args.get("lang") or (None if is_for_all() else session.get("lang"))
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

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension i18n
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, n: _catalogue().ungettext(one, many, n),
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, n: _catalogue().unpgettext(context, one, many, n),
        newstyle=True,
    )

    @app.before_request
    def remember_language() -> None:
        asked = request.args.get("lang")
        if asked in LANGUAGES and not is_for_all() and session.get("lang", "vi") != asked:
            session["lang"] = asked

    app.context_processor(lambda: {"languages": LANGUAGES, "language": current_language()})


def translated(text: str, context: str | None = None) -> str:
    """A text of the sources of pure packages, which cannot mark theirs, in the reader's language."""
    if not has_request_context():
        return text
    catalogue = _catalogue()
    return str(catalogue.upgettext(context, text) if context else catalogue.ugettext(text))


def _catalogue() -> Any:
    """The words in the reader's language: looked up once per request, while Flask-Babel does so per word."""
    kept = g.get("_catalogue")
    if kept is None:
        kept = g._catalogue = get_translations()
    return kept
