"""The round of an address below /manage, for pages about what people did in it."""

from flask import abort
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.errors import NotFound


def played_or_404(slug: str, number: int) -> tuple[Contest, Round]:
    """A round that has begun. Raises NotFound; 403 for those who may not look while it runs."""
    contest = get_contest(slug)
    round_ = get_round(contest, number)
    phase = round_.window.phase(clock.now())
    if phase in (Phase.DRAFT, Phase.SCHEDULED):
        raise NotFound("round")
    if not phase.is_over and not current_user.can(Permission.RUN_ROUNDS):
        abort(403)
    return contest, round_
