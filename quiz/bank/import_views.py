"""/manage/banks/<slug>/import: a file of questions from choosing to saving, which is the last click."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from question_bank.formats import FORMATS
from question_bank.limits import MAX_FILE_BYTES
from question_bank.reading import read
from question_bank.values import Report
from quiz.accounts.permissions import Permission
from quiz.bank import queries, service
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.forms import ConfirmForm, FileForm
from quiz.bank.models import Bank
from quiz.bank.pages import Tab, import_page
from quiz.bank.planning import ImportPlan
from quiz.bank.problem_sheets import problem_sheet
from quiz.core import clock
from quiz.core.caches import new_cache
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import needs, staff_actor
from quiz.web.paging import asked_page, pages

_TABS = {tab.value: tab for tab in Tab}
_MOST_REPORTS = 4
_reports: dict[str, Report] = new_cache()  # turning the pages of a preview should not read the file again


@bp.route("/<slug>/import", methods=["GET", "POST"])
@needs(Permission.EDIT_BANKS)
@uploads.takes_files
def upload(slug: str) -> AnyResponse | str | tuple[str, int]:
    """Choose a file; what can be read of it is kept for the preview."""
    bank, form = bank_or_404(slug), FileForm()
    if request.method == "GET":
        return _upload_page(bank, FileForm(formdata=None))
    if not form.validate():
        return _upload_page(bank, form), 422
    data, name = form.file.data.read(), given_name(form.file.data)
    report = read(data, name)
    if report.refused and not any(problem.number for problem in report.problems):
        return _upload_page(bank, form, report), 422
    token = uploads.keep(data, name, purpose=_purpose(bank), staff_id=current_user.id, now=clock.now())
    _remember(token, report)
    return redirect(url_for(".preview", slug=slug, token=token), code=303)


@bp.get("/<slug>/import/<token>")
@needs(Permission.EDIT_BANKS)
def preview(slug: str, token: str) -> str:
    """What was understood of every question, what is wrong, what is there already, what is much alike."""
    bank = bank_or_404(slug)
    kept, plan = _planned(bank, token)
    stored = {one.number: one.question for one in queries.list_stored(bank.id)} if plan.near else {}
    words = {"file": _("Trong tệp"), "bank": _("Trong ngân hàng")}
    page = import_page(plan, stored, words, _TABS.get(request.args.get("tab", "")), asked_page())
    return render_template(
        "bank/preview.html",
        bank=bank,
        kept=kept,
        plan=plan,
        report=plan.report,
        page=page,
        pages=pages(page.page, page.pages, slug=slug, token=token, tab=page.tab.value),
        token=token,
    )


@bp.post("/<slug>/import/<token>")
@needs(Permission.EDIT_BANKS)
def confirm(slug: str, token: str) -> AnyResponse:
    """Save what was shown: all of it, or the good questions where the button said so."""
    bank, form = bank_or_404(slug), ConfirmForm()
    kept = _kept(bank, token)
    outcome = service.import_questions(
        _report(token, kept),
        slug,
        accept_partial=bool(form.accept_partial.data),
        actor=staff_actor(),
        now=clock.now(),
    )
    if not outcome.is_saved:
        flash(_("Chưa nhập được: tệp có lỗi, hoặc ngân hàng vừa thay đổi. Xem lại danh sách lỗi."), "warning")
        return redirect(url_for(".preview", slug=slug, token=token, tab=Tab.WRONG.value), code=303)
    uploads.discard(token)
    saved = outcome.saved
    flash(ngettext("Đã nhập %(num)s câu.", "Đã nhập %(num)s câu.", saved), "success")
    return redirect(url_for(".bank", slug=slug), code=303)


@bp.get("/<slug>/import/<token>/problems.xlsx")
@needs(Permission.EDIT_BANKS)
def problems(slug: str, token: str) -> Response:
    """The list of problems as a workbook, for whoever mends the file."""
    _kept_file, plan = _planned(bank_or_404(slug), token)
    response = Response(
        problem_sheet(plan.report.problems),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers.set("Content-Disposition", "attachment", filename="danh-sach-loi.xlsx")
    return response


def _planned(bank: Bank, token: str) -> tuple[uploads.Kept, ImportPlan]:
    kept = _kept(bank, token)
    return kept, service.preview_import(_report(token, kept), bank.slug)


def _kept(bank: Bank, token: str) -> uploads.Kept:
    return uploads.get_kept(token, purpose=_purpose(bank), staff_id=current_user.id, now=clock.now())


def _report(token: str, kept: uploads.Kept) -> Report:
    report = _reports.get(token)
    if report is None:
        report = read(kept.data, kept.name)
        _remember(token, report)
    return report


def _remember(token: str, report: Report) -> None:
    if len(_reports) >= _MOST_REPORTS:
        _reports.clear()
    _reports[token] = report


def _purpose(bank: Bank) -> str:
    return f"bank {bank.id}"


def _upload_page(bank: Bank, form: FileForm, report: Report | None = None) -> str:
    return render_template(
        "bank/upload.html",
        bank=bank,
        form=form,
        report=report,
        formats=FORMATS,
        most=MAX_FILE_BYTES // (1024 * 1024),
    )
