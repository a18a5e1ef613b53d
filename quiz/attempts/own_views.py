"""/c/<slug>/mine: from an entry to where the person has something to do, or something to look at."""

from collections.abc import Sequence
from datetime import datetime

from flask import redirect, url_for
from werkzeug.wrappers import Response

from quiz.attempts import queries
from quiz.attempts.allowance import running_attempt
from quiz.attempts.models import Attempt
from quiz.attempts.views import bp
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.core import clock
from quiz.web.entrants import entrant_id


@bp.get("/c/<slug>/mine")
def mine(slug: str) -> Response:
    """The round whose paper is still running, else the one to take now, else the last that was taken."""
    contest = contests.get_contest(slug)
    entry_id = entrant_id(contest.id)
    if entry_id is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    round_ = _round_of(contest, queries.list_attempts(contest.id, entry_id), clock.now())
    if round_ is None:
        return redirect(url_for("public.contest", slug=slug), code=303)
    return redirect(url_for("attempts.ready", slug=slug, number=round_.number), code=303)


def _round_of(contest: Contest, past: Sequence[Attempt], now: datetime) -> Round | None:
    rounds = contests.list_public_rounds(contest)
    running = next((one for one in rounds if running_attempt(past, one, now) is not None), None)
    current = contests.current_round(contest, now)
    if running is not None or (current is not None and not current.window.phase(now).is_over):
        return running or current
    taken = max(past, key=lambda one: one.started_at, default=None)
    return next((one for one in rounds if taken and one.number == taken.round_number), current)
