"""Numbers of units from a file: from choosing it to saving."""

import io
from datetime import date

import xlsxwriter
from flask import Response, redirect, render_template, send_file, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Reply

from quiz.accounts.permissions import Permission
from quiz.collective.admin import bp, categories, list_page, list_words, offer, rounds, save, told
from quiz.collective.fact_reading import (
    ATTEMPTS,
    CODE,
    MERIT,
    PEOPLE,
    REASON,
    TITLES,
    people_title,
    read_facts,
)
from quiz.collective.forms import FactsFileForm, SaveFactsForm
from quiz.collective.values import CONTEST_LIST, EVERYBODY, UnitFact
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.entries.people_sheets import Reading
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import needs

_SHOWN = 200


@bp.post("")
@needs(Permission.EDIT_CONTESTS)
@uploads.takes_files
def upload(slug: str) -> Reply | tuple[str, int]:
    """Read a file and show what it says; nothing is saved yet."""
    contest = contests.get_contest(slug)
    form = FactsFileForm()
    offer(contest, form)
    if not form.validate():
        return list_page(contest, form), 422
    data, name = form.file.data.read(), given_name(form.file.data)
    reading = _read(contest, data)
    fields = {"as_of": form.as_of.data.isoformat(), "round": str(form.target_round.data)}
    fields["merit_list"] = form.merit_list.data
    if reading.has_errors:
        return _preview_page(contest, reading, name, fields), 422
    token = uploads.keep(
        data, name, purpose=_purpose(contest), staff_id=current_user.id, now=clock.now(), fields=fields
    )
    return redirect(url_for(".preview", slug=slug, token=token), code=303)


@bp.get("/import/<token>")
@needs(Permission.EDIT_CONTESTS)
def preview(slug: str, token: str) -> str:
    """What the file says."""
    contest = contests.get_contest(slug)
    kept = _kept_or_404(contest, token)
    return _preview_page(contest, _read(contest, kept.data), kept.name, kept.fields, token)


@bp.post("/import/<token>")
@needs(Permission.EDIT_CONTESTS)
def confirm(slug: str, token: str) -> Reply:
    """Save what was shown."""
    contest = contests.get_contest(slug)
    kept = _kept_or_404(contest, token)
    fields = kept.fields
    facts = _read(contest, kept.data).rows
    saved = save(contest, facts, fields["round"], fields["as_of"], fields.get("merit_list", CONTEST_LIST))
    uploads.discard(token)
    told(saved)
    return redirect(url_for(".numbers", slug=slug), code=303)


@bp.get("/template.xlsx")
@needs(Permission.EDIT_CONTESTS)
def template(slug: str) -> Response:
    """All units with their codes as text and empty cells to fill."""
    contest = contests.get_contest(slug)
    groups = [people_title(name) for name in categories(contest).values()]
    titles = [TITLES[CODE], "Tên đơn vị", TITLES[EVERYBODY], *groups]
    titles += [TITLES[one] for one in (PEOPLE, ATTEMPTS, MERIT, REASON)]
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Số liệu đơn vị")
        as_text = book.add_format({"num_format": "@"})
        sheet.set_column(0, 0, 16, as_text)
        sheet.set_column(1, 1, 44, as_text)
        sheet.set_column(2, len(titles) - 1, 16)
        sheet.write_row(0, 0, titles, book.add_format({"bold": True, "text_wrap": True}))
        sheet.freeze_panes(1, 2)
        for row, unit in enumerate(contests.list_units(contest.id), start=1):
            sheet.write_string(row, 0, unit.code, as_text)
            sheet.write_string(row, 1, unit.name, as_text)
            if unit.headcount is not None:
                sheet.write_number(row, 2, unit.headcount)
    file.seek(0)
    return send_file(file, as_attachment=True, download_name="so-lieu-don-vi.xlsx")


def _read(contest: Contest, data: bytes) -> Reading[UnitFact]:
    names = {unit.code: unit.name for unit in contests.list_units(contest.id)}
    return read_facts(data, names, categories(contest))


def _purpose(contest: Contest) -> str:
    return f"unit-numbers-{contest.id}"


def _kept_or_404(contest: Contest, token: str) -> uploads.Kept:
    return uploads.get_kept(token, purpose=_purpose(contest), staff_id=current_user.id, now=clock.now())


def _preview_page(
    contest: Contest, reading: Reading[UnitFact], name: str, fields: dict[str, str], token: str = ""
) -> str:
    units = {unit.code: unit for unit in contests.list_units(contest.id)}
    return render_template(
        "collective/preview.html",
        contest=contest,
        reading=reading,
        units=units,
        categories=categories(contest),
        name=name,
        token=token,
        as_of=date.fromisoformat(fields["as_of"]),
        round_name=dict(rounds(contest)).get(int(fields["round"]), ""),
        merit_list=list_words(fields.get("merit_list", CONTEST_LIST)),
        shown=_SHOWN,
        form=SaveFactsForm(formdata=None),
    )
