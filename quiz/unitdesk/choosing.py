"""Which contest, unit and round a page of a unit's account is about: nothing outside the own subtree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.accounts.models import Staff
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import Phase
from quiz.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Place:
    """Where an account's page stands. `rounds` have begun; `round_` is one of them, None before the first."""

    contests: Sequence[Contest]
    contest: Contest
    own: ContestUnit
    unit: ContestUnit
    rounds: Sequence[Round]
    round_: Round | None

    @property
    def code(self) -> str | None:
        """The unit as addresses name it: the account's own is not named."""
        return None if self.unit.id == self.own.id else self.unit.code

    @property
    def previous(self) -> Round | None:
        """The round before the chosen one."""
        earlier = [one for one in self.rounds if self.round_ and one.number < self.round_.number]
        return earlier[-1] if earlier else None


def find_place(
    staff: Staff, slug: str | None, round_number: int | None, code: str | None, now: datetime
) -> Place | None:
    """What is asked for, None if the account's unit is in no contest. Raises NotFound for anything else."""
    mine = [contest for contest in contests.list_public_contests() if _takes_part(staff, contest)]
    if not mine:
        return None
    contest = _chosen_contest(mine, slug, now)
    own, unit = _units_of(staff, contest, code)
    rounds = [
        row for row in contests.list_counting_rounds(contest) if row.window.phase(now) is not Phase.SCHEDULED
    ]
    return Place(mine, contest, own, unit, rounds, _chosen_round(contest, rounds, round_number, now))


def get_place(
    staff: Staff, slug: str | None, round_number: int | None, code: str | None, now: datetime
) -> Place:
    """The place as `find_place` finds it. Raises NotFound."""
    place = find_place(staff, slug, round_number, code, now)
    if place is None:
        raise NotFound("contest")
    return place


def _takes_part(staff: Staff, contest: Contest) -> bool:
    """Whether the contest took the account's unit over from the account's tree."""
    is_of_tree = contest.tree_id is not None and contest.tree_id == staff.tree_id
    return is_of_tree and contests.find_unit(contest.id, staff.unit_code or "") is not None


def _chosen_contest(mine: Sequence[Contest], slug: str | None, now: datetime) -> Contest:
    if slug is not None:
        found = next((contest for contest in mine if contest.slug == slug), None)
        if found is None:
            raise NotFound("contest")
        return found

    def is_open(contest: Contest) -> bool:
        current = contests.current_round(contest, now)
        return current is not None and current.window.phase(now) in (Phase.OPEN, Phase.RESTING, Phase.PAUSED)

    return next((contest for contest in mine if is_open(contest)), mine[0])


def _units_of(staff: Staff, contest: Contest, code: str | None) -> tuple[ContestUnit, ContestUnit]:
    """The account's own unit, and the one that is asked for if it is that or stands below it."""
    own = contests.find_unit(contest.id, staff.unit_code or "")
    unit = own if code is None else contests.find_unit(contest.id, code)
    if own is None or unit is None or not unit.path.startswith(own.path):
        raise NotFound("unit")
    return own, unit


def _chosen_round(
    contest: Contest, rounds: Sequence[Round], asked: int | None, now: datetime
) -> Round | None:
    if asked is not None:
        found = next((round_ for round_ in rounds if round_.number == asked), None)
        if found is None:
            raise NotFound("round")
        return found
    current = contests.current_round(contest, now)
    return current if current in rounds else (rounds[-1] if rounds else None)
