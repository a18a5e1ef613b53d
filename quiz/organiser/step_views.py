"""/manage/c/<slug>/rounds/<n>/<action>: the steps of a round's life, each confirmed first."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.errors import StepRefused
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction, next_state
from quiz.contests.queries import get_round
from quiz.contests.two_persons import publishing_takes_two
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.organiser.checklist import checks_of, sentence, unmet
from quiz.organiser.dashboard import may_take
from quiz.organiser.labels import STEPS_DONE, refusal_words
from quiz.organiser.publication import ask_publication
from quiz.organiser.rounds import move_round
from quiz.organiser.second_forms import DecisionForm
from quiz.organiser.steps import step_page
from quiz.organiser.views import bp, contest_or_404
from quiz.standings.service import CannotClose
from quiz.web.guards import keyring, needs, staff_actor


@bp.get("/c/<slug>/rounds/<int:number>/<action>")
@needs(Permission.RUN_ROUNDS)
def step(slug: str, number: int, action: str) -> str:
    """What the step will do, in numbers, and the button that does it."""
    wanted, contest = _action_or_404(action), contest_or_404(slug)
    page = step_page(contest, get_round(contest, number), wanted, clock.now())
    return render_template("organiser/step.html", page=page, form=DecisionForm(formdata=None))


@bp.post("/c/<slug>/rounds/<int:number>/<action>")
@needs(Permission.RUN_ROUNDS)
def take_step(slug: str, number: int, action: str) -> Response | tuple[str, int]:
    """Take the step; where it is refused, the page comes back with the reasons."""
    wanted, contest, now = _action_or_404(action), contest_or_404(slug), clock.now()
    form = DecisionForm()
    try:
        if wanted is RoundAction.PUBLISH:
            return _publish(contest, get_round(contest, number), form, now)
        if wanted is RoundAction.OPEN and (missing := _missing(contest, number, now)):
            return _refused(slug, number, wanted, form, missing)
        moved = move_round(
            contest,
            number,
            wanted,
            actor=staff_actor(),
            now=now,
            keyring=keyring(),
            at_once=request.form.get("when") == "now",
        )
    except NotFound:
        raise
    except (DomainError, CannotClose) as error:
        return _refused(slug, number, wanted, form, refusal_words(error))
    return _done(slug, wanted, moved)


def _missing(contest: Contest, number: int, now: datetime) -> tuple[str, ...]:
    """What the checklist says is missing, where the round could open otherwise."""
    round_ = get_round(contest, number)
    if next_state(round_.window, RoundAction.OPEN, now) is None:
        return ()
    return tuple(sentence(check) for check in unmet(checks_of(contest, round_, now)))


def _refused(
    slug: str, number: int, action: RoundAction, form: DecisionForm, refusal: tuple[str, ...]
) -> tuple[str, int]:
    """The page with the reasons."""
    contest = contest_or_404(slug)
    page = step_page(contest, get_round(contest, number), action, clock.now(), refusal)
    return render_template("organiser/step.html", page=page, form=form), 409


def _publish(
    contest: Contest, round_: Round, form: DecisionForm, now: datetime
) -> Response | tuple[str, int]:
    """Ask for the second person, or publish where one person may."""
    if next_state(round_.window, RoundAction.PUBLISH, now) is None:
        raise StepRefused("step_refused")
    takes_two = publishing_takes_two(contest, round_)
    if not form.validate(is_required=takes_two):
        page = step_page(contest, round_, RoundAction.PUBLISH, now)
        return render_template("organiser/step.html", page=page, form=form), 422
    decision, actor, slug = form.decision(), staff_actor(), contest.slug
    if takes_two and decision is not None:
        asked = ask_publication(contest, round_.number, decision, actor=actor, now=now)
        flash(_("Đã gửi đề nghị công bố. Chờ một người khác duyệt; chưa ai thấy kết quả."), "success")
        return redirect(url_for(".approval", slug=slug, approval_id=asked.id), code=303)
    moved = move_round(
        contest,
        round_.number,
        RoundAction.PUBLISH,
        actor=actor,
        now=now,
        keyring=keyring(),
        decision=decision,
    )
    return _done(slug, RoundAction.PUBLISH, moved)


def _done(slug: str, action: RoundAction, moved: Round) -> Response:
    flash(str(STEPS_DONE[action]) % {"round": moved.settings.name}, "success")
    return redirect(url_for(".contest", slug=slug, round=moved.number), code=303)


def _action_or_404(action: str) -> RoundAction:
    """The step by its name in the address; 403 for one that the person may not take."""
    if action not in set(RoundAction):
        abort(404)
    wanted = RoundAction(action)
    if not may_take(wanted):
        abort(403)
    return wanted
