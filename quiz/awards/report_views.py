"""/manage/c/<slug>/rounds/<n>/papers: the report and the key as files; the key for everybody."""

from datetime import datetime

from flask import Response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from question_bank.writers import DOCX
from quiz.accounts.permissions import Permission
from quiz.awards.errors import AwardsRefused
from quiz.awards.key_paper import is_key_public, key_lines, key_paper, key_waits_for, may_show_key
from quiz.awards.made_papers import (
    KEY,
    KIND,
    REPORT,
    Wanted,
    content_of,
    file_name,
    get_made,
    is_large,
    job_params,
    may_be_made,
    run_papers,
)
from quiz.awards.paper_pdf import PDF, paper_pdf
from quiz.awards.paper_sheets import XLSX
from quiz.awards.paper_views import papers_page
from quiz.awards.printing import run_certificates
from quiz.awards.prized import Prized, prized
from quiz.awards.report import Asked
from quiz.awards.report_forms import FORMATS, ReportForm
from quiz.awards.views import address_of, asked_for, bp
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of, round_facts
from quiz.contests.queries import get_contest, get_public_contest, get_public_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.jobs.handlers import Handler
from quiz.jobs.service import enqueue
from quiz.limits.deeds import Deed
from quiz.privacy import disclosure
from quiz.standings.prizes import list_awards
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.limiting import always, limited

_BASE = "/manage/c/<slug>/rounds/<int:number>/papers"
_LIST = "/manage/c/<slug>/lists/<int:list_number>/papers"
_TYPES = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX}
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
PAPERS_JOB = Handler(
    run_papers,
    _l("Lập báo cáo hoặc đáp án thành tệp"),
    Permission.SEE_PERSONAL_DATA,
    is_repeatable=True,
    steps={"reading": _l("Đang đọc số liệu."), "writing": _l("Đang viết tệp.")},
    address=CERTIFICATES_JOB.address,
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
    return _made(contest, of, Wanted(REPORT, form.format.data or "pdf", asked), now)


@bp.get(f"{_BASE}/key.<form>")
@needs(Permission.PUBLISH)
def key_file(slug: str, number: int, form: str) -> AnyResponse:
    """The key of a round that is over, for organisers; a large one is asked for with `make_key`."""
    contest, of = _key_of(slug, number, form)
    wanted = Wanted(KEY, form)
    if is_large(contest, of, wanted):
        return redirect(url_for(".papers", slug=slug, number=number))
    return _sent(content_of(contest, of, wanted, clock.now()), file_name(contest, of, wanted))


@bp.post(f"{_BASE}/key.<form>")
@needs(Permission.PUBLISH)
def make_key(slug: str, number: int, form: str) -> AnyResponse:
    """The same, by a job where it is large."""
    contest, of = _key_of(slug, number, form)
    return _made(contest, of, Wanted(KEY, form), clock.now())


@bp.post(f"{_LIST}/files/<int:bundle>")
@bp.post(f"{_BASE}/files/<int:bundle>")
@needs(Permission.SEE_PERSONAL_DATA)
def made_report(slug: str, bundle: int, number: int = 0, list_number: int = 0) -> Response:
    """A report that a job has made; the log says who took it."""
    contest, now = get_contest(slug), clock.now()
    of = prized(asked_for(contest, number, list_number))
    found = get_made(of, REPORT, bundle)
    people = len(list_awards(*of.key))
    disclosure.note_file(contest, of.subject, people, actor=staff_actor(), now=now)
    return _sent(found.content, found.name)


@bp.post(f"{_BASE}/keys/<int:bundle>")
@needs(Permission.PUBLISH)
def made_key(slug: str, bundle: int, number: int) -> Response:
    """A key that a job has made."""
    contest = get_contest(slug)
    found = get_made(prized(asked_for(contest, number, 0)), KEY, bundle)
    return _sent(found.content, found.name)


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
    return _sent(paper_pdf(key_paper(contest, round_, clock.now())), f"{KEY}-{contest.slug}-{number}.pdf")


def _key_of(slug: str, number: int, form: str) -> tuple[Contest, Prized]:
    contest = get_contest(slug)
    of = prized(asked_for(contest, number, 0))
    if form not in FORMATS or not may_be_made(of, KEY):
        raise NotFound("key")
    return contest, of


def _made(contest: Contest, of: Prized, wanted: Wanted, now: datetime) -> AnyResponse:
    """The file, or the page that says how far the job is that makes it."""
    if not is_large(contest, of, wanted):
        return _sent(content_of(contest, of, wanted, now), file_name(contest, of, wanted))
    job = enqueue(KIND, job_params(contest, of, wanted), actor=staff_actor(), now=now)
    return redirect(url_for("jobs.job", job_id=job.id), code=303)


def _sent(content: bytes, name: str) -> Response:
    reply = Response(content, mimetype=_TYPES[name.rpartition(".")[2]])
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
