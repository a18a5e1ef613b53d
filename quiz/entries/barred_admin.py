"""/manage/c/<slug>/barred: who may not enter, and entrants who look like one of them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.entries import barring, list_queries
from quiz.entries.barred_reading import BarredRow, read_barred, read_typed
from quiz.entries.labels import listed_birth
from quiz.entries.limits import local_date
from quiz.entries.list_forms import AdmitForm, BarredForm
from quiz.entries.people_sheets import Reading
from quiz.entries.people_tables import ListProblem
from quiz.entries.samples import BARRED
from quiz.web import uploads
from quiz.web.guards import keyring, needs, staff_actor

bp = Blueprint("barred", __name__, url_prefix="/manage/c/<slug>/barred")


@bp.get("/sample.csv")
@needs(Permission.EDIT_CONTESTS)
def sample(slug: str) -> Response:
    """A small list to start from."""
    contests.get_contest(slug)
    response = Response(BARRED, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="mau-khong-duoc-du-thi.csv")
    return response


@bp.get("")
@needs(Permission.EDIT_CONTESTS)
def people(slug: str) -> str:
    """The list, entrants who share a phone or a name with it, and the form for more."""
    return _page(contests.get_contest(slug), BarredForm(formdata=None))


@bp.post("")
@needs(Permission.EDIT_CONTESTS)
@uploads.takes_files
def add(slug: str) -> Response | tuple[str, int]:
    """Put people on the list, typed or from a file; with any error nobody is."""
    contest, form = contests.get_contest(slug), BarredForm()
    is_valid = form.validate()
    reading = _given(contest, form)
    if not is_valid or reading is None or reading.has_errors:
        return _page(contest, form, reading.problems if reading else ()), 422
    added = barring.bar(
        contest,
        reading.rows,
        reason=form.reason.data or "",
        actor=staff_actor(),
        now=clock.now(),
        keyring=keyring(),
    )
    if added:
        flash(ngettext("Đã thêm %(num)s người.", "Đã thêm %(num)s người.", added), "success")
    else:
        flash(_("Những người này đã có trong danh sách."), "info")
    return redirect(url_for(".people", slug=slug), code=303)


@bp.post("/<int:barred_id>/admit")
@needs(Permission.EDIT_CONTESTS)
def admit(slug: str, barred_id: int) -> Response | tuple[str, int]:
    """Take somebody off the list."""
    contest, form = contests.get_contest(slug), AdmitForm()
    list_queries.get_barred(contest.id, barred_id)
    if not form.validate():
        flash(_("Chưa bỏ: ghi lý do rồi làm lại."), "danger")
        return _page(contest, BarredForm(formdata=None)), 422
    barring.admit(contest, barred_id, reason=form.reason.data or "", actor=staff_actor(), now=clock.now())
    flash(_("Đã bỏ khỏi danh sách; người này dự thi được."), "success")
    return redirect(url_for(".people", slug=slug), code=303)


def _given(contest: Contest, form: BarredForm) -> Reading[BarredRow] | None:
    """What was typed or is in the file; None, with the error at the field, where there is neither."""
    today = local_date(clock.now(), contest.settings.timezone)
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        return read_barred(file.read(), today)
    if form.typed.data:
        return read_typed(form.typed.data, today)
    form.typed.errors = [_("chưa nhập ai, cũng chưa chọn tệp.")]
    return None


def _page(contest: Contest, form: BarredForm, problems: tuple[ListProblem, ...] = ()) -> str:
    return render_template(
        "entries/barred.html",
        contest=contest,
        rows=list_queries.list_barred(contest.id),
        born=listed_birth,
        alike=list_queries.list_entries_of_barred(contest.id),
        staff=list_queries.list_entries_of_staff(contest.id),
        form=form,
        admit=AdmitForm(formdata=None),
        problems=problems,
    )
