"""What a board ranks: the results of a round or of a combined list, with what of them may be seen now."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from quiz.contests.definition import Prize
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import Phase
from quiz.contests.queries import list_counting_rounds, list_lists
from quiz.contests.visibility import Visible, has_come, visible
from quiz.scoring.ranking import Criterion
from quiz.standings.collective_reading import visible_over

_TO_COME = frozenset({Phase.DRAFT, Phase.SCHEDULED})


class Kind(StrEnum):
    """Whose rows; `quiz.standings.board_queries` knows the table of each."""

    ROUND = "round"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Scope:
    """The results that a board shows, and what may be shown of them now.

    Who is not all correct has no place where the rules say so, nor who took part in fewer than `min_rounds`.
    `version` changes whenever all places may have changed at once (freezing, a corrected key): what was
    remembered of the order before is of no use then.
    """

    kind: Kind
    contest_id: int
    number: int
    name: str
    phase: Phase
    shown: Visible
    criteria: tuple[Criterion, ...]
    prizes: tuple[Prize, ...]
    version: Hashable
    min_rounds: int = 1
    held_since: datetime | None = None  # the board stands still: it shows how it was then

    @property
    def key(self) -> Hashable:
        """By which figures of it are remembered."""
        return self.kind, self.contest_id, self.number, self.version

    @property
    def only_all_correct(self) -> bool:
        """Whether all answers have to be right to have a place."""
        return Criterion.ALL_CORRECT in self.criteria


def round_scope(round_: Round, now: datetime) -> Scope:
    """A round as a board shows it at a moment."""
    definition = round_.settings
    phase = round_.window.phase(now)
    since = round_.held_since(now)
    target = definition.prediction.target if definition.prediction else None
    return Scope(
        kind=Kind.ROUND,
        contest_id=round_.contest_id,
        number=round_.number,
        name=definition.name,
        phase=phase,
        shown=visible(phase, target, definition.publish, is_held=since is not None),
        criteria=definition.ranking,
        prizes=definition.prizes,
        version=_version(round_),
        held_since=since,
    )


def list_scope(list_: StandingList, rounds: Sequence[Round], now: datetime) -> Scope:
    """A combined list as a board shows it: nothing that any of its rounds hides that have begun.

    `rounds` are the contest's.
    """
    definition = list_.settings
    own = [round_ for round_ in rounds if round_.number in definition.rounds]
    begun = [round_ for round_ in own if round_.window.phase(now) not in _TO_COME]
    # A round that is still a draft is not among those given: the list waits for it.
    to_come = [Phase.DRAFT] * (len(definition.rounds) - len(own))
    phase = _phase_of([*(round_.window.phase(now) for round_ in own), *to_come])
    shown = visible_over(begun, now)
    return Scope(
        kind=Kind.LIST,
        contest_id=list_.contest_id,
        number=list_.number,
        name=definition.name,
        phase=phase,
        shown=replace(
            shown,
            # While a round's board stands still, what is added to the sums would tell how it goes on.
            board=bool(begun) and shown.board and not shown.is_held and has_come(definition.publish, phase),
            is_official=phase is Phase.PUBLISHED,
        ),
        criteria=definition.ranking,
        prizes=definition.prizes,
        version=tuple(_version(round_) for round_ in own),
        min_rounds=definition.min_rounds,
    )


def list_scopes(contest: Contest, now: datetime) -> tuple[Scope, ...]:
    """The scopes that have a board by now: rounds by number, then combined lists."""
    rounds = list_counting_rounds(contest)
    begun = [round_ for round_ in rounds if round_.window.phase(now) is not Phase.SCHEDULED]
    has_lists = any(round_.list_numbers for round_ in begun)  # else no list has a board yet
    lists = [list_scope(list_, rounds, now) for list_ in list_lists(contest)] if has_lists else []
    return (
        *(round_scope(round_, now) for round_ in begun),
        *(scope for scope in lists if scope.phase is not Phase.SCHEDULED),
    )


def _version(round_: Round) -> Hashable:
    return round_.state, round_.actual_number, str(round_.corrections_data)


def _phase_of(phases: Sequence[Phase]) -> Phase:
    """That of several rounds together: over when all are over, official when all are published."""
    if not phases or all(phase in _TO_COME for phase in phases):
        return Phase.SCHEDULED
    if not all(phase.is_over for phase in phases):
        return Phase.OPEN
    if all(phase is Phase.PUBLISHED for phase in phases):
        return Phase.PUBLISHED
    return Phase.CLOSED if Phase.CLOSED in phases else Phase.FROZEN
