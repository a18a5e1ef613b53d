"""The application factory: settings, extensions, packages."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz.core.database import db, set_up_engine
from quiz.core.secrets import Keyring
from quiz.core.settings import ROOT, Settings, load_settings
from quiz.job_kinds import CHORES, JOBS
from quiz.jobs import running
from quiz.observing import views as observing
from quiz.packages import BLUEPRINTS, COMMANDS
from quiz.tables import TABLES
from quiz.web import (
    addresses,
    assets,
    compression,
    csrf,
    desk,
    devices,
    errors,
    filters,
    headers,
    json_bodies,
    kit,
    limiting,
    locale,
    logs,
    looks,
    migrate,
    offline,
    reader_words,
    seeing,
    sessions,
    sign_in,
    site,
    uploads,
)

ENTRANT_BODY_BYTES = 64 * 1024  # a sheet is under 1 KB; upload pages raise the limit for themselves

# In this order; what is first to register is last to see a response, so that compression meets the whole.
_PARTS = (
    logs,
    seeing,
    addresses,
    json_bodies,
    compression,
    sessions,
    devices,
    locale,
    looks,
    csrf,
    sign_in,
    assets,
    filters,
    reader_words,
    headers,
    errors,
    limiting,
    site,
    offline,
    desk,
    uploads,
    kit,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises UnsafeSettings rather than start with unsafe production settings."""
    settings = settings or load_settings()
    app = Flask(
        "quiz",
        root_path=str(ROOT / "quiz"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(_configuration(settings))
    app.extensions["keyring"] = Keyring(settings.data_key, settings.older_data_keys)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask documents this assignment
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    settings.var.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        set_up_engine(db.engine)
    migrate.init_app(app)
    for part in _PARTS:
        part.init_app(app)
    _register_packages(app)
    observing.init_app(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    """Flask's configuration and its extensions', from our settings."""
    return {
        "SETTINGS": settings,
        "TABLES": TABLES,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "MAX_CONTENT_LENGTH": ENTRANT_BODY_BYTES,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        "SESSION_COOKIE_NAME": "__Host-quiz" if settings.https else "quiz",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "WTF_CSRF_TIME_LIMIT": None,  # a page may lie open for hours before it is submitted
        # Strict Referer checks lose honest phones; Sec-Fetch-Site is checked instead.
        "WTF_CSRF_SSL_STRICT": False,
        "TESTING": settings.env == "test",
        # Boards are kept for seconds; a test asks again at once.
        "KEEPS_PAGES": settings.env != "test",
    }


def _engine_options(settings: Settings) -> dict[str, object]:
    # Errors of the database name what was asked, never with which values: these may be somebody's phone.
    if settings.is_sqlite:
        return {
            "hide_parameters": True,
            "connect_args": {"timeout": 10, "check_same_thread": False},
        }
    # prepare_threshold=None keeps PgBouncer's transaction pooling possible.
    return {
        "hide_parameters": True,
        "pool_size": 10,
        "max_overflow": 5,
        "pool_pre_ping": True,
        "connect_args": {"prepare_threshold": None},
    }


def _register_packages(app: Flask) -> None:
    """Blueprints, commands and kinds of jobs, from one visible list."""

    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    running.init_app(app, JOBS, CHORES)
