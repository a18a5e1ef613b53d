"""Counting the number that was predicted once more: an act of its own, with its reason, never by itself."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round, lock_round
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import Invalid
from quiz.standings.service import actual_of, rank_for_good


class CountRefused(Invalid):
    """The number cannot be counted again; the code says why."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The number as it was frozen, and as it would be now."""

    frozen: Decimal
    now: Decimal


def preview(contest: Contest, number: int) -> Counted:
    """What counting again would give. Writes nothing. Raises NotFound, CountRefused."""
    return _counted(get_round(contest, number))


def count_again(
    contest: Contest, number: int, *, seen: Decimal, reason: str, actor: Actor, now: datetime
) -> Counted:
    """Fix the number as it is now, and rank everybody by it. `seen`: the number that was previewed.

    Only between freezing and publication: until somebody does this, whoever is set aside or annulled moves
    nobody's prediction. Raises NotFound, CountRefused.
    """
    if not reason.strip():
        raise CountRefused("reason_needed")
    with transaction() as session:
        round_ = lock_round(contest, number)
        counted = _counted(round_)
        if counted.now != seen:
            raise CountRefused("number_moved")
        round_.actual_number, round_.actual_at = str(counted.now), now
        rank_for_good(session, round_, counted.now)
        record(
            Action.NUMBER_COUNTED_AGAIN,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            before=str(counted.frozen),
            after=str(counted.now),
            reason=reason.strip(),
        )
    forget_all()
    return counted


def _counted(round_: Round) -> Counted:
    if round_.settings.prediction is None:
        raise CountRefused("round_predicts_nothing")
    if round_.state != RoundState.FROZEN.value or round_.actual_number is None:
        raise CountRefused("number_is_not_frozen")
    return Counted(Decimal(round_.actual_number), actual_of(round_))
