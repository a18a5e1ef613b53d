"""/manage/c/<slug>/rounds/<n>/actual: the predicted number is counted once more, before publication."""

from decimal import Decimal, InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.accounts.permissions import Permission
from quiz.contests.labels import TARGETS
from quiz.contests.models import Contest
from quiz.contests.queries import get_round
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.organiser.views import bp, contest_or_404
from quiz.standings.counting_again import Counted, count_again, preview
from quiz.standings.moves import moves_with
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import add_messages, domain_message

_NO_NUMBER = Decimal(-1)  # nothing that was seen: never equal to a count

add_messages(
    {
        "round_predicts_nothing": _l("Vòng này không có câu dự đoán."),
        "number_is_not_frozen": _l("Chỉ tính lại được số thực tế sau khi chốt và trước khi công bố kết quả."),
        "number_moved": _l("Số tính lại vừa thay đổi. Xem lại rồi xác nhận lần nữa."),
    }
)


class CountForm(BaseForm):
    """Why the number is counted again."""

    reason = StringField(
        _l("Lý do"),
        [
            InputRequired(_l("cần ghi lý do.")),
            Length(max=500, message=_l("dài quá; nhiều nhất 500 ký tự.")),
        ],
    )


@bp.get("/c/<slug>/rounds/<int:number>/actual")
@needs(Permission.PUBLISH)
def actual_page(slug: str, number: int) -> str | tuple[str, int]:
    """The frozen number, what it would be now, and the form."""
    return _page(contest_or_404(slug), number, CountForm(formdata=None))


@bp.post("/c/<slug>/rounds/<int:number>/actual")
@needs(Permission.PUBLISH)
def count_actual(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Fix the number as it was shown, and rank everybody by it."""
    contest, form = contest_or_404(slug), CountForm()
    if not form.validate():
        page = _page(contest, number, form)
        return page if isinstance(page, tuple) else (page, 422)
    try:
        counted = count_again(
            contest,
            number,
            seen=_seen(),
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        page = _page(contest_or_404(slug), number, form, domain_message(error))
        return page if isinstance(page, tuple) else (page, error.status)
    flash(_("Đã chốt lại số thực tế là %(number)s và xếp hạng lại.", number=_shown(counted.now)), "success")
    return redirect(url_for(".contest", slug=slug, round=number), code=303)


def _seen() -> Decimal:
    try:
        return Decimal(request.form.get("seen", ""))
    except InvalidOperation:
        return _NO_NUMBER


def _page(contest: Contest, number: int, form: CountForm, refusal: str = "") -> str | tuple[str, int]:
    round_ = get_round(contest, number)
    counted: Counted | None = None
    try:
        counted = preview(contest, number)
    except DomainError as error:
        refusal = domain_message(error)
    prediction = round_.settings.prediction
    text = render_template(
        "organiser/actual.html",
        contest=contest,
        round=round_,
        target=TARGETS[prediction.target] if prediction else "",
        counted=counted,
        moves=moves_with(contest, round_, counted.now) if counted and counted.now != counted.frozen else None,
        shown=_shown,
        form=form,
        refusal=refusal,
    )
    return text if counted else (text, 409)


def _shown(number: Decimal) -> str:
    """3195 as 3.195, 87.65432 as 87,65432."""
    whole, _point, part = f"{number:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped
