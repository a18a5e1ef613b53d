"""How invented people answer: ability against difficulty, a pace, a guess at the prediction. Pure."""

import math
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from quiz.scoring.marking import PaperItem
from quiz.scoring.prediction import Target

_FIRST_DAYS_SHARE = 0.44  # of a round's attempts came in its first 32 hours where that was counted


def answers(
    source: random.Random, items: Sequence[PaperItem], ability: float, practice: int
) -> dict[str, list[int]]:
    """A sheet's answers: right with the chance that ability, practice and the question's difficulty give."""
    sheet = {}
    for place, item in enumerate(items, start=1):
        difficulty = random.Random(item.revision_id).gauss(-1.1, 0.9)
        right = 1 / (1 + math.exp(difficulty - ability - 0.55 * practice))
        shown_right = [shown + 1 for shown, choice in enumerate(item.order) if choice in item.correct]
        if source.random() < right:
            sheet[str(place)] = shown_right
        elif source.random() < 0.98:
            wrong = [shown for shown in range(1, len(item.order) + 1) if shown not in shown_right]
            sheet[str(place)] = [source.choice(wrong)] if wrong else shown_right
    return sheet


def working_time(source: random.Random, minutes: float, practice: int) -> timedelta:
    """How long somebody works: log-normal around half of the allowed time, quicker with practice."""
    share = source.lognormvariate(math.log(0.52 / (1 + 0.25 * practice)), 0.38)
    return timedelta(seconds=max(35.0, min(share, 0.995) * minutes * 60))


def start_time(source: random.Random, opens_at: datetime, until: datetime) -> datetime:
    """A moment in the round: many in the first 32 hours, then by day and evening, few at night."""
    span = (until - opens_at).total_seconds()
    while True:
        if source.random() < _FIRST_DAYS_SHARE:
            second = source.random() * min(span, 32 * 3600)
        else:
            second = source.random() * span
        moment = opens_at + timedelta(seconds=second)
        hour = (moment.hour + 7) % 24
        if 6 <= hour <= 22 or source.random() < 0.04:
            return moment


def guess(source: random.Random, target: Target, people: int, decimals: int) -> str:
    """A prediction as people type it: around a plausible number, off by a factor that varies a lot."""
    plausible = {
        Target.PEOPLE_ALL_CORRECT: people * 0.12,
        Target.PARTICIPANTS: people * 1.0,
        Target.ATTEMPTS: people * 2.4,
        Target.PERCENT_ALL_CORRECT: 12.0,
    }[target]
    value = plausible * source.lognormvariate(0, 0.6)
    if target.is_percentage:
        return f"{min(value, 100):.{decimals}f}".replace(".", ",")
    return str(max(0, round(value)))
