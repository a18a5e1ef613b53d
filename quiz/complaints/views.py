"""/c/<slug>/complaints: an entrant complains about a result and reads the answer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from quiz.complaints.forms import ComplaintForm
from quiz.complaints.pages import ComplaintLine, complaint_line, open_rounds
from quiz.complaints.queries import list_complaints_of
from quiz.complaints.service import complain
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.contests.queries import get_public_contest
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.limits.deeds import Deed
from quiz.web.entrants import entrant_id, entrant_id_or_404
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

bp = Blueprint("complaints", __name__)


@bp.get("/c/<slug>/complaints")
def own(slug: str) -> str:
    """One's own complaints with their answers, and the form while a round takes any."""
    contest = get_public_contest(slug)
    form = _with_rounds(ComplaintForm(formdata=None), contest)
    last = form.round.choices[-1].value if form.round.choices else ""
    form.round.data = request.args.get("round", last)
    return _page(contest, form)


@bp.post("/c/<slug>/complaints")
@limited(Deed.ASK)
def send(slug: str) -> Response | tuple[str, int]:
    """Keep a complaint under its number."""
    contest = get_public_contest(slug)
    entry_id = entrant_id_or_404(contest.id)
    form = _with_rounds(ComplaintForm(), contest)
    if not form.validate():
        return _page(contest, form), 422
    try:
        found = complain(contest, int(form.round.data), entry_id, form.words.data or "", now=clock.now())
    except DomainError as error:
        return _page(contest, form, domain_message(error)), error.status
    flash(_("Đã nhận khiếu nại số %(n)s. Câu trả lời sẽ hiện ở trang này.", n=found.number), "success")
    return redirect(url_for(".own", slug=slug), code=303)


@bp.app_template_global("own_complaints")
def own_complaints(slug: str) -> tuple[ComplaintLine, ...]:
    """The complaints of this browser's entry, for a notice on its own pages."""
    contest = get_public_contest(slug)
    known = entrant_id(contest.id)
    if known is None:
        return ()
    now = clock.now()
    return tuple(complaint_line(contest, one, now) for one in list_complaints_of(contest.id, known))


def _with_rounds(form: ComplaintForm, contest: Contest) -> ComplaintForm:
    form.round.choices = [
        SelectChoice(str(one.number), one.name) for one in open_rounds(contest, clock.now())
    ]
    return form


def _page(contest: Contest, form: ComplaintForm, refusal: str = "") -> str:
    now = clock.now()
    own = list_complaints_of(contest.id, entrant_id_or_404(contest.id))
    return render_template(
        "complaints/own.html",
        contest=contest,
        contact=contact_of(contest),
        lines=[complaint_line(contest, one, now) for one in own],
        rounds=open_rounds(contest, now),
        form=form,
        refusal=refusal,
    )
