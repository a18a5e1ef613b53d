"""/manage/c/<slug>/rounds/<n>/papers: the report and the key as files; the key for everybody."""

from flask import Response, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from quiz.accounts.permissions import Permission
from quiz.awards.errors import AwardsRefused
from quiz.awards.key_paper import is_key_public, key_lines, key_paper, key_waits_for, may_show_key
from quiz.awards.paper_docx import DOCX, paper_docx
from quiz.awards.paper_pdf import PDF, paper_pdf
from quiz.awards.paper_sheets import XLSX, workbook
from quiz.awards.paper_values import Paper
from quiz.awards.paper_views import papers_page
from quiz.awards.printing import run_certificates
from quiz.awards.prized import FIXED, Prized, prized
from quiz.awards.report import Asked, people_table, report_paper
from quiz.awards.report_forms import FORMATS, ReportForm
from quiz.awards.views import address_of, asked_for, bp
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of, round_facts
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_public_contest, get_public_round, get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.jobs.handlers import Handler
from quiz.limits.deeds import Deed
from quiz.privacy import disclosure
from quiz.standings.prizes import list_awards
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.limiting import always, limited

_BASE = "/manage/c/<slug>/rounds/<int:number>/papers"
_LIST = "/manage/c/<slug>/lists/<int:list_number>/papers"
_OVER = (RoundState.CLOSED.value, *FIXED)
CERTIFICATES_JOB = Handler(
    run_certificates,
    _l("Tạo giấy chứng nhận để in"),
    Permission.SEE_PERSONAL_DATA,
    is_repeatable=True,
    steps={"printing": _l("Đang tạo từng phần.")},
    address=lambda params: url_for(
        "awards.papers",
        slug=params["slug"],
        **address_of(params["number"], params.get("list_number", 0)),
    ),
)


@bp.post(f"{_LIST}/report")
@bp.post(f"{_BASE}/report")
@needs(Permission.SEE_PERSONAL_DATA)
def report(slug: str, number: int = 0, list_number: int = 0) -> AnyResponse | tuple[str, int]:
    """The report of a round as a file, for a reason: it names winners in full."""
    contest, form, now = get_contest(slug), ReportForm(), clock.now()
    of = prized(asked_for(contest, number, list_number))
    if not form.validate():
        return papers_page(contest, number, list_number, report=form), 422
    if not of.is_fixed:
        refused = AwardsRefused("results_not_frozen")
        return papers_page(
            contest, number, list_number, report=form, refusal=domain_message(refused)
        ), refused.status
    winners = [one.entry_id for one in list_awards(*of.key)]
    try:
        if winners:
            disclosure.note_export(contest, winners, form.reason.data or "", actor=staff_actor(), now=now)
    except DomainError as error:
        form.reason.errors = [domain_message(error)]
        return papers_page(contest, number, list_number, report=form), error.status
    asked = Asked(form.number.data or "", form.proposals.data or "")
    return _report_file(contest, of, asked, form.format.data or "pdf")


@bp.get(f"{_BASE}/key.<form>")
@needs(Permission.PUBLISH)
def key_file(slug: str, number: int, form: str) -> Response:
    """The key of a round that is over, for organisers."""
    contest = get_contest(slug)
    round_ = get_round(contest, number)
    if form not in FORMATS or round_.state not in _OVER:
        raise NotFound("key")
    return _file(key_paper(contest, round_, clock.now()), form, f"dap-an-{contest.slug}-{number}")


@bp.get("/c/<slug>/rounds/<int:number>/key")
def public_key(slug: str, number: int) -> str:
    """The key of a published round, for everybody; or which round it waits for."""
    contest, now = get_public_contest(slug), clock.now()
    round_ = get_public_round(contest, number)
    if not is_key_public(round_, now):
        raise NotFound("key")
    other = key_waits_for(contest, round_, now)
    return render_template(
        "awards/key.html",
        contest=contest,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        waits_for=round_facts(other, now) if other is not None else None,
        lines=key_lines(contest, round_) if other is None else (),
    )


@bp.get("/c/<slug>/rounds/<int:number>/key.pdf")
@limited(Deed.LOOKUP, always)
def public_key_file(slug: str, number: int) -> Response:
    """The same as a file to print."""
    contest = get_public_contest(slug)
    round_ = get_public_round(contest, number)
    if not may_show_key(contest, round_, clock.now()):
        raise NotFound("key")
    return _file(key_paper(contest, round_, clock.now()), "pdf", f"dap-an-{contest.slug}-{number}")


def _report_file(contest: Contest, of: Prized, asked: Asked, form: str) -> Response:
    now = clock.now()
    kept = f"bang-{of.list_number}" if of.list_number else str(of.number)
    paper, name = report_paper(contest, of.of, asked, now), f"bao-cao-{contest.slug}-{kept}"
    if form != "xlsx":
        return _file(paper, form, name)
    keys = [table for one in of.rounds for table in key_paper(contest, one, now).tables]
    return _sent(workbook((*paper.tables, people_table(contest, of.of, now), *keys)), XLSX, f"{name}.xlsx")


def _file(paper: Paper, form: str, name: str) -> Response:
    if form == "docx":
        return _sent(paper_docx(paper), DOCX, f"{name}.docx")
    if form == "xlsx":
        return _sent(workbook(paper.tables), XLSX, f"{name}.xlsx")
    return _sent(paper_pdf(paper), PDF, f"{name}.pdf")


def _sent(content: bytes, kind: str, name: str) -> Response:
    """A file whose name holds nothing but what addresses may hold: the contest's slug and numbers."""
    reply = Response(content, mimetype=kind)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
