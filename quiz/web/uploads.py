"""Files that staff send: larger bodies where a page takes them, and a place to keep them until confirmed.

Between the preview and the click on "Nhập" a file lies under var/uploads with a random name, for the person
who sent it and for one hour. Files, because all workers of a machine see them.
"""

import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from flask import Flask, current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from quiz.core.errors import DomainError
from quiz.web.labels import add_messages

# A little more than any reader takes, so that a file over the limit gets the reader's own words.
UPLOAD_BODY_BYTES = 21 * 1024 * 1024
KEPT_FOR = timedelta(hours=1)
_MOST_READ_AWAY = 128 * 1024 * 1024
_MOST_FILES = 20  # of one person
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_MEGABYTE = 1024 * 1024

add_messages(
    {
        "upload_too_large": _l(
            "Tệp lớn khoảng %(size)s MB, vượt giới hạn %(limit)s MB nên không được nhận. Chưa có gì được lưu."
        ),
        "upload_gone": _l("Tệp đã nhập rồi hoặc đã quá một giờ nên không còn giữ. Chọn lại tệp."),
    }
)

View = TypeVar("View", bound=Callable[..., object])


class UploadTooLarge(DomainError):
    """The body is larger than the page takes."""

    status: ClassVar[int] = 413


class UploadGone(DomainError):
    """There is no such file for this person and place, or no longer."""

    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits for its confirmation: its bytes, what stood in the form, what was decided since."""

    token: str
    name: str
    data: bytes
    kept_at: datetime
    fields: dict[str, str]
    notes: dict[str, Any] = field(default_factory=dict)


def takes_files(view: View) -> View:
    """Mark a view whose POST may carry a file, or a text as long as questions may have, which forms send with
    nine bytes for a letter with marks. Stands under `needs`: only those with the right may send."""
    view.takes_files = True  # type: ignore[attr-defined]  # read before the request's body is
    return view


def keep(
    data: bytes,
    name: str,
    *,
    purpose: str,
    staff_id: int,
    now: datetime,
    fields: dict[str, str] | None = None,
) -> str:
    """Keep a file and return its token. `purpose` says for what; only there it is found again."""
    folder = _folder()
    _sweep(folder, staff_id, now)
    token = secrets.token_urlsafe(24)
    facts = {
        "name": name,
        "purpose": purpose,
        "staff_id": staff_id,
        "kept_at": now.isoformat(),
        "fields": fields or {},
    }
    _write(folder / f"{token}.bin", data)
    _write(folder / f"{token}.json", json.dumps(facts).encode())  # last: a file without facts does not exist
    return token


def find_kept(token: str, *, purpose: str, staff_id: int, now: datetime) -> Kept | None:
    """The file, if this person sent it to this place within the hour."""
    if not _TOKEN.fullmatch(token):
        return None
    folder = _folder()
    facts = _facts(folder / f"{token}.json")
    if facts is None or (facts["purpose"], facts["staff_id"]) != (purpose, staff_id):
        return None
    kept_at = datetime.fromisoformat(facts["kept_at"])
    if now - kept_at > KEPT_FOR:
        return None
    try:
        data = (folder / f"{token}.bin").read_bytes()
    except FileNotFoundError:
        return None
    return Kept(token, facts["name"], data, kept_at, facts["fields"], _facts(folder / f"{token}.notes") or {})


def get_kept(token: str, *, purpose: str, staff_id: int, now: datetime) -> Kept:
    """The file as `find_kept` finds it. Raises UploadGone."""
    kept = find_kept(token, purpose=purpose, staff_id=staff_id, now=now)
    if kept is None:
        raise UploadGone("upload_gone")
    return kept


def note(kept: Kept, notes: dict[str, Any]) -> None:
    """Keep what was decided about a file beside it, in place of what was noted before."""
    _write(_folder() / f"{kept.token}.notes", json.dumps(notes, ensure_ascii=False).encode())


def discard(token: str) -> None:
    """Forget a file; one that is gone already is fine."""
    if _TOKEN.fullmatch(token):
        for ending in ("json", "bin", "notes"):
            (_folder() / f"{token}.{ending}").unlink(missing_ok=True)


def init_app(app: Flask) -> None:
    """Raise the limit of the body before anything reads it (the CSRF check does)."""

    @app.url_value_preprocessor
    def raise_limit(endpoint: str | None, _values: dict[str, object] | None) -> None:
        view = app.view_functions.get(endpoint or "")
        if request.method != "POST" or not getattr(view, "takes_files", False):
            return
        permission = getattr(view, "needs_permission", None)
        if permission is None or not current_user.is_authenticated or not current_user.can(permission):
            return
        request.max_content_length = UPLOAD_BODY_BYTES
        if (request.content_length or 0) > UPLOAD_BODY_BYTES:
            _read_away()
            size = round((request.content_length or 0) / _MEGABYTE)
            raise UploadTooLarge("upload_too_large", size=size, limit=UPLOAD_BODY_BYTES // _MEGABYTE - 1)


def _read_away() -> None:
    """Take the body in and forget it: a browser that cannot finish sending shows no answer at all."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _MOST_READ_AWAY)
    while left > 0:
        part = stream.read(min(_MEGABYTE, left))
        if not part:
            return
        left -= len(part)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].var / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(path: Path, data: bytes) -> None:
    half = path.with_suffix(path.suffix + ".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    os.replace(half, path)


def _facts(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found


def _sweep(folder: Path, staff_id: int, now: datetime) -> None:
    """Remove what is over its hour, and the oldest of a person who keeps sending."""
    own: list[tuple[str, str]] = []
    for path in folder.glob("*.json"):
        facts = _facts(path)
        if facts is None:
            continue
        kept_at = str(facts["kept_at"])
        if now - datetime.fromisoformat(kept_at) > KEPT_FOR:
            discard(path.stem)
        elif facts["staff_id"] == staff_id:
            own.append((kept_at, path.stem))
    for _, token in sorted(own)[: max(0, len(own) - _MOST_FILES + 1)]:
        discard(token)
