"""Static files under names that change with their content, so that browsers may keep them for ever.

Sources stand in static/. What browsers get is built into var/static when it is first asked for: styles and
scripts as one file each (see `bundles`), the digest of the content in the name, a Brotli and a gzip copy
beside it.
"""

import gzip
import hashlib
import os
import time
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]  # ships no types
from flask import Flask, current_app, has_request_context, request
from markupsafe import Markup
from whitenoise import WhiteNoise

from quiz.core.settings import ROOT
from quiz.web import headers
from quiz.web.bundles import bundle_script, bundle_style

_SOURCE = ROOT / "static"
_TEMPLATES = ROOT / "templates"
_YEAR = 365 * 24 * 3600
_COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest"}
_ICON = Markup('<svg class="icon%s" aria-hidden="true" focusable="false"><use href="%s#%s"></use></svg>')
_BUNDLERS = {".css": bundle_style, ".js": bundle_script}


def asset(name: str) -> str:
    """The address of a file under static/, its content's digest in its name."""
    config = current_app.config
    built = _built(name, config["ASSETS"], _freshness.changed_at(is_fixed=config["ASSETS_ARE_FIXED"]))
    # Not by url_for: a page asks for dozens, and that took a quarter of the time of a light page.
    root = request.environ.get("SCRIPT_NAME", "") if has_request_context() else ""
    return f"{root.rstrip('/')}/static/{built}"


def drawn_icon(name: str, class_: str) -> Markup:
    """An icon out of the one file of them; a page has up to fifty."""
    return _icon(name, class_, asset("img/icons.svg"))


@lru_cache(maxsize=1024)
def _icon(name: str, class_: str, address: str) -> Markup:
    looks = f" {class_}" if class_ else ""
    return _ICON % (looks, address, name)


@lru_cache(maxsize=8)
def inlined(name: str) -> str:
    """A small picture under static/ as an address that holds it: one request less for every first look."""
    text = (_SOURCE / name).read_text(encoding="utf-8").strip().replace('"', "'")
    return "data:image/svg+xml," + quote(text, safe=" ='/:.")


@lru_cache(maxsize=1024)
def _built(name: str, folder: str, _changed: float) -> str:
    """Build one file unless the same content was built before; the name under which it is served."""
    target = Path(folder)
    source = _SOURCE / name
    bundler = _BUNDLERS.get(source.suffix)
    data = bundler(source).encode() if bundler else source.read_bytes()
    path = Path(name)
    served = path.with_name(f"{path.stem}.{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}")
    built = target / served
    if not built.exists():
        built.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix in _COMPRESSED:
            _write(built.with_name(built.name + ".br"), brotli.compress(data))
            _write(built.with_name(built.name + ".gz"), gzip.compress(data, mtime=0))
        _write(built, data)  # last: where it stands, its copies do too
    return served.as_posix()


def _write(path: Path, data: bytes) -> None:
    """In one step, since several processes may build the same file at once."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    half.write_bytes(data)
    half.replace(path)


def _sources() -> list[Path]:
    return [path for path in sorted(_SOURCE.rglob("*")) if path.is_file()]


class _Freshness:
    """When a source was changed last: looked up once a second at most, and once for all in production."""

    def __init__(self) -> None:
        self.newest = 0.0
        self.looked_at = 0.0

    def changed_at(self, *, is_fixed: bool) -> float:
        if self.newest and is_fixed:
            return self.newest
        now = time.monotonic()
        if not self.newest or now - self.looked_at > 1:
            # Templates too: they say how much of Bootstrap a sheet takes in.
            self.newest = max(path.stat().st_mtime for path in [*_sources(), *_TEMPLATES.rglob("*.html")])
            self.looked_at = now
        return self.newest


_freshness = _Freshness()


def init_app(app: Flask) -> None:
    """Give templates `asset(...)` and serve the built files in front of Flask."""
    settings = app.config["SETTINGS"]
    target = settings.var / "static"
    target.mkdir(parents=True, exist_ok=True)
    app.config["ASSETS"] = str(target)
    app.config["ASSETS_ARE_FIXED"] = settings.is_production
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.static_folder = str(target)
    app.jinja_env.globals.update(asset=asset, inlined=inlined, drawn_icon=drawn_icon)
    if settings.is_production:
        with app.app_context():
            for path in _sources():
                _built(
                    path.relative_to(_SOURCE).as_posix(), str(target), _freshness.changed_at(is_fixed=True)
                )
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask documents this assignment
        app.wsgi_app,
        root=str(target),
        prefix="static/",
        max_age=_YEAR,
        immutable_file_test=r"\.[0-9a-f]{12}\.",
        allow_all_origins=False,
        autorefresh=not settings.is_production,  # files appear while the server runs
        add_headers_function=headers.on_files(https=settings.https),
    )
