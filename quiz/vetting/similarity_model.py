"""How people answer who answer alone: the model behind the comparison of papers. Pure.

    P(right)        = 1 / (1 + exp(difficulty − ability))        Rasch (1960), fitted in question_bank.rasch
    P(k | wrong)    = share of answer k among the wrong answers to that question
    P(k | right)    = share of answer k among the right ones (a question with one right answer: 1)

So a wrong answer is drawn as people who get the question wrong draw it, whatever their ability: the nested
logit model of Suh & Bolt (2010, Psychometrika 75) with the same pull for everybody. It needs far fewer
answers than Bock's nominal response model, which matters where every paper is drawn from a large bank.
The shares include the two people who are compared, which makes agreement look a little more likely than it
is: the error is on the side of those under suspicion.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from question_bank.rasch import difficulties

_STEPS = 30
_NEAR = 1e-9
_FARTHEST = 12.0  # logits; beyond, chances are 0 or 1 for every purpose


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: what was chosen (sets of choices of the revision, whatever their order on paper)."""

    choice: Hashable
    is_right: bool


# Question (revision) -> answer; a question left blank is not in it.
Answers = Mapping[int, Given]


@dataclass(frozen=True, slots=True)
class Item:
    """A question: how hard it is, and the chance that two right, or two wrong, answers are the same one."""

    difficulty: float
    same_right: float
    same_wrong: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as the model sees them: what they chose, and their chance of being right, by question."""

    answers: Answers
    chance: Mapping[int, float]


def fit(everybody: Sequence[Answers], *, every: int = 1) -> dict[int, Item]:
    """The questions of a round from all its papers; those whose difficulty cannot be told are left out.

    Difficulties come from each `every`-th paper, shares from all.
    """
    levels = difficulties([_marks(answers) for answers in everybody[::every]])
    right: dict[int, Counter[Hashable]] = {}
    wrong: dict[int, Counter[Hashable]] = {}
    for answers in everybody:
        for question, given in answers.items():
            (right if given.is_right else wrong).setdefault(question, Counter())[given.choice] += 1
    return {
        question: Item(level, _same(right.get(question)), _same(wrong.get(question)))
        for question, level in levels.items()
        if level is not None
    }


def seen(answers: Answers, items: Mapping[int, Item]) -> Seen:
    """The person behind a paper: the ability at which the number of right answers is what is expected."""
    known = answers
    if not answers.keys() <= items.keys():
        known = {question: given for question, given in answers.items() if question in items}
    levels = [items[question].difficulty for question in known]
    place = ability(levels, sum(given.is_right for given in known.values()))
    chance = {question: _right(place - items[question].difficulty) for question in known}
    return Seen(known, chance)


def ability(levels: Sequence[float], right: int) -> float:
    """Where `right` right answers are expected at these difficulties.

    All right or none has no such place; half an answer less or more is taken, so that perfect papers are
    near certain to agree, and say nothing.
    """
    if not levels:
        return 0.0
    wanted = min(max(right, 0.5), len(levels) - 0.5)
    place = math.fsum(levels) / len(levels) + math.log(wanted / (len(levels) - wanted))
    low, high = min(levels) - _FARTHEST, max(levels) + _FARTHEST
    for _ in range(_STEPS):
        chances = [_right(place - level) for level in levels]
        excess = math.fsum(chances) - wanted
        if excess > 0:
            high = place
        else:
            low = place
        slope = math.fsum(chance * (1 - chance) for chance in chances)
        step = excess / slope if slope > _NEAR else math.inf
        nearer = place - step
        # Newton's step, or half of what is left where that leads outside.
        nearer = nearer if low < nearer < high else (low + high) / 2
        if abs(nearer - place) < _NEAR:
            return nearer
        place = nearer
    return place


def _right(lead: float) -> float:
    return 1 / (1 + math.exp(-max(-_FARTHEST * 3, min(_FARTHEST * 3, lead))))


def _marks(answers: Answers) -> dict[int, bool]:
    return {question: given.is_right for question, given in answers.items()}


def _same(chosen: Counter[Hashable] | None) -> float:
    """The chance that two people who choose as these did choose the same; 1 where nobody is known."""
    counts: Iterable[int] = (chosen or Counter({None: 1})).values()
    times = list(counts)
    total = sum(times)
    return sum((one / total) ** 2 for one in times)
