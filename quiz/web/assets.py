"""Static files under names that change with their content, so that browsers may keep them for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, url_for
from whitenoise import WhiteNoise

_YEAR = 365 * 24 * 3600


@lru_cache(maxsize=512)
def _digest(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a file under static/, with its content's digest as `?v=`."""
    path = Path(current_app.static_folder or "") / name
    return url_for("static", filename=name, v=_digest(path, path.stat().st_mtime))


def init_app(app: Flask) -> None:
    """Give templates `asset(...)` and serve static/ in front of Flask."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.jinja_env.globals["asset"] = asset
    settings = app.config["SETTINGS"]
    if settings.is_production:
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask documents this assignment
            app.wsgi_app, root=app.static_folder, prefix="static/", max_age=_YEAR, allow_all_origins=False
        )
