"""Pages between a press and its effect: what was sent goes along and is sent again by itself."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.limits.challenges import FORM_FIELD, WAIT_FIELD
from quiz.limits.deeds import Deed
from quiz.limits.errors import TooMany
from quiz.web.errors import problem, wants_json

_DEEDS = {
    Deed.ENTER: _l("đăng ký"),
    Deed.RESUME: _l("vào lại"),
    Deed.START: _l("bấm bắt đầu"),
    Deed.LOOKUP: _l("tra cứu"),
    Deed.LOGIN: _l("đăng nhập"),
    Deed.SEARCH: _l("tìm kiếm"),
    Deed.EXPORT: _l("xuất tệp"),
    Deed.ASK: _l("gửi yêu cầu"),
    Deed.WAITED: _l("vào thi"),
    Deed.API: _l("lấy số liệu"),
}
# A password is typed again; it never stands in a page.
_NOT_CARRIED = {Deed.LOGIN}
_OWN_FIELDS = {"csrf_token", FORM_FIELD, WAIT_FIELD}


@dataclass(frozen=True, slots=True)
class Again:
    """What will be sent again: to which address, by which method, with which fields."""

    address: str
    is_post: bool
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BusyPage:
    """Somebody has to wait `seconds`; `again` None: nothing is sent by itself, `back` is where to go on."""

    seconds: int
    happened: str
    is_exam: bool
    again: Again | None
    back: str


def carried() -> tuple[tuple[str, str], ...]:
    """The fields of the form that was sent, without those that belong to one sending only."""
    return tuple((name, value) for name, value in request.form.items(multi=True) if name not in _OWN_FIELDS)


def again(deed: Deed) -> Again | None:
    """The same request once more, or None where it must not be kept in a page."""
    if request.method == "GET":
        return Again(request.full_path.rstrip("?"), is_post=False)
    if deed in _NOT_CARRIED or request.files:
        return None
    return Again(request.path, is_post=True, fields=carried())


def busy_page(error: TooMany) -> Response:
    """429 in words, with the time to wait; JSON where JSON was asked for."""
    happened = _happened(error)
    if wants_json():
        reply = problem(error.status, error.code, happened)
    else:
        page = BusyPage(
            seconds=error.seconds,
            happened=happened,
            is_exam=error.deed in (Deed.ENTER, Deed.RESUME, Deed.START, Deed.WAITED),
            again=again(error.deed),
            back=urlsplit(request.full_path).path,
        )
        reply = current_app.make_response((render_template("web/busy.html", page=page), error.status))
    reply.headers["Retry-After"] = str(error.seconds)
    return reply


def _happened(error: TooMany) -> str:
    if error.code == "too_soon":
        return _("Lượt trước vừa mới bắt đầu. Chờ thêm một chút rồi mới bắt đầu lượt tiếp theo.")
    deed = str(_DEEDS[error.deed])
    if error.is_shared:
        return _("Rất nhiều người đang %(deed)s cùng lúc từ mạng này.", deed=deed)
    return _("Máy này vừa %(deed)s nhiều lần liên tiếp.", deed=deed)
