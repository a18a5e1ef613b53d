"""/manage/banks/<slug>/import: a file of questions from choosing to saving, which is the last click."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from question_bank import pictures as picture_checks
from question_bank.formats import FORMATS
from question_bank.limits import MAX_FILE_BYTES
from question_bank.reading import read
from question_bank.values import Report
from quiz.accounts.permissions import Permission
from quiz.bank import service
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.comparing import ImportMemory
from quiz.bank.forms import ConfirmForm, FileForm
from quiz.bank.import_jobs import IMPORT
from quiz.bank.judging import Alike
from quiz.bank.models import Bank
from quiz.bank.pages import Tab, import_page, pictures_of
from quiz.bank.preview_pages import (
    decisions_of,
    get_kept,
    near_line,
    plan_of,
    purpose,
    remember,
    report_of,
)
from quiz.bank.problem_sheets import problem_sheet
from quiz.bank.samples import sample_writers
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.jobs.service import enqueue
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import needs, staff_actor
from quiz.web.paging import asked_page, pages

_TABS = {tab.value: tab for tab in Tab}
_MOST_AT_ONCE = 500  # more take seconds to save: a job with a page of its own


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
    memory = ImportMemory()
    report = read(data, name, memory=memory.file)
    if report.refused and not any(problem.number for problem in report.problems):
        return _upload_page(bank, form, report), 422
    token = uploads.keep(data, name, purpose=purpose(bank), staff_id=current_user.id, now=clock.now())
    remember(token, report, memory)
    return redirect(url_for(".preview", slug=slug, token=token), code=303)


@bp.get("/<slug>/import/<token>")
@needs(Permission.EDIT_BANKS)
def preview(slug: str, token: str) -> str:
    """What was understood of every question, what is wrong, what is there already, what is much alike."""
    bank = bank_or_404(slug)
    kept = get_kept(bank, token)
    plan, report, decisions = plan_of(bank, kept), report_of(kept), decisions_of(kept)
    page = import_page(plan, report, decisions, _TABS.get(request.args.get("tab", "")), asked_page())
    pair = next((line for line in page.lines if isinstance(line, Alike)), None)
    return render_template(
        "bank/preview.html",
        bank=bank,
        kept=kept,
        plan=plan,
        report=report,
        page=page,
        pair=near_line(bank, plan, pair) if pair else None,
        pages=pages(page.page, page.pages, slug=slug, token=token, tab=page.tab.value),
        may_approve=bank.own_approval and current_user.can(Permission.REVIEW_QUESTIONS),
        token=token,
    )


@bp.post("/<slug>/import/<token>")
@needs(Permission.EDIT_BANKS)
def confirm(slug: str, token: str) -> AnyResponse:
    """Save what was shown: all of it, or the good questions where the button said so."""
    bank, form = bank_or_404(slug), ConfirmForm()
    kept = get_kept(bank, token)
    partial = bool(form.accept_partial.data)
    approve = bool(
        request.form.get("approve") and bank.own_approval and current_user.can(Permission.REVIEW_QUESTIONS)
    )
    if plan_of(bank, kept).count > _MOST_AT_ONCE:
        params = {"slug": slug, "token": token, "staff_id": current_user.id}
        params |= {"accept_partial": partial, "approve": approve}
        job = enqueue(IMPORT, params, actor=staff_actor(), now=clock.now(), subject=token)
        return redirect(url_for("jobs.job", job_id=job.id), code=303)
    outcome = service.import_questions(
        report_of(kept),
        slug,
        accept_partial=partial,
        approve=approve,
        decisions=decisions_of(kept),
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
    bank = bank_or_404(slug)
    response = Response(
        problem_sheet(plan_of(bank, get_kept(bank, token)).report.problems),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers.set("Content-Disposition", "attachment", filename="danh-sach-loi.xlsx")
    return response


@bp.get("/<slug>/import/<token>/pictures/<int:place>")
@needs(Permission.EDIT_BANKS)
def file_picture(slug: str, token: str, place: int) -> Response:
    """A picture of the file, as it would be kept; nothing that is not a picture is ever sent."""
    bank = bank_or_404(slug)
    found = pictures_of(plan_of(bank, get_kept(bank, token)).report)
    if place >= len(found):
        raise NotFound("picture")
    try:
        facts = picture_checks.check(found[place].data)
    except picture_checks.PictureRefused as refused:
        raise NotFound("picture") from refused
    response = Response(facts.data, content_type=facts.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _upload_page(bank: Bank, form: FileForm, report: Report | None = None) -> str:
    return render_template(
        "bank/upload.html",
        bank=bank,
        form=form,
        report=report,
        formats=FORMATS,
        samples=[writer.name for writer in sample_writers()],
        most=MAX_FILE_BYTES // (1024 * 1024),
    )
