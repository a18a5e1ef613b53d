"""One round: when, how long, which paper, how often, how it is ranked and made public. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from quiz.contests.definition_json import Piece
from quiz.contests.hours import OpenHours
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.prizes import CategoryPrizes, Exclusive, PrizeRules, Quota
from quiz.scoring.ranking import Counts, Criterion


class Finish(StrEnum):
    """What happens to an attempt that runs when the round closes."""

    CUT = "cut"
    LET_FINISH = "let_finish"


class Per(StrEnum):
    """In which span attempts are counted. A new round does not end a day or week, nor the other way round."""

    DAY = "day"
    WEEK = "week"  # from Monday
    ROUND = "round"
    CONTEST = "contest"


class Shuffle(StrEnum):
    """What stands in another order on every paper."""

    QUESTIONS = "questions"
    CHOICES = "choices"


class PublishTime(StrEnum):
    """When something is shown to the entrants."""

    AT_ONCE = "at_once"
    AFTER_CLOSE = "after_close"
    AFTER_PUBLICATION = "after_publication"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class AttemptRule(Piece):
    """How often a person may take part, and which attempt counts. No limit: None."""

    limit: int | None = 1
    per: Per = Per.ROUND
    counts: Counts = Counts.BEST_THEN_EARLIEST


@dataclass(frozen=True, slots=True)
class MatrixCell(Piece):
    """So many questions of a topic and a level; None: any."""

    topic: str | None
    level: str | None
    count: int


@dataclass(frozen=True, slots=True)
class PaperRule(Piece):
    """From which bank a paper comes: drawn by a matrix, or the same fixed questions for everybody."""

    bank: str
    shuffle: tuple[Shuffle, ...] = (Shuffle.QUESTIONS, Shuffle.CHOICES)
    matrix: tuple[MatrixCell, ...] = ()
    fixed: tuple[str, ...] = ()  # numbers of the questions in the bank
    exposure_cap: Decimal | None = None  # the share of the bank that one person may ever see; None: all of it

    @property
    def question_count(self) -> int:
        """How many questions a paper has."""
        return len(self.fixed) or sum(cell.count for cell in self.matrix)


@dataclass(frozen=True, slots=True)
class PredictionRule(Piece):
    """The number to predict, with so many decimals, and which of a person's predictions counts."""

    target: Target
    decimals: int = 0
    counts: Stated = Stated.COUNTED


@dataclass(frozen=True, slots=True)
class PublishRule(Piece):
    """When the own score, when the key with its sources, and when the boards are shown.

    In the last `freeze_minutes` before the close boards stand still: they show how it was when these began.
    """

    score: PublishTime = PublishTime.AT_ONCE
    key: PublishTime = PublishTime.AFTER_PUBLICATION
    board: PublishTime = PublishTime.AT_ONCE
    freeze_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Prize(Piece):
    """A prize, how many there are of it, and what it is worth, in words."""

    name: str
    count: int = 1
    amount: str = ""


@dataclass(frozen=True, slots=True)
class AwardRule(Piece):
    """Who may get a prize of the round. `cap_percent`: of the participants, at most so many get one."""

    exclusive: Exclusive = Exclusive.NO
    all_correct: bool = False
    cap_percent: int | None = None


@dataclass(frozen=True, slots=True)
class CategoryRule(Piece):
    """What is different for one category of entrants: the bank that their papers come from, their prizes.

    Prizes of its own make a list of its own; `most` limits how many of the round's prizes go to the category.
    """

    code: str
    bank: str | None = None  # None: the round's
    prizes: tuple[Prize, ...] = ()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Admission(Piece):
    """Who may start: people who qualified in the final results of a round or of a combined list.

    All conditions that are given have to hold; `top` is the last place that qualifies.
    """

    of_round: int | None = None
    of_list: int | None = None
    top: int | None = None
    min_correct: int | None = None
    all_correct: bool = False


# Of people with as many right answers, the quicker stands first, then who handed in earlier.
RANKING = (Criterion.CORRECT_COUNT, Criterion.DURATION, Criterion.SUBMITTED_AT)
RANKING_WITH_PREDICTION = (Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR, *RANKING[1:])


def quotas(prizes: tuple[Prize, ...]) -> tuple[Quota, ...]:
    """Prizes as the rule takes them."""
    return tuple(Quota(prize.name, prize.count) for prize in prizes)


@dataclass(frozen=True, slots=True)
class RoundDefinition(Piece):
    """A round as the organisers set it. Times are aware and in UTC; `minutes` None: as long as the round."""

    number: int
    name: str
    opens_at: datetime
    closes_at: datetime
    minutes: int | None
    paper: PaperRule
    attempts: AttemptRule = field(default_factory=AttemptRule)
    ranking: tuple[Criterion, ...] = RANKING
    prediction: PredictionRule | None = None
    publish: PublishRule = field(default_factory=PublishRule)
    finish: Finish = Finish.CUT
    must_answer_all: bool = False
    practice: bool = False  # to try out: no results, no boards, no limits of other rounds touched
    categories: tuple[CategoryRule, ...] = ()
    start_spread_seconds: int = 0  # people may begin spread over so many seconds after the opening
    prizes: tuple[Prize, ...] = ()
    awarding: AwardRule = field(default_factory=AwardRule)
    windows: OpenHours | None = None  # None: all the time between opening and closing
    admits: Admission | None = None  # None: everybody who entered

    @property
    def prize_rules(self) -> PrizeRules:
        """The rules by which prizes are given."""
        return PrizeRules(
            quotas(self.prizes),
            tuple(CategoryPrizes(one.code, one.most, quotas(one.prizes)) for one in self.categories),
            self.awarding.exclusive,
            self.awarding.all_correct,
            self.awarding.cap_percent,
        )

    @property
    def all_prizes(self) -> tuple[Prize, ...]:
        """The common prizes and those of categories."""
        return (*self.prizes, *(prize for one in self.categories for prize in one.prizes))

    def paper_for(self, category: str | None) -> PaperRule:
        """From which bank the papers of a category's entrants come; the matrix is everybody's."""
        bank = next((one.bank for one in self.categories if one.code == category and one.bank), None)
        return replace(self.paper, bank=bank) if bank else self.paper

    @property
    def papers(self) -> tuple[PaperRule, ...]:
        """The papers of everybody and of each category that has its own bank, each once."""
        return tuple(dict.fromkeys((self.paper, *(self.paper_for(one.code) for one in self.categories))))
