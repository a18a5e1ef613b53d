"""The prediction question: which number is predicted, how it is typed, how far off it is. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from quiz.core.errors import Invalid

MAX_DECIMALS = 5
_LARGEST = Decimal(999_999_999)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+|(?: [0-9]{3})+)")
_GROUPED_DECIMAL = re.compile(r"([1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)),([0-9]+)")
_NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")


class Target(StrEnum):
    """The number that people predict."""

    PEOPLE_ALL_CORRECT = "people_all_correct"
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    PERCENT_ALL_CORRECT = "percent_all_correct"

    @property
    def is_percentage(self) -> bool:
        """Decimals make sense, and nothing above 100 does."""
        return self is Target.PERCENT_ALL_CORRECT


class Stated(StrEnum):
    """Which of a person's predictions counts."""

    COUNTED = "counted"  # that of the attempt that counts
    FIRST = "first"
    LAST = "last"


class Counter(StrEnum):
    """Public figures from which a predicted number can be read, of all people or of one unit."""

    PARTICIPANTS = "participants"
    PARTICIPATION_RATE = "participation_rate"
    ATTEMPTS = "attempts"
    PEOPLE_ALL_CORRECT = "people_all_correct"
    PERCENT_ALL_CORRECT = "percent_all_correct"
    SCORE_SPREAD = "score_spread"  # how many people reached each score
    BOARD_DEPTH = "board_depth"  # pages beyond the first, one's own rank, number of rows


_ALL_CORRECT = frozenset(
    {Counter.PEOPLE_ALL_CORRECT, Counter.PERCENT_ALL_CORRECT, Counter.SCORE_SPREAD, Counter.BOARD_DEPTH}
)
# What must not be seen anywhere while the round is open: who waits and looks would win.
HIDDEN_COUNTERS: Mapping[Target, frozenset[Counter]] = MappingProxyType(
    {
        Target.PEOPLE_ALL_CORRECT: _ALL_CORRECT,
        Target.PERCENT_ALL_CORRECT: _ALL_CORRECT,
        Target.PARTICIPANTS: frozenset(
            {Counter.PARTICIPANTS, Counter.PARTICIPATION_RATE, Counter.SCORE_SPREAD, Counter.BOARD_DEPTH}
        ),
        Target.ATTEMPTS: frozenset({Counter.ATTEMPTS}),
    }
)


class PredictionProblem(Invalid):
    """What was typed is no possible prediction.

    Codes: empty, negative, not_a_number, not_whole, too_many_decimals (with `decimals`), too_large (with
    `highest`).
    """


def parse_prediction(text: str, decimals: int, *, highest: Decimal = _LARGEST) -> Decimal:
    """The number typed: "3195", "3.195" and "3 195", or with decimals "87,65432". Raises PredictionProblem.

    Without decimals a point or comma can only separate thousands; with decimals it is the decimal mark.
    """
    # NFKC turns the narrow and unbreakable spaces of copied numbers into plain ones.
    typed = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not typed:
        raise PredictionProblem("empty")
    if re.fullmatch(r"[-\u2212][0-9., ]+", typed):
        raise PredictionProblem("negative")
    number = _fraction(typed, decimals) if decimals else _whole(typed)
    if number > highest:
        raise PredictionProblem("too_large", highest=highest)
    return number


def highest_for(target: Target) -> Decimal:
    """The largest prediction that can be true."""
    return Decimal(100) if target.is_percentage else _LARGEST


def actual_value(
    target: Target, *, people_all_correct: int, participants: int, attempts: int, decimals: int
) -> Decimal:
    """The number that came true, rounded as it is predicted. A percentage of nobody is 0."""
    if target is Target.PERCENT_ALL_CORRECT:
        share = Decimal(people_all_correct) * 100 / participants if participants else Decimal(0)
        return share.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    figures = {
        Target.PEOPLE_ALL_CORRECT: people_all_correct,
        Target.PARTICIPANTS: participants,
        Target.ATTEMPTS: attempts,
    }
    return Decimal(figures[target])


def error(predicted: Decimal, actual: Decimal) -> Decimal:
    """How far off: the distance, above and below alike."""
    return abs(predicted - actual)


def _whole(typed: str) -> Decimal:
    if _GROUPED.fullmatch(typed):
        return Decimal(re.sub(r"[^0-9]", "", typed))
    if not (match := _NUMBER.fullmatch(typed)):
        raise PredictionProblem("not_a_number")
    if match[2] is not None:
        raise PredictionProblem("not_whole")
    return Decimal(match[1])


def _fraction(typed: str, decimals: int) -> Decimal:
    if match := _GROUPED_DECIMAL.fullmatch(typed):
        whole, part = re.sub(r"[^0-9]", "", match[1]), match[2]
    elif match := _NUMBER.fullmatch(typed):
        whole, part = match[1], match[2] or ""
    else:
        raise PredictionProblem("not_a_number")
    if len(part) > decimals:
        raise PredictionProblem("too_many_decimals", decimals=decimals)
    return Decimal(f"{whole}.{part}") if part else Decimal(whole)
