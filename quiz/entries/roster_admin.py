"""/manage/c/<slug>/roster: who may enter, from choosing a file to saving."""

import io

import xlsxwriter
from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Reply

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.entries import list_queries, rosters
from quiz.entries.labels import listed_birth
from quiz.entries.limits import local_date
from quiz.entries.list_forms import ListFileForm, SaveRosterForm
from quiz.entries.people_sheets import TITLES, Reading
from quiz.entries.roster_reading import RosterRow, read_roster
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import keyring, needs, staff_actor
from quiz.web.paging import asked_page, pages

bp = Blueprint("rosters", __name__, url_prefix="/manage/c/<slug>/roster")

_SHOWN = 200


@bp.get("")
@needs(Permission.EDIT_CONTESTS)
def roster(slug: str) -> str:
    """The list with who has entered, and the form for a file."""
    return _roster_page(contests.get_contest(slug), ListFileForm(formdata=None))


@bp.post("")
@needs(Permission.EDIT_CONTESTS)
@uploads.takes_files
def upload(slug: str) -> Reply | tuple[str, int]:
    """Read a file and show what it would change; nothing is saved yet."""
    contest, form = contests.get_contest(slug), ListFileForm()
    if not form.validate():
        return _roster_page(contest, form), 422
    data, name = form.file.data.read(), given_name(form.file.data)
    reading = _read(contest, data)
    if reading.has_errors:
        return _preview_page(contest, reading, name), 422
    token = uploads.keep(data, name, purpose=_purpose(contest), staff_id=current_user.id, now=clock.now())
    return redirect(url_for(".preview", slug=slug, token=token), code=303)


@bp.get("/import/<token>")
@needs(Permission.EDIT_CONTESTS)
def preview(slug: str, token: str) -> str:
    """What the file would change."""
    contest = contests.get_contest(slug)
    kept = _kept_or_404(contest, token)
    return _preview_page(contest, _read(contest, kept.data), kept.name, token)


@bp.post("/import/<token>")
@needs(Permission.EDIT_CONTESTS)
def confirm(slug: str, token: str) -> Reply:
    """Save what was shown."""
    contest, form = contests.get_contest(slug), SaveRosterForm()
    kept = _kept_or_404(contest, token)
    rows = _read(contest, kept.data).rows
    plan = rosters.save_roster(
        contest,
        rows,
        removes_gone=bool(form.remove_gone.data),
        actor=staff_actor(),
        now=clock.now(),
        keyring=keyring(),
    )
    uploads.discard(token)
    flash(
        _(
            "Đã lưu danh sách: thêm %(added)s, đổi %(changed)s người.",
            added=len(plan.added),
            changed=len(plan.changed),
        ),
        "success",
    )
    return redirect(url_for(".roster", slug=slug), code=303)


@bp.get("/template.xlsx")
@needs(Permission.EDIT_CONTESTS)
def template(slug: str) -> Response:
    """An empty sheet with the columns, all of them text: codes keep their zeros."""
    contests.get_contest(slug)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        as_text = book.add_format({"num_format": "@"})
        sheet.set_column(0, 0, 16, as_text)
        sheet.set_column(1, 1, 30, as_text)
        sheet.set_column(2, 2, 14, as_text)
        sheet.set_column(3, 3, 40, as_text)
        titles = [TITLES[name] for name in ("code", "name", "birth_date", "unit")]
        sheet.write_row(0, 0, titles, book.add_format({"bold": True, "num_format": "@"}))
    file.seek(0)
    return send_file(file, as_attachment=True, download_name="danh-sach.xlsx")


def _read(contest: Contest, data: bytes) -> Reading[RosterRow]:
    reading = read_roster(data, local_date(clock.now(), contest.settings.timezone))
    unknown = rosters.unit_problems(contest, reading.rows)
    return Reading(reading.rows, tuple(sorted((*reading.problems, *unknown), key=lambda one: one.line)))


def _purpose(contest: Contest) -> str:
    return f"roster-{contest.id}"


def _kept_or_404(contest: Contest, token: str) -> uploads.Kept:
    return uploads.get_kept(token, purpose=_purpose(contest), staff_id=current_user.id, now=clock.now())


def _roster_page(contest: Contest, form: ListFileForm) -> str:
    q = request.args.get("q", "").strip()[:80]
    found = list_queries.browse_roster(contest.id, q, asked_page())
    return render_template(
        "entries/roster.html",
        contest=contest,
        found=found,
        born=listed_birth,
        count=list_queries.count_roster(contest.id),
        entered=len(list_queries.entered_of(contest.id)),
        form=form,
        q=q,
        pages=pages(found.page, found.pages, slug=contest.slug, q=q),
    )


def _preview_page(contest: Contest, reading: Reading[RosterRow], name: str, token: str = "") -> str:
    return render_template(
        "entries/roster_preview.html",
        contest=contest,
        reading=reading,
        plan=None if reading.has_errors else rosters.plan_roster(contest, reading.rows),
        name=name,
        token=token,
        born=listed_birth,
        shown=_SHOWN,
        form=SaveRosterForm(formdata=None),
    )
