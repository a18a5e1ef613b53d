"""/manage/c/<slug>/rounds/<n>/<action>: the steps of a round's life, each confirmed first."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.organiser.dashboard import may_take
from quiz.organiser.labels import STEPS_DONE, refusal_words
from quiz.organiser.rounds import move_round
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
    return render_template("organiser/step.html", page=page)


@bp.post("/c/<slug>/rounds/<int:number>/<action>")
@needs(Permission.RUN_ROUNDS)
def take_step(slug: str, number: int, action: str) -> Response | tuple[str, int]:
    """Take the step; where it is refused, the page comes back with the reasons."""
    wanted, contest, now = _action_or_404(action), contest_or_404(slug), clock.now()
    try:
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
        contest = contest_or_404(slug)
        page = step_page(contest, get_round(contest, number), wanted, now, refusal_words(error))
        return render_template("organiser/step.html", page=page), 409
    flash(str(STEPS_DONE[wanted]) % {"round": moved.settings.name}, "success")
    return redirect(url_for(".contest", slug=slug, round=number), code=303)


def _action_or_404(action: str) -> RoundAction:
    """The step by its name in the address; 403 for one that the person may not take."""
    if action not in set(RoundAction):
        abort(404)
    wanted = RoundAction(action)
    if not may_take(wanted):
        abort(403)
    return wanted
