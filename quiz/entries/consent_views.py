"""/c/<slug>/consent: agreeing anew after the words have changed, before the next start."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.entries.agreement_forms import AgreementForm
from quiz.entries.consenting import agree_again, needs_renewal, needs_representative
from quiz.entries.labels import consent_words
from quiz.entries.models import Entry
from quiz.entries.pages import Consent
from quiz.entries.queries import get_entry
from quiz.entries.views import bp
from quiz.limits.deeds import Deed
from quiz.web.entrants import entrant_id_or_404
from quiz.web.guards import keyring
from quiz.web.limiting import limited


@bp.route("/consent", methods=["GET", "POST"])
@limited(Deed.ASK)
def consent(slug: str) -> Response | str | tuple[str, int]:
    """The words of today with boxes that nobody has ticked; then on to the round."""
    contest, entry = _own_entry_or_404(slug)
    if not needs_renewal(contest, entry):
        return _onward(contest)
    form, now = AgreementForm(), clock.now()
    if not needs_representative(contest, entry, now=now):
        form.leave_out_representative()
    if request.method == "GET":
        return _page(contest, entry, form)
    fine = form.validate()
    form.check_agreement(entry.birth_date, now.astimezone(contest.settings.zone).date())
    if not fine or any(field.errors for field in form):
        return _page(contest, entry, form), 422
    agree_again(contest, entry.id, form.agreed(contest), now=now, keyring=keyring())
    return _onward(contest)


def _own_entry_or_404(slug: str) -> tuple[Contest, Entry]:
    contest = contests.get_public_contest(slug)
    entry = get_entry(contest.id, entrant_id_or_404(contest.id))
    if entry.status != "active":
        raise NotFound("entry")
    return contest, entry


def _onward(contest: Contest) -> Response:
    round_ = contests.current_round(contest, clock.now())
    if round_ is None:
        return redirect(url_for("public.contest", slug=contest.slug), code=303)
    return redirect(url_for("attempts.ready", slug=contest.slug, number=round_.number), code=303)


def _page(contest: Contest, entry: Entry, form: AgreementForm) -> str:
    return render_template(
        "entries/consent.html",
        slug=contest.slug,
        title=contest.settings.display_title,
        contact=contact_of(contest),
        name=entry.name,
        consent=Consent(contest.entry.consent_version, consent_words(contest)),
        form=form,
    )
