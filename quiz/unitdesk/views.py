"""The unit's own pages: figures, who has not taken part, its headcount, the weekly report, files."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Reply

from quiz.accounts.permissions import Permission
from quiz.collective import queries, service
from quiz.collective.labels import HEADCOUNT_STATES
from quiz.collective.values import HeadcountState
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.privacy.disclosure import note_absent_file
from quiz.unitdesk import sheets
from quiz.unitdesk.absent import WHOLE, absent_page
from quiz.unitdesk.choosing import Place, find_place, get_place
from quiz.unitdesk.forms import ProposeForm
from quiz.unitdesk.pages import NoContest
from quiz.unitdesk.reporting import WeekReport, week_report
from quiz.unitdesk.showing import unit_desk
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.paging import asked_page, pages

bp = Blueprint("unitdesk", __name__)

_ENDINGS = {"xlsx": sheets.XLSX, "csv": "text/csv"}


@bp.get("/unit")
@needs(Permission.SEE_OWN_UNIT)
def home() -> str:
    """The account's unit, or with ?unit= one below it, in one round of one contest."""
    page = unit_desk(current_user, *_asked(), clock.now())
    if isinstance(page, NoContest):
        return _no_contest()
    return render_template("unitdesk/home.html", page=page)


@bp.get("/unit/figures.<ending>")
@needs(Permission.SEE_OWN_UNIT)
def figures(ending: str) -> Response:
    """The figures of the page as a workbook, or the units below as CSV."""
    page = unit_desk(current_user, *_asked(), clock.now())
    if isinstance(page, NoContest) or page.round is None or ending not in _ENDINGS:
        abort(404)
    below, days = sheets.figure_sheets(page)
    data = sheets.workbook(below, days) if ending == "xlsx" else sheets.comma_separated(below)
    return _file(data, f"don-vi-vong-{page.round.number}.{ending}")


@bp.get("/unit/absent")
@needs(Permission.SEE_OWN_UNIT)
def absent() -> str:
    """People of the unit's roster who have not taken part in the round."""
    place, q = _find_place(), request.args.get("q", "").strip()[:80]
    if place is None or place.round_ is None:
        return _no_contest()
    page = absent_page(place, place.round_, q=q, page=asked_page(), now=clock.now())
    kept: dict[str, Any] = {
        "contest": place.contest.slug,
        "round": place.round_.number,
        "unit": place.code or "",
        "q": q,
    }
    return render_template(
        "unitdesk/absent.html", page=page, place=place, q=q, pages=pages(page.page, page.pages, **kept)
    )


@bp.post("/unit/absent.<ending>")
@needs(Permission.SEE_OWN_UNIT)
def absent_file(ending: str) -> Response:
    """The same people as a file; the log says who took it."""
    place, q, now = _place(), request.args.get("q", "").strip()[:80], clock.now()
    if ending not in _ENDINGS or place.round_ is None:
        abort(404)
    page = absent_page(place, place.round_, q=q, page=WHOLE, now=now)
    if page.note:
        abort(404)
    note_absent_file(place.contest, place.unit.code, len(page.lines), actor=staff_actor(), now=now)
    sheet = sheets.absent_sheet(page, now)
    data = sheets.workbook(sheet) if ending == "xlsx" else sheets.comma_separated(sheet)
    return _file(data, f"chua-du-thi-vong-{place.round_.number}.{ending}")


@bp.get("/unit/report")
@needs(Permission.SEE_OWN_UNIT)
def report() -> str:
    """The weekly report, to read and to print."""
    place = _find_place()
    if place is None or place.round_ is None:
        return _no_contest()
    return render_template("unitdesk/report.html", report=_report(place), place=place)


@bp.get("/unit/report.<ending>")
@needs(Permission.SEE_OWN_UNIT)
def report_file(ending: str) -> Response:
    """The weekly report as a file."""
    if ending not in _ENDINGS:
        abort(404)
    found = _report(_place())
    sheet = sheets.report_sheet(found)
    data = sheets.workbook(sheet) if ending == "xlsx" else sheets.comma_separated(sheet)
    return _file(data, f"bao-cao-tuan-{found.monday.isoformat()}.{ending}")


@bp.get("/unit/headcount")
@needs(Permission.SEE_OWN_UNIT)
def headcount() -> str:
    """The unit's headcount, where it comes from, and the form for another."""
    place = _find_place()
    return _headcount_page(place, ProposeForm(formdata=None)) if place else _no_contest()


@bp.post("/unit/headcount")
@needs(Permission.SEE_OWN_UNIT)
def propose() -> Reply | tuple[str, int]:
    """Propose a headcount of the account's own unit or of one below it."""
    place, form = _place(), ProposeForm()
    people = form.number()
    if people is None:
        return _headcount_page(place, form), 422
    try:
        service.propose_headcount(
            place.contest,
            place.unit.code,
            people,
            as_of=form.as_of.data,
            note=form.note.data or "",
            staff_id=current_user.id,
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        form.as_of.errors = [domain_message(error)]
        return _headcount_page(place, form), 422
    flash(_("Đã gửi Ban Tổ chức. Số này được tính sau khi duyệt."), "success")
    where: dict[str, Any] = {"contest": place.contest.slug, "unit": place.code}
    return redirect(url_for(".headcount", **where), code=303)


def _asked() -> tuple[str | None, int | None, str | None]:
    return request.args.get("contest"), request.args.get("round", type=int), request.args.get("unit")


def _find_place() -> Place | None:
    return find_place(current_user, *_asked(), clock.now())


def _no_contest() -> str:
    return render_template("unitdesk/no_contest.html", page=NoContest(current_user.name))


def _place() -> Place:
    return get_place(current_user, *_asked(), clock.now())


def _report(place: Place) -> WeekReport:
    try:
        monday = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        monday = None
    return week_report(place, monday, clock.now())


def _headcount_page(place: Place, form: ProposeForm) -> str:
    history = queries.list_history(place.contest.id, place.unit.id)
    return render_template(
        "unitdesk/headcount.html",
        place=place,
        form=form,
        history=[row for row in history if not row.category],
        states={row.id: HEADCOUNT_STATES[HeadcountState(row.state)] for row in history},
    )


def _file(data: bytes, name: str) -> Response:
    reply = Response(data, mimetype=_ENDINGS[name.rpartition(".")[2]])
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    reply.headers["Cache-Control"] = "no-store"
    return reply
