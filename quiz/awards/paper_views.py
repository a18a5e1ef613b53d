"""/manage/c/<slug>/rounds/<n>/papers: head and foot of papers, certificates; and the public check of one."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, redirect, render_template, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from quiz.accounts.permissions import Permission
from quiz.awards import certifying, made_papers, printing
from quiz.awards.models import Certificate
from quiz.awards.naming import naming
from quiz.awards.paper_forms import HeadingForm, IssueForm, WithdrawForm
from quiz.awards.prized import prized
from quiz.awards.report_forms import ReportForm
from quiz.awards.unit_prizes import has_unit_prizes
from quiz.awards.views import address_of, asked_for, bp
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_contest_by_id, get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.jobs.service import enqueue
from quiz.limits.deeds import Deed
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.limiting import always, limited
from quiz.web.site import Contact

_BASE = "/manage/c/<slug>/rounds/<int:number>/papers"
_LIST = "/manage/c/<slug>/lists/<int:list_number>/papers"
Answer = AnyResponse | tuple[str, int]
_KINDS = (certifying.WINNER, certifying.UNIT, certifying.PARTICIPANT)

_KEY = made_papers.Wanted(made_papers.KEY, "pdf")


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """All that the public check page says of a certificate."""

    name: str
    is_unit: bool
    achievement: str
    contest: str
    slug: str
    number: str
    decision: str
    issued_at: datetime
    withdrawn_at: datetime | None
    contact: Contact


@bp.get(_LIST)
@bp.get(_BASE)
@needs(Permission.SEE_PERSONAL_DATA)
def papers(slug: str, number: int = 0, list_number: int = 0) -> str:
    """Report, key and certificates of a round."""
    return papers_page(get_contest(slug), number, list_number)


@bp.post(f"{_LIST}/heading")
@bp.post(f"{_BASE}/heading")
@needs(Permission.SEE_PERSONAL_DATA)
def save_heading(slug: str, number: int = 0, list_number: int = 0) -> Answer:
    """Set the head and foot of the contest's papers."""
    contest, form = get_contest(slug), HeadingForm()
    asked_for(contest, number, list_number)
    if not form.validate():
        return papers_page(contest, number, list_number, heading=form), 422
    certifying.change_heading(contest, form.heading(), actor=staff_actor(), now=clock.now())
    flash(_("Đã lưu đầu và cuối văn bản."), "success")
    return redirect(url_for(".papers", slug=slug, **address_of(number, list_number)), code=303)


@bp.post(f"{_LIST}/certificates/<kind>")
@bp.post(f"{_BASE}/certificates/<kind>")
@needs(Permission.SEE_PERSONAL_DATA)
def issue_certificates(slug: str, *, kind: str, number: int = 0, list_number: int = 0) -> Answer:
    """Give certificates to everybody of the kind who has none."""
    contest, form = get_contest(slug), IssueForm()
    if kind not in _KINDS:
        raise NotFound("kind")
    if not form.validate():
        return papers_page(contest, number, list_number, refusal=str(form.reason.errors[0])), 422
    try:
        new, valid = certifying.issue(
            contest,
            number,
            kind,
            list_number=list_number,
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return papers_page(contest, number, list_number, refusal=domain_message(error)), error.status
    words = ngettext("Đã cấp thêm %(num)s giấy chứng nhận", "Đã cấp thêm %(num)s giấy chứng nhận", new)
    flash(_("%(words)s, có hiệu lực %(valid)s.", words=words, valid=valid), "success")
    return redirect(url_for(".papers", slug=slug, **address_of(number, list_number)), code=303)


@bp.post(f"{_LIST}/certificates/<kind>/print")
@bp.post(f"{_BASE}/certificates/<kind>/print")
@needs(Permission.SEE_PERSONAL_DATA)
def print_certificates(slug: str, *, kind: str, number: int = 0, list_number: int = 0) -> Answer:
    """Ask for all valid certificates of the kind as PDF."""
    contest = get_contest(slug)
    of = prized(asked_for(contest, number, list_number))
    if kind not in _KINDS or not certifying.count_valid(contest.id, of.number, kind, list_number=list_number):
        raise NotFound("certificates")
    params = {
        "contest_id": contest.id,
        "slug": slug,
        "number": of.number,
        "list_number": list_number,
        "kind": kind,
        "title": of.name,
        "base": url_for(".certificate", code="", _external=True),
    }
    subject = f"{contest.id}/{of.number}/{list_number}/{kind}"
    job = enqueue(printing.KIND, params, actor=staff_actor(), now=clock.now(), subject=subject)
    return redirect(url_for("jobs.job", job_id=job.id), code=303)


@bp.get(f"{_LIST}/certificates/<int:bundle>.zip")
@bp.get(f"{_BASE}/certificates/<int:bundle>.zip")
@needs(Permission.SEE_PERSONAL_DATA)
def printed_certificates(slug: str, *, bundle: int, number: int = 0, list_number: int = 0) -> Response:
    """A printed set as one file."""
    contest = get_contest(slug)
    of = prized(asked_for(contest, number, list_number))
    parts = printing.zip_of(contest.id, of.number, bundle)
    # The parts are read one by one while they are sent, when the request itself is over.
    reply = Response(stream_with_context(parts), mimetype="application/zip")
    name = f"giay-chung-nhan-{contest.slug}-{of.number}.zip"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@bp.post(f"{_LIST}/withdraw")
@bp.post(f"{_BASE}/withdraw")
@needs(Permission.SEE_PERSONAL_DATA)
def withdraw_certificate(slug: str, number: int = 0, list_number: int = 0) -> Answer:
    """Make a certificate void."""
    contest, form = get_contest(slug), WithdrawForm()
    of = prized(asked_for(contest, number, list_number))
    if not form.validate():
        return papers_page(contest, number, list_number, withdrawal=form), 422
    found = certifying.find_by_serial(contest.id, form.serial.data)
    if (
        found is None
        or (found.contest_id, found.round_number, found.list_number) != of.key
        or found.withdrawn_at is not None
    ):
        form.serial.errors = [_("không có giấy chứng nhận còn hiệu lực mang số này ở vòng này.")]
        return papers_page(contest, number, list_number, withdrawal=form), 422
    certifying.withdraw(
        contest, found.id, reason=form.reason.data or "", actor=staff_actor(), now=clock.now()
    )
    flash(_("Đã thu hồi. Trang xác minh báo giấy không còn giá trị."), "success")
    return redirect(url_for(".papers", slug=slug, **address_of(number, list_number)), code=303)


@bp.get("/certificates/<code>")
@limited(Deed.LOOKUP, always)
def certificate(code: str) -> str:
    """Whether a certificate is genuine and valid, with no more than what is printed on it."""
    row = certifying.get_certificate(code)
    return render_template("awards/certificate.html", page=_check(row))


def _place_of(row: Certificate) -> tuple[int, int, int]:
    return row.contest_id, row.round_number, row.list_number


def _check(row: Certificate) -> CertificateCheck:
    contest = get_contest_by_id(row.contest_id)
    round_ = get_round(contest, row.round_number)
    decision, named = round_.decision, naming(contest, round_, [row])
    line = named.line(row)
    return CertificateCheck(
        name=line.name if line is not None else _("Đã xóa dữ liệu"),
        is_unit=row.unit_id is not None,
        achievement=named.achievement(row),
        contest=contest.settings.title,
        slug=contest.slug,
        number=named.number(row),
        decision=f"{decision.number}, {decision.date:%d/%m/%Y}" if decision else "",
        issued_at=row.issued_at,
        withdrawn_at=row.withdrawn_at,
        contact=contact_of(contest),
    )


def papers_page(
    contest: Contest,
    number: int,
    list_number: int = 0,
    *,
    heading: HeadingForm | None = None,
    withdrawal: WithdrawForm | None = None,
    report: ReportForm | None = None,
    refusal: str = "",
) -> str:
    """The page with its forms, some of them as they were sent."""
    of = prized(asked_for(contest, number, list_number))
    stored = certifying.heading_of(contest).as_dict()
    return render_template(
        "awards/papers.html",
        contest=contest,
        of=of,
        is_over=of.is_fixed or of.round_.state == RoundState.CLOSED.value,
        heading=heading or HeadingForm(formdata=None, data=stored),
        report=report or ReportForm(formdata=None),
        withdrawal=withdrawal or WithdrawForm(formdata=None),
        has_unit_prizes=not list_number and has_unit_prizes(contest, of.round_),
        issued={
            kind: certifying.count_valid(contest.id, of.number, kind, list_number=list_number)
            for kind in _KINDS
        },
        bundles=printing.list_bundles(*of.key),
        reports=made_papers.list_made(of, made_papers.REPORT),
        keys=made_papers.list_made(of, made_papers.KEY),
        is_key_large=not list_number and made_papers.is_large(contest, of, _KEY),
        refusal=refusal,
    )
