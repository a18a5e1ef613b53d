"""How alike the answers of two papers are, and how often two people who answer alone would be so alike. Pure.

The index is the generalized binomial test: van der Linden, W. J. & Sotaridona, L. (2006). Detecting answer
copying when the regular response process follows a known response model. Journal of Educational and
Behavioral Statistics 31 (3), 283–304, in its symmetric form: it asks whether two papers agree too often, and
not who copied from whom.

With πᵢ the chance that both give the same answer to question i, the number of same answers among the
questions that both papers have and both people answered is a sum of independent events with chances πᵢ (a
generalized, or Poisson, binomial). The p-value is the chance of at least as many as were seen.

    πᵢ = P₁(right) P₂(right) · Σ share² of right answers + P₁(wrong) P₂(wrong) · Σ share² of wrong answers
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.vetting.similarity_model import Item, Seen

# Fewer shared questions say nothing even when all answers agree.
FEWEST_SHARED = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two papers compared: questions shared, same answers, of these wrong, same answers expected, p-value."""

    shared: int
    same: int
    same_wrong: int
    expected: float
    p: float


def compare(one: Seen, other: Seen, items: Mapping[int, Item]) -> Likeness | None:
    """The two papers compared; None where they share too few answered questions."""
    shared = one.answers.keys() & other.answers.keys()
    if len(shared) < FEWEST_SHARED:
        return None
    same = same_wrong = 0
    chances = []
    for question in shared:
        mine, theirs = one.answers[question], other.answers[question]
        if mine.choice == theirs.choice:
            same += 1
            same_wrong += not mine.is_right
        chances.append(_agreement(one.chance[question], other.chance[question], items[question]))
    expected = sum(chances)
    # As many as expected, or fewer: the tail is large, and nobody needs to know how large.
    p = tail(chances, same) if same > expected else 1.0
    return Likeness(len(shared), same, same_wrong, expected, p)


def tail(chances: Sequence[float], least: int) -> float:
    """The chance of at least `least` events among independent ones with these chances."""
    if least <= 0:
        return 1.0
    if least > len(chances):
        return 0.0
    # exactly[n]: the chance of n events among those looked at; the last place gathers `least` and more.
    exactly = [1.0] + [0.0] * least
    for chance in chances:
        against = 1 - chance
        exactly[least] += exactly[least - 1] * chance
        for number in range(least - 1, 0, -1):
            exactly[number] = exactly[number] * against + exactly[number - 1] * chance
        exactly[0] *= against
    return min(1.0, exactly[least])


def _agreement(one: float, other: float, item: Item) -> float:
    return one * other * item.same_right + (1 - one) * (1 - other) * item.same_wrong
