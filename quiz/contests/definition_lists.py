"""A combined list: one ranking over several rounds, by sums or by the best attempt of all of them. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.contests.definition_json import Piece
from quiz.contests.definition_rounds import Prize, PublishTime
from quiz.scoring.ranking import Counts, Criterion


class Take(StrEnum):
    """What of the rounds a list takes."""

    SUM = "sum"  # the counted results of the rounds, added up
    BEST = "best"  # the attempt that counts among all attempts of the rounds: a month fed by its weeks


# Most right answers over the rounds, then the least time, then the fewest attempts.
LIST_RANKING = (Criterion.CORRECT_COUNT, Criterion.DURATION, Criterion.ATTEMPTS)
LIST_TIMES = (PublishTime.AT_ONCE, PublishTime.AFTER_CLOSE, PublishTime.AFTER_PUBLICATION)


@dataclass(frozen=True, slots=True)
class ListDefinition(Piece):
    """A combined list as the organisers set it; `counts` matters for the best attempt only.

    Who took part in fewer than `min_rounds` of the rounds has no place. `publish`: when its board is shown.
    """

    number: int
    name: str
    rounds: tuple[int, ...]
    take: Take = Take.SUM
    counts: Counts = Counts.BEST_THEN_EARLIEST
    ranking: tuple[Criterion, ...] = LIST_RANKING
    min_rounds: int = 1
    publish: PublishTime = PublishTime.AT_ONCE
    prizes: tuple[Prize, ...] = ()
