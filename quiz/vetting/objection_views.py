"""/attempts/<code>/objection: an entrant reads why an attempt was annulled, and may object once."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.attempts.models import Attempt
from quiz.attempts.queries import get_attempt
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.limits.deeds import Deed
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity_forms import ObjectionForm
from quiz.vetting.integrity_models import Annulment
from quiz.vetting.integrity_pages import OwnAnnulment
from quiz.vetting.objecting import object_to
from quiz.web.entrants import entrant_id_or_404
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

bp = Blueprint("objections", __name__)


@bp.get("/attempts/<code>/objection")
def own(code: str) -> str:
    """Why the attempt was annulled, and what was said about it."""
    contest, attempt, event = _own_or_404(code)
    return _page(contest, attempt, event, ObjectionForm(formdata=None))


@bp.post("/attempts/<code>/objection")
@limited(Deed.ASK)
def send(code: str) -> Response | tuple[str, int]:
    """Keep the entrant's words."""
    contest, attempt, event = _own_or_404(code)
    form = ObjectionForm()
    if not form.validate():
        return _page(contest, attempt, event, form), 422
    try:
        object_to(contest, attempt, form.words.data or "", now=clock.now())
    except DomainError as error:
        return _page(contest, attempt, event, form, domain_message(error)), error.status
    flash(_("Đã gửi ý kiến. Câu trả lời sẽ hiện ở trang này."), "success")
    return redirect(url_for(".own", code=code), code=303)


def _own_or_404(code: str) -> tuple[Contest, Attempt, Annulment]:
    """The attempt of this browser's entrant with its annulment. Raises NotFound."""
    attempt = get_attempt(code)
    if entrant_id_or_404(attempt.contest_id) != attempt.entry_id:
        raise NotFound("attempt")
    event = queries.find_annulment(attempt)
    if event is None:
        raise NotFound("annulment")
    return get_contest_by_id(attempt.contest_id), attempt, event


def _page(
    contest: Contest, attempt: Attempt, event: Annulment, form: ObjectionForm, refusal: str = ""
) -> str:
    said = queries.find_objection(contest.id, event.id, attempt.entry_id)
    page = OwnAnnulment(
        slug=contest.slug,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        code=attempt.code,
        round_name=get_round(contest, attempt.round_number).settings.name,
        number=attempt.number,
        notice=event.notice,
        annulled_at=event.applied_at,
        is_taken_back=event.undone_at is not None,
        words=said.words if said else None,
        said_at=said.objected_at if said else None,
        answer=said.answer if said else None,
        answered_at=said.answered_at if said else None,
        refusal=refusal,
    )
    return render_template("vetting/integrity_objection.html", page=page, form=form)
