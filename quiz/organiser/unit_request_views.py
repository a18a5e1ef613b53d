"""/manage/c/<slug>/unit-requests: people who have started and ask for another unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import StringField

from quiz.accounts.permissions import Permission
from quiz.accounts.queries import names_of
from quiz.attempts.queries import count_attempts_by_round
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.core import clock
from quiz.entries.models import Entry, UnitRequest
from quiz.entries.unit_queries import browse_open_requests, list_decided_requests
from quiz.organiser.help_forms import REASON
from quiz.organiser.views import bp, contest_or_404, may
from quiz.standings import unit_changes
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor
from quiz.web.paging import asked_page, pages


@dataclass(frozen=True, slots=True)
class UnitRequestLine:
    """A request: who, from where to where, why; and what was decided."""

    id: int
    entry_id: int
    name: str
    from_unit: str
    to_unit: str
    reason: str
    asked_at: datetime
    attempts: int
    is_approved: bool
    answer: str
    decided_at: datetime | None
    who: str


class DecisionForm(BaseForm):
    """Why the requests are approved or refused; the entrants read it."""

    reason = StringField(_l("Lý do"), REASON)


@bp.get("/c/<slug>/unit-requests")
@needs(Permission.SEE_CONTESTS)
def unit_requests(slug: str) -> str:
    """Requests that wait, the oldest first, and those that were decided."""
    return _page(contest_or_404(slug))


@bp.post("/c/<slug>/unit-requests")
@needs(Permission.JUDGE_ENTRIES)
def decide_unit_requests(slug: str) -> Response | tuple[str, int]:
    """Approve or refuse all requests that were ticked."""
    contest, form = contest_or_404(slug), DecisionForm()
    chosen = [int(text) for text in request.form.getlist("request") if text.isdecimal()]
    verdict = request.form.get("verdict", "")
    if not chosen or verdict not in ("approve", "refuse"):
        return _page(contest, _("chưa chọn yêu cầu nào.")), 422
    if not form.validate():
        return _page(contest, _("Lý do: %(error)s", error=form.reason.errors[0])), 422
    decided = unit_changes.decide(
        contest,
        chosen,
        approve=verdict == "approve",
        reason=form.reason.data or "",
        actor=staff_actor(),
        now=clock.now(),
    )
    if decided.passed_over:
        flash(
            ngettext(
                "Bỏ qua %(num)s yêu cầu: đã xử lý hoặc người gửi không còn dự thi.",
                "Bỏ qua %(num)s yêu cầu: đã xử lý hoặc người gửi không còn dự thi.",
                decided.passed_over,
            ),
            "warning",
        )
    if decided.done:
        flash(ngettext("Đã xử lý %(num)s yêu cầu.", "Đã xử lý %(num)s yêu cầu.", decided.done), "success")
    return redirect(url_for(".unit_requests", slug=slug), code=303)


def _page(contest: Contest, refusal: str = "") -> str:
    found = browse_open_requests(contest.id, asked_page())
    decided = list_decided_requests(contest.id)
    units = {unit.id: unit for unit in contests.list_units(contest.id)}
    staff = names_of(one.staff_id for one, _entry in decided if one.staff_id is not None)
    counts = count_attempts_by_round(contest.id, [entry.id for _one, entry in found.rows])
    attempts: dict[int, int] = {}
    for (entry_id, _number), count in counts.items():
        attempts[entry_id] = attempts.get(entry_id, 0) + count
    return render_template(
        "organiser/unit_requests.html",
        contest=contest,
        lines=[_line(one, entry, units, attempts.get(entry.id, 0), staff) for one, entry in found.rows],
        decided=[_line(one, entry, units, 0, staff) for one, entry in decided],
        total=found.total,
        refusal=refusal,
        may_decide=may(Permission.JUDGE_ENTRIES),
        pages=pages(found.page, found.pages, slug=contest.slug),
    )


def _line(
    one: UnitRequest,
    entry: Entry,
    units: Mapping[int, ContestUnit],
    attempts: int,
    staff: Mapping[int, str],
) -> UnitRequestLine:
    return UnitRequestLine(
        id=one.id,
        entry_id=entry.id,
        name=entry.name,
        from_unit=_unit(units, one.from_unit_id),
        to_unit=_unit(units, one.to_unit_id),
        reason=one.reason,
        asked_at=one.asked_at,
        attempts=attempts,
        is_approved=one.decision == unit_changes.APPROVED,
        answer=one.answer or "",
        decided_at=one.decided_at,
        who=staff.get(one.staff_id or 0, ""),
    )


def _unit(units: Mapping[int, ContestUnit], unit_id: int | None) -> str:
    """The unit and the one above it: communes of different districts have the same name."""
    unit = units.get(unit_id) if unit_id is not None else None
    if unit is None:
        return _("Không thuộc đơn vị nào")
    above = units.get(unit.parent_id) if unit.parent_id is not None else None
    return f"{unit.name} ({above.name})" if above else unit.name
