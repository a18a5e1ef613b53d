"""/c/<slug>/unit: one's own unit; changed freely before the first start, asked for afterwards."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.pages import contact_of
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries import queries, unit_choice, unit_queries
from quiz.entries.forms import OUTSIDE
from quiz.entries.models import Entry, UnitRequest
from quiz.entries.pages import unit_groups
from quiz.entries.unit_pages import RequestLine, UnitPage, search_units, unit_trail
from quiz.entries.views import bp, units_to_choose
from quiz.limits.deeds import Deed
from quiz.web.entrants import entrant_id
from quiz.web.forms import BaseForm
from quiz.web.labels import add_messages, domain_message
from quiz.web.limiting import limited

add_messages(
    {
        "unit_is_that": _l("đang ở đơn vị này rồi. Chọn đơn vị khác."),
        "unit_reason_needed": _l("chưa ghi lý do. Viết ngắn vì sao cần đổi."),
        "unit_request_waits": _l("Yêu cầu vừa được gửi từ máy khác. Tải lại trang để xem."),
        "too_many_unit_requests": _l("Đã gửi nhiều yêu cầu đổi đơn vị. Gọi Ban Tổ chức để được giúp."),
        "units_are_final": _l("Kết quả đã công bố, không đổi đơn vị được nữa."),
        "entry_not_active": _l("Lượt đăng ký này không còn dự thi. Liên hệ Ban Tổ chức để biết lý do."),
    }
)
_OF_REASON = {"unit_reason_needed"}


class UnitForm(BaseForm):
    """Another unit, and why."""

    unit = SelectField(_l("Đơn vị mới"), validate_choice=False)
    reason = TextAreaField(
        _l("Lý do"),
        [Length(max=unit_choice.MOST_WORDS, message=_l("dài quá; nhiều nhất %(max)d ký tự."))],
    )


@bp.get("/unit")
def unit(slug: str) -> Response | str:
    """The unit, and the form to change it or to ask for another."""
    contest, entry = _contest_and_entry(slug)
    if entry is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    return _page(contest, entry, UnitForm(formdata=None))


@bp.post("/unit")
@limited(Deed.ASK)
def change_unit(slug: str) -> Response | str | tuple[str, int]:
    """Change it, or send the request; the button of the search without JavaScript only narrows the list."""
    contest, entry = _contest_and_entry(slug)
    if entry is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    form = UnitForm()
    if request.form.get("step") == "find":
        return _page(contest, entry, form)
    units = {one.code: one for one in units_to_choose(contest)}
    chosen = form.unit.data or ""
    if not form.validate() or (chosen not in units and chosen != OUTSIDE):
        if chosen not in units:
            form.unit.errors = [_("chưa chọn đơn vị.")]
        return _page(contest, entry, form), 422
    wanted = units[chosen].id if chosen in units else None
    try:
        is_done = unit_choice.choose_unit(
            contest, entry.id, wanted, reason=form.reason.data or "", now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        field = form.reason if error.code in _OF_REASON else form.unit
        field.errors = [domain_message(error)]
        return _page(contest, entry, form), error.status
    flash(_("Đã đổi đơn vị.") if is_done else _("Đã gửi yêu cầu đổi đơn vị."), "success")
    return redirect(url_for(".unit", slug=slug), code=303)


@bp.post("/unit/withdraw")
@limited(Deed.ASK)
def withdraw_request(slug: str) -> Response:
    """Take the request back."""
    contest, entry = _contest_and_entry(slug)
    if entry is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    unit_choice.withdraw(contest, entry.id, now=clock.now())
    flash(_("Đã rút yêu cầu đổi đơn vị."), "success")
    return redirect(url_for(".unit", slug=slug), code=303)


def _contest_and_entry(slug: str) -> tuple[Contest, Entry | None]:
    """The contest, if it asks for a unit, and the entry that this browser acts for. Raises NotFound."""
    contest = contests.get_public_contest(slug)
    if not contest.entry.asks("unit"):
        raise NotFound("unit")
    known = entrant_id(contest.id)
    return contest, queries.find_entry(contest.id, known) if known else None


def _page(contest: Contest, entry: Entry, form: UnitForm) -> str:
    units = contests.list_units(contest.id)
    by_id = {one.id: one for one in units}
    own = by_id.get(entry.unit_id) if entry.unit_id is not None else None
    search = search_units(unit_groups(units, contest.entry), request.form.get("unit_q", "")[:80])
    form.unit.data = search.only or form.unit.data
    lines = [_line(one, by_id) for one in unit_queries.list_requests_of(contest.id, entry.id)]
    page = UnitPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        name=entry.name,
        unit=own.name if own else None,
        trail=unit_trail(units, own),
        fixed_at=entry.unit_fixed_at,
        waiting=next((line for line in lines if line.state == "open"), None),
        past=tuple(line for line in lines if line.state != "open"),
        search=search,
        unit_outside="" if contest.entry.requires("unit") else _("Không thuộc đơn vị nào"),
        is_closed=all(one.state == RoundState.PUBLISHED.value for one in contests.list_rounds(contest)),
    )
    return render_template("entries/unit.html", page=page, form=form)


def _line(one: UnitRequest, units: Mapping[int, ContestUnit]) -> RequestLine:
    wanted = units.get(one.to_unit_id or 0)
    return RequestLine(
        at=one.asked_at,
        unit=wanted.name if wanted else _("Không thuộc đơn vị nào"),
        reason=one.reason,
        state=one.decision or "open",
        answer=one.answer or "",
        decided_at=one.decided_at,
    )
