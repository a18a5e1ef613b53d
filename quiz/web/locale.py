"""Language and time: Vietnamese first, English second; times shown in the zone of Viet Nam."""

from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.support import Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain
from markupsafe import Markup

from quiz.core.settings import ROOT
from quiz.web.sessions import is_for_all

# A language of the pages: the name of its folder of catalogues, and what it calls itself.
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
CATALOGUES = ROOT / "quiz" / "translations"
_FIRST = "vi"
_babel = Babel()


def current_language() -> str:
    """The language chosen by the reader; Vietnamese unless English was asked for."""
    if not has_request_context():
        return _FIRST
    # What proxies keep for everybody speaks the language of its address, never of whoever asked first.
    asked = request.args.get("lang") or (None if is_for_all() else session.get("lang"))
    return asked if asked in LANGUAGES else _FIRST


def init_app(app: Flask) -> None:
    """Attach Flask-Babel and remember `?lang=`."""
    _babel.init_app(
        app,
        default_locale="vi",
        default_timezone="Asia/Ho_Chi_Minh",
        default_translation_directories=str(CATALOGUES),
        locale_selector=_formats,
    )
    _babel.domain_instance = _Words()

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension i18n
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, n: _catalogue().ungettext(one, many, n),
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, n: _catalogue().unpgettext(context, one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template)

    @app.before_request
    def remember_language() -> None:
        asked = request.args.get("lang")
        if asked in LANGUAGES and not is_for_all() and session.get("lang", _FIRST) != asked:
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
        kept = g._catalogue = catalogue_of(current_language())
    return kept


def _in_template(text: str, **values: Any) -> Markup:
    """A text in a template. A page has up to two hundred: Jinja's own way took a quarter of its time."""
    if not values:
        return _plain(_catalogue(), text)
    return _form(_catalogue(), text) % values


@lru_cache(maxsize=8192)
def _plain(catalogue: Any, text: str) -> Markup:
    return _form(catalogue, text) % {}


@lru_cache(maxsize=8192)
def _form(catalogue: Any, text: str) -> Markup:
    """What values are put into; they are escaped, the text is ours."""
    return Markup(catalogue.ugettext(text))  # noqa: S704


class _Words(Domain):
    """Flask-Babel looks for catalogues by locale, and knows no locale of Thái, Mông, Tày or Nùng."""

    def get_translations(self) -> Any:
        """The catalogue of the reader's language."""
        return catalogue_of(current_language())


def catalogue_of(language: str) -> Any:
    """The words of a language; what it has no words for is said in Vietnamese."""
    return _loaded(CATALOGUES, language)


@cache
def _loaded(folder: Path, language: str) -> Any:
    found = Translations.load(folder, [language])
    if language != _FIRST:
        if not _is_known(language):
            found.plural = _one_form  # Babel compiles the catalogues of languages it does not know without it
        found.add_fallback(_loaded(folder, _FIRST))
    return found


def _formats() -> str:
    """The locale of dates and numbers: Vietnamese for languages whose customs no table knows."""
    language = current_language()
    return language if _is_known(language) else _FIRST


@cache
def _is_known(language: str) -> bool:
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _one_form(_count: float | Decimal) -> int:
    """Languages of Viet Nam do not tell one from many."""
    return 0
