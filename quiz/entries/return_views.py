"""Coming back on any device: phone, birth date, and the name where people share both."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.definition_entry import Way
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.core import clock
from quiz.entries import service
from quiz.entries.errors import ReturnRefused
from quiz.entries.forms import ResumeForm, resume_form
from quiz.entries.pages import ResumePage
from quiz.entries.views import bp, is_over, welcome
from quiz.limits.deeds import Deed
from quiz.web.entrants import network
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import limited


@bp.get("/resume")
def resume(slug: str) -> Response | str:
    """The form, also when everything is over: time may still run, and people look at their review."""
    contest = contests.get_public_contest(slug)
    if not contest.entry.is_open:
        return _to_ways(slug)
    return _page(contest, resume_form(contest, is_empty=True))


@bp.post("/resume")
@limited(Deed.RESUME)
def come_back(slug: str) -> Response | tuple[str, int]:
    """Prove who one is: the same entry, and the same running paper."""
    contest = contests.get_public_contest(slug)
    if not contest.entry.is_open:
        return _to_ways(slug)
    form = resume_form(contest)
    if not form.check(clock.now().astimezone(contest.settings.zone).date()):
        return _page(contest, form, asks_name=bool(form.name.data)), 422
    assert form.phone_number is not None
    assert form.birth_date is not None
    try:
        entry = service.come_back(
            contest,
            phone=form.phone_number,
            birth_date=form.birth_date,
            name=form.name.data or None,
            network=network(),
            now=clock.now(),
            keyring=keyring(),
        )
    except ReturnRefused as error:
        form.form_errors.append(domain_message(error))
        asks_name = error.code == "which_person" or bool(form.name.data)
        return _page(contest, form, asks_name=asks_name), 429 if error.code == "too_many_returns" else 422
    return welcome(contest, entry.id)


def _to_ways(slug: str) -> Response:
    """Who had to prove a contact or account to enter comes back by the same proof."""
    return redirect(url_for("signin.ways", slug=slug), code=303)


def _page(contest: Contest, form: ResumeForm, *, asks_name: bool = False) -> str:
    page = ResumePage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        is_over=is_over(contest.slug),
        asks_name=asks_name,
        ways_url="" if contest.entry.ways == (Way.FORM,) else url_for("signin.ways", slug=contest.slug),
    )
    return render_template("entries/resume.html", page=page, resume=form)
