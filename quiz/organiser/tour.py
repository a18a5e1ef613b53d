"""First steps through the demo: a card on the organisers' first page, which a person can put away."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.organiser.pages import ContestLine
from quiz.organiser.views import bp
from quiz.web.guards import needs

DEMO = "dai-hoi-xvi"  # the contest of the demo: one round published, one open, one to come
_FILE = "demo/banks/lang-son.gift.txt"
_COOKIE, _KEPT = "tour", 365 * 24 * 3600
_AWAY = "away"


@dataclass(frozen=True, slots=True)
class TourStep:
    """Where to go and what to look at there."""

    words: Any
    see: Any
    endpoint: str
    values: dict[str, Any]

    @property
    def url(self) -> str:
        """The page of the step."""
        return url_for(self.endpoint, **self.values)


STEPS = (
    TourStep(
        _l("Xem vòng đang mở"),
        _l("Số người đang làm bài, lượt thi theo giờ, đơn vị dẫn đầu và những việc đang chờ."),
        "organiser.contest",
        {"slug": DEMO, "round": 2},
    ),
    TourStep(
        _l("Nhập câu hỏi từ tệp"),
        _l("Chọn tệp %(file)s: mọi câu hiện ra như đã hiểu, chưa có gì được lưu.", file=_FILE),
        "bank.upload",
        {"slug": "lich-su-dai-hoi"},
    ),
    TourStep(
        _l("Mở vòng kế tiếp"),
        _l("“Điều kiện để mở” so ma trận đề với ngân hàng; “Mở ngay” nói trước điều sẽ xảy ra."),
        "organiser.contest",
        {"slug": DEMO, "round": 3},
    ),
    TourStep(
        _l("Đóng, chốt, công bố"),
        _l("Ở vòng đang mở, bấm “Đóng vòng”, rồi “Chốt kết quả”, rồi công bố. Mỗi bước hỏi lại bằng con số."),
        "organiser.contest",
        {"slug": DEMO, "round": 2},
    ),
    TourStep(
        _l("Xem bảng xếp hạng như người dân thấy"),
        _l("Vòng đã công bố: bảng cá nhân với tên đã che, bảng đơn vị."),
        "standings.people",
        {"slug": DEMO, "round": 1},
    ),
    TourStep(
        _l("Chiếu lên màn hình lớn"),
        _l("Các cảnh tự đổi, tự cập nhật; đặt trình duyệt toàn màn hình để chiếu ở hội trường."),
        "screens.display",
        {"slug": DEMO},
    ),
)


@dataclass(frozen=True, slots=True)
class Tour:
    """The steps, or only the way back to them."""

    steps: tuple[TourStep, ...]
    is_away: bool


def tour_of(contests: tuple[ContestLine, ...]) -> Tour | None:
    """The tour where the demo is loaded, never in production."""
    if current_app.config["SETTINGS"].is_production:
        return None
    if not any(line.slug == DEMO and len(line.rounds) >= 3 for line in contests):
        return None
    steps = tuple(step for step in STEPS if _may(step.endpoint))
    return Tour(steps, request.cookies.get(_COOKIE) == _AWAY)


def _may(endpoint: str) -> bool:
    right = getattr(current_app.view_functions.get(endpoint), "needs_permission", None)
    return right is None or bool(current_user.can(right))


@bp.post("/tour")
@needs(Permission.SEE_CONTESTS)
def keep_tour() -> Response:
    """Put the steps away for this browser, or bring them back."""
    reply = redirect(url_for(".home"), code=303)
    if request.form.get("tour") == _AWAY:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        reply.set_cookie(_COOKIE, _AWAY, max_age=_KEPT, secure=secure, httponly=True, samesite="Lax")
    else:
        reply.delete_cookie(_COOKIE)
    return reply


@bp.context_processor
def offer_tour() -> dict[str, Any]:
    """For the first page, which asks once it knows the contests."""
    return {"tour_of": tour_of}
