"""What prizes are given in: a round, or a combined list over several rounds, by what both have in common."""

from dataclasses import dataclass
from functools import singledispatch

from quiz.attempts.models import ListResult, Result
from quiz.contests.definition import Prize
from quiz.contests.definition_rounds import quotas
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_list, get_round, list_rounds
from quiz.core.database import db
from quiz.scoring.prizes import PrizeRules
from quiz.scoring.ranking import Criterion

FIXED = (RoundState.FROZEN.value, RoundState.PUBLISHED.value)


@dataclass(frozen=True, slots=True)
class Prized:
    """A round with `list_number` 0, or a combined list with the last of its rounds.

    A list is fixed and published when all of its rounds are.
    """

    of: Round | StandingList
    round_: Round
    list_number: int
    name: str
    rules: PrizeRules
    prizes: tuple[Prize, ...]
    ranking: tuple[Criterion, ...]
    rounds: tuple[Round, ...]

    @property
    def contest_id(self) -> int:
        """Whose it is."""
        return self.of.contest_id

    @property
    def number(self) -> int:
        """The number of the round; of a list's last one."""
        return self.round_.number

    @property
    def key(self) -> tuple[int, int, int]:
        """What its prizes, checks and papers are kept by."""
        return self.contest_id, self.number, self.list_number

    @property
    def columns(self) -> dict[str, int]:
        """The same by the names of the columns."""
        return dict(zip(("contest_id", "round_number", "list_number"), self.key, strict=True))

    @property
    def address(self) -> dict[str, int]:
        """What stands in the addresses of its pages."""
        return {"list_number": self.list_number} if self.list_number else {"number": self.number}

    @property
    def subject(self) -> str:
        """What the log calls it."""
        return f"list {self.list_number}" if self.list_number else f"round {self.number}"

    @property
    def table(self) -> type[Result] | type[ListResult]:
        """Whose rows are its results."""
        return ListResult if self.list_number else Result

    @property
    def is_fixed(self) -> bool:
        """Whether there are final places."""
        return bool(self.rounds) and all(one.state in FIXED for one in self.rounds)

    @property
    def is_published(self) -> bool:
        """Whether everybody may know."""
        return bool(self.rounds) and all(one.state == RoundState.PUBLISHED.value for one in self.rounds)


@singledispatch
def prized(of: object) -> Prized:
    """A round or a combined list as what gives prizes."""
    raise TypeError(of)


@prized.register
def _round(of: Round) -> Prized:
    rules = of.settings
    return Prized(of, of, 0, rules.name, rules.prize_rules, rules.all_prizes, rules.ranking, (of,))


@prized.register
def _list(of: StandingList) -> Prized:
    rules = of.settings
    contest = db.session.get_one(Contest, of.contest_id)
    rounds = tuple(one for one in list_rounds(contest) if one.number in rules.rounds)
    given = PrizeRules(quotas(rules.prizes))
    return Prized(of, rounds[-1], of.number, rules.name, given, rules.prizes, rules.ranking, rounds)


def find_prized(contest: Contest, number: int, list_number: int = 0) -> Prized:
    """The round, or the combined list of `list_number`. Raises NotFound."""
    return prized(get_list(contest, list_number) if list_number else get_round(contest, number))
