"""Who has won, or would win by the rules alone where nobody has decided yet. Nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from datetime import datetime

from sqlalchemy import select

from quiz.attempts.models import Result
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import Phase
from quiz.contests.queries import list_counting_rounds
from quiz.core.database import db
from quiz.scoring.prizes import Exclusive, PrizeRules, award
from quiz.standings.collective_counts import Winner
from quiz.standings.prize_candidates import count_participants, iter_candidates
from quiz.standings.prize_models import Award
from quiz.standings.prizes import find_award_list

_RANKED = frozenset({Phase.FROZEN, Phase.PUBLISHED})


def round_winners(contest: Contest, rounds: Collection[Round], now: datetime | None) -> list[Winner]:
    """The prizes of these rounds: of published ones as decided, of frozen ones as the rules give them.

    Without `now` all of them are fixed, and what was decided counts before it is published too.

    Where a prize in an earlier round counts against another one, the earlier rounds are gone through as well.
    """
    wanted = {one.number for one in rounds}
    found: list[Winner] = []
    held: dict[int, int] = {}
    for one in _needed(contest, wanted):
        won = _winners_of(one, held, now)
        if one.number in wanted:
            found += won
        for winner in won:
            held[winner.entry_id] = min(winner.place, held.get(winner.entry_id, winner.place))
    return found


def _needed(contest: Contest, wanted: Collection[int]) -> Sequence[Round]:
    """The rounds whose winners have to be known, by number."""
    rounds = sorted(list_counting_rounds(contest), key=lambda one: one.number)
    last = max(
        (
            one.number
            for one in rounds
            if one.number in wanted and one.settings.awarding.exclusive is not Exclusive.NO
        ),
        default=0,
    )
    return [one for one in rounds if one.number in wanted or one.number < last]


def _winners_of(round_: Round, held: Mapping[int, int], now: datetime | None) -> list[Winner]:
    phase = round_.window.phase(now) if now is not None else Phase.PUBLISHED
    if phase is Phase.PUBLISHED and (decided := _decided(round_)) is not None:
        return decided
    return provisional_winners(round_, round_.settings.prize_rules, held) if phase in _RANKED else []


def _decided(round_: Round) -> list[Winner] | None:
    """The prizes as they were decided; None where nobody has worked them out."""
    if find_award_list(round_.contest_id, round_.number) is None:
        return None
    rows = db.session.execute(
        select(Award.entry_id, Result.unit_id, Award.prize, Award.place)
        .join(
            Result,
            (Result.contest_id == Award.contest_id)
            & (Result.round_number == Award.round_number)
            & (Result.entry_id == Award.entry_id),
        )
        .where(Award.contest_id == round_.contest_id, Award.round_number == round_.number)
        .where(Award.list_number == 0)
    )
    return [Winner(*row) for row in rows]


def provisional_winners(of: Round | StandingList, rules: PrizeRules, held: Mapping[int, int]) -> list[Winner]:
    """Who would win by final places and rules of prizes; equal people are treated alike until decided."""
    units: dict[int, int | None] = {}
    participants = count_participants(of, rules) if rules.cap_percent is not None else {}
    with closing(iter_candidates(of, held=held, units=units)) as people:
        outcome = award(rules, people, participants, None)
    return [Winner(one.key, units[one.key], one.prize, one.place) for one in outcome.given]
