"""What the clock tells: papers faster than they can be read, times that are too much alike, bursts. Pure."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# The rule that the page of rules states to entrants. A paper has to be below the first and at or above the
# second; organisers have praised perfect papers of one minute, so this asks for a look and proves nothing.
LEAST_SECONDS = Fraction(5, 2)  # per question
GOOD_SHARE = Fraction(9, 10)  # of right answers
BURST_MS = 60_000
# So many people on one device in one round are more than a family that takes turns.
MANY_ON_DEVICE = 4


@dataclass(frozen=True, slots=True)
class Beats:
    """A person's rhythm in a round: how long each attempt took, and the breaks between them, in ms."""

    worked: tuple[int, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Two rhythms compared: how many times were set side by side, the largest difference, the p-value."""

    compared: int
    largest_ms: int
    p: float


@dataclass(frozen=True, slots=True)
class Burst:
    """The densest minute of a circle: when it began, how many papers it had of how many, the p-value."""

    began_ms: int
    inside: int
    papers: int
    p: float


def is_fast_and_good(duration_ms: int, questions: int, right: int) -> bool:
    """Whether a paper is below the least time and nearly all right."""
    if questions <= 0:
        return False
    return duration_ms < LEAST_SECONDS * 1000 * questions and Fraction(right, questions) >= GOOD_SHARE


def least_ms(questions: int) -> int:
    """The least time of a paper, in ms."""
    return int(LEAST_SECONDS * 1000 * questions)


class Spread:
    """Times of everybody; how likely two of them, taken independently, are so near each other."""

    def __init__(self, times: Sequence[int]) -> None:
        self._times = sorted(times)

    def nearness(self, one: int, other: int) -> float:
        """The chance that a second time falls as near to the first as the other one does.

        Where more than √n times lie so near they are counted; else the density of the √n around gives it
        (after Loftsgaarden & Quesenberry 1965, by rank). So a time that many people need is no evidence, nor
        one that many have exactly. Times are whole milliseconds.
        """
        count = len(self._times)
        if count < 2:
            return 1.0
        gap, wanted = abs(one - other), math.isqrt(count) + 1
        inside = max(self._within(one, gap), self._within(other, gap))
        if inside > wanted:
            return min(1.0, inside / count)
        low = max(0, min(bisect_left(self._times, (one + other) / 2) - wanted // 2, count - 1 - wanted))
        width = max(self._times[min(count - 1, low + wanted)] - self._times[low], 2 * gap + 1)
        return min(1.0, wanted / count * (2 * gap + 1) / width)

    def _within(self, middle: int, gap: int) -> int:
        """How many times lie at most so far from the middle."""
        return bisect_right(self._times, middle + gap) - bisect_left(self._times, middle - gap)


def compare_rhythms(one: Beats, other: Beats, worked: Spread, breaks: Spread) -> Rhythm | None:
    """Two people's rhythms, place by place, combined after Fisher (1932); None with nothing to compare."""
    pairs = [(a, b, worked) for a, b in zip(one.worked, other.worked, strict=False)]
    pairs += [(a, b, breaks) for a, b in zip(one.breaks, other.breaks, strict=False)]
    if not pairs:
        return None
    chances = [spread.nearness(a, b) for a, b, spread in pairs]
    return Rhythm(len(pairs), max(abs(a - b) for a, b, _spread in pairs), fisher(chances))


def fisher(p_values: Sequence[float]) -> float:
    """Independent p-values in one: the upper tail of χ² (twice as many degrees of freedom) at −2 Σ ln p."""
    half = -math.fsum(math.log(max(p, 1e-300)) for p in p_values)
    term = total = 1.0
    for step in range(1, len(p_values)):
        term *= half / step
        total += term
    return min(1.0, math.exp(-half) * total)


def densest(own_ms: Sequence[int], all_ms: Sequence[int], window_ms: int = BURST_MS) -> Burst | None:
    """The minute in which a circle handed in the most, against how the whole round handed in.

    Given its papers, each of the others falls into the minute after one of them with the share that the
    rest of the round had there (one paper added, so that it is never nothing). p is the chance of so many by
    the binomial distribution, times the number of minutes looked at: an upper bound, whatever the overlap.
    Both sequences are ascending, and `all_ms` includes the circle's.
    """
    count = len(own_ms)
    if count < 2:
        return None
    others = len(all_ms) - count
    best: Burst | None = None
    for first, began in enumerate(own_ms):
        inside = bisect_right(own_ms, began + window_ms) - first
        everybody = bisect_right(all_ms, began + window_ms) - bisect_left(all_ms, began)
        share = min(1.0, (max(0, everybody - inside) + 1) / (others + 1))
        p = min(1.0, count * binomial_tail(count - 1, share, inside - 1))
        if best is None or (p, -inside) < (best.p, -best.inside):
            best = Burst(began, inside, count, p)
    return best


def binomial_tail(trials: int, chance: float, least: int) -> float:
    """The chance of at least `least` of so many trials."""
    if least <= 0:
        return 1.0
    if chance >= 1:
        return 1.0
    log_in, log_out = math.log(chance), math.log1p(-chance)
    whole = math.lgamma(trials + 1)
    return min(
        1.0,
        math.fsum(
            math.exp(
                whole
                - math.lgamma(number + 1)
                - math.lgamma(trials - number + 1)
                + number * log_in
                + (trials - number) * log_out
            )
            for number in range(least, trials + 1)
        ),
    )
