"""The workspace of organisers and units: its menu, from one visible table, by what the person may do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_login import current_user
from werkzeug.local import LocalProxy

from quiz.accounts.permissions import Permission, Role

ROLES = {
    Role.OWNER: _l("Chủ hệ thống"),
    Role.ORGANISER: _l("Ban Tổ chức"),
    Role.EDITOR: _l("Người soạn câu hỏi"),
    Role.REVIEWER: _l("Người duyệt câu hỏi"),
    Role.UNIT_VIEWER: _l("Tài khoản đơn vị"),
    Role.AUDITOR: _l("Người giám sát"),
}

# Endpoint, words, icon, right. An endpoint that this installation does not have is left out.
_WORK = (
    ("organiser.home", _l("Tổng quan"), "chart", Permission.SEE_CONTESTS),
    ("bank.review", _l("Duyệt câu hỏi"), "check-circle", Permission.REVIEW_QUESTIONS),
    ("bank.banks", _l("Ngân hàng câu hỏi"), "book", Permission.SEE_BANKS),
    ("documents.documents", _l("Văn bản"), "file", Permission.SEE_BANKS),
    ("units.trees", lazy_pgettext("menu", "Đơn vị"), "tree", Permission.SEE_UNITS),
    ("signin.codes_sent", _l("Mã xác nhận"), "lock", Permission.SEE_CONTESTS),
    ("organiser.audit", _l("Nhật ký"), "clock", Permission.SEE_AUDIT),
    ("accounts.people", _l("Người làm việc"), "people", Permission.EDIT_STAFF),
    ("unitdesk.home", _l("Số liệu đơn vị"), "building", Permission.SEE_OWN_UNIT),
    ("unitdesk.absent", _l("Người chưa dự thi"), "people", Permission.SEE_OWN_UNIT),
    ("unitdesk.headcount", _l("Tổng số người"), "person", Permission.SEE_OWN_UNIT),
    ("unitdesk.report", _l("Báo cáo tuần"), "file", Permission.SEE_OWN_UNIT),
)


@dataclass(frozen=True, slots=True)
class DeskLink:
    """One line of the menu; `count` is how much waits there."""

    label: str
    url: str
    icon: str
    is_current: bool
    count: int = 0
    inner: tuple["DeskLink", ...] = ()  # the pages of a group of pages that is open


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """Lines under one heading, which may be empty."""

    label: str
    links: tuple[DeskLink, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What layouts/desk.html shows around the work."""

    title: str
    home: str
    groups: tuple[DeskGroup, ...]
    person: str
    sign_out_url: str
    help_url: str = ""


_counts: dict[str, Callable[[], int]] = {}
_parts: list[Callable[[], DeskGroup | None]] = []
_help: list[Callable[[], str]] = []


def add_part(part: Callable[[], DeskGroup | None]) -> None:
    """Show a group of its own above the menu where it has something to show for this request."""
    _parts.append(part)


def set_help(find: Callable[[], str]) -> None:
    """Let `find` say where the handbook speaks of the page that is asked for; empty where it does not."""
    _help[:] = [find]


def add_count(endpoint: str, count: Callable[[], int]) -> None:
    """Show in the menu how much waits for the signed-in person behind an address; it has to be cheap."""
    _counts[endpoint] = count


def home() -> str:
    """The page on which the signed-in person's work begins."""
    for endpoint, _words, _icon, permission in _WORK:
        if endpoint in current_app.view_functions and _may(permission):
            return url_for(endpoint)
    return url_for("accounts.account")


def init_app(app: Flask) -> None:
    """Give `desk` to every template; it is made only where a page uses it."""
    app.context_processor(lambda: {"desk": LocalProxy(_desk)})


def _desk() -> Desk:
    if "desk" not in g:
        role = Role(current_user.role)
        is_unit = role is Role.UNIT_VIEWER
        parts = tuple(group for part in _parts if (group := part()) is not None)
        g.desk = Desk(
            title=current_user.name if is_unit else _("Ban Tổ chức"),
            home=home(),
            groups=(
                *parts,
                DeskGroup(_("Mọi cuộc thi") if parts else "", tuple(_links())),
                DeskGroup(_("Tài khoản"), tuple(_own_links())),
            ),
            person=str(ROLES[role]) if is_unit else f"{current_user.name} · {ROLES[role]}",
            sign_out_url=url_for("accounts.logout"),
            help_url=next((find() for find in _help), ""),
        )
    made: Desk = g.desk
    return made


def _links() -> Iterator[DeskLink]:
    shown = [
        _link(endpoint, str(words), icon)
        for endpoint, words, icon, permission in _WORK
        if endpoint in current_app.view_functions and _may(permission)
    ]
    # Where one address begins with another, the longer one is where the person is.
    current = max((link.url for link in shown if link.is_current), key=len, default="")
    for link in shown:
        yield replace(link, is_current=link.url == current)


def _own_links() -> Iterator[DeskLink]:
    """What everybody who is signed in has."""
    yield _link("accounts.account", _("Mật khẩu, phiên làm việc"), "lock")
    if "organiser.handbook" in current_app.view_functions:
        yield _link("organiser.handbook", _("Sổ tay hướng dẫn"), "book")


def _link(endpoint: str, label: str, icon: str) -> DeskLink:
    url = url_for(endpoint)
    here = request.path
    # The overview is the beginning of every other address, so it is current only when it is the page itself.
    is_current = here == url or (url != "/manage" and here.startswith(f"{url}/"))
    count = _counts[endpoint]() if endpoint in _counts else 0
    return DeskLink(label, url, icon, is_current, count)


def _may(permission: Permission) -> bool:
    return bool(current_user.can(permission))
