"""Rasch difficulty: how hard a question is, whoever answered it.

    P(right) = 1 / (1 + exp(difficulty − ability))

Abilities are removed by conditioning, so that difficulties of questions from different random papers can
be compared. With few different papers the exact conditional likelihood is used: what is expected of each
question among attempts with the same number of right answers. With many, that of pairs: among attempts
with one of two questions right, which one? Difficulties are in logits and their mean is zero.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

_EXACT_PAPERS = 25
_LONGEST_EXACT = 120
_ROUNDS = 2_000
_PRECISION = 1e-10
_LARGEST_STEP = 1.0


@dataclass(slots=True)
class Paper:
    """All attempts at one set of questions: how often each number of right answers came."""

    items: tuple[int, ...]
    scores: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class _Counts:
    papers: dict[tuple[int, ...], Paper] = field(default_factory=dict)
    right: Counter[int] = field(default_factory=Counter)
    beats: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


def difficulties(attempts: Collection[Mapping[int, bool]]) -> dict[int, float | None]:
    """Difficulty by question; None where it cannot be told.

    That is so when everybody or nobody was right, or when no chain of comparisons connects a question
    with the largest connected part of the others.
    """
    seen: set[int] = set()
    beats: dict[int, set[int]] = defaultdict(set)
    for attempt in attempts:
        seen.update(attempt)
        right = [item for item, is_right in attempt.items() if is_right]
        wrong = [item for item, is_right in attempt.items() if not is_right]
        for item in right:
            beats[item].update(wrong)
    comparable = _largest_part(beats, seen)
    counts = _count(attempts, comparable)
    exact = len(counts.papers) <= _EXACT_PAPERS and all(
        len(items) <= _LONGEST_EXACT for items in counts.papers
    )
    found = _exact(counts, comparable) if exact else _from_pairs(counts, comparable)
    return {item: found.get(item) for item in sorted(seen)}


def _count(attempts: Collection[Mapping[int, bool]], comparable: frozenset[int]) -> _Counts:
    counts = _Counts()
    for attempt in attempts:
        items = tuple(sorted(comparable.intersection(attempt)))
        right = [item for item in items if attempt[item]]
        if not right or len(right) == len(items):
            continue  # says nothing about one question against another
        counts.papers.setdefault(items, Paper(items)).scores[len(right)] += 1
        counts.right.update(right)
        wrong = [item for item in items if not attempt[item]]
        for item in right:
            counts.beats[item].update(wrong)
    return counts


def _exact(counts: _Counts, comparable: frozenset[int]) -> dict[int, float]:
    """Newton's steps, question by question, to where each is right as often as expected."""
    level = dict.fromkeys(sorted(comparable), 0.0)
    for _ in range(_ROUNDS):
        expected: dict[int, float] = dict.fromkeys(level, 0.0)
        information: dict[int, float] = dict.fromkeys(level, 0.0)
        for paper in counts.papers.values():
            _expect(paper, level, expected, information)
        largest = 0.0
        for item in level:
            if information[item] <= 0:
                continue
            # Half a step: all questions move at once, and two that pull apart would overshoot.
            step = (expected[item] - counts.right[item]) / information[item] / 2
            step = max(-_LARGEST_STEP, min(_LARGEST_STEP, step))
            level[item] += step
            largest = max(largest, abs(step))
        level = _centred(level)
        if largest < _PRECISION:
            break
    return level


def _expect(
    paper: Paper, level: Mapping[int, float], expected: dict[int, float], information: dict[int, float]
) -> None:
    """Add what is expected of each question, given the numbers of right answers, and its variance."""
    ease = [math.exp(-level[item]) for item in paper.items]
    before = _partial_sums(ease)
    behind = _partial_sums(ease[::-1])[::-1]
    whole = before[-1]
    for place, item in enumerate(paper.items):
        # All ways to be right on s − 1 of the other questions.
        front, back = before[place], behind[place + 1]
        for score, times in paper.scores.items():
            ways = math.fsum(
                front[taken] * back[score - 1 - taken]
                for taken in range(max(0, score - len(back)), min(len(front), score))
            )
            chance = ease[place] * ways / whole[score]
            expected[item] += times * chance
            information[item] += times * chance * (1 - chance)


def _partial_sums(ease: Sequence[float]) -> list[list[float]]:
    """Elementary symmetric functions of the first 0, 1, 2 … values."""
    sums = [[1.0]]
    for value in ease:
        last = sums[-1]
        sums.append(
            [
                (last[order] if order < len(last) else 0.0) + (value * last[order - 1] if order else 0.0)
                for order in range(len(last) + 1)
            ]
        )
    return sums


def _from_pairs(counts: _Counts, comparable: frozenset[int]) -> dict[int, float]:
    """Maximum likelihood of all pairs (the Bradley–Terry model), by Hunter's iteration."""
    place = {item: index for index, item in enumerate(sorted(comparable))}
    met: list[Counter[int]] = [Counter() for _ in place]
    wins = [0] * len(place)
    for item, beaten in counts.beats.items():
        for other, times in beaten.items():
            met[place[item]][place[other]] += times
            met[place[other]][place[item]] += times
            wins[place[item]] += times
    # Lists, not dictionaries: a thousand questions meet half a million times, in every round.
    pairs = [(index, list(times.items())) for index, times in enumerate(met)]
    ease = [1.0] * len(place)
    for _ in range(_ROUNDS):
        largest = 0.0
        for index, others in pairs:
            own = ease[index]
            value = wins[index] / sum([times / (own + ease[other]) for other, times in others])
            largest = max(largest, abs(math.log(value / own)))
            ease[index] = value
        if largest < _PRECISION:
            break
    return _centred({item: -math.log(ease[index]) for item, index in place.items()})


def _centred(level: Mapping[int, float]) -> dict[int, float]:
    mean = math.fsum(level.values()) / len(level) if level else 0.0
    return {item: value - mean for item, value in level.items()}


def _largest_part(beats: Mapping[int, set[int]], items: set[int]) -> frozenset[int]:
    """The largest set in which each question can be reached from each along "was right where … was wrong"."""
    beaten_by: dict[int, set[int]] = defaultdict(set)
    for item, others in beats.items():
        for other in others:
            beaten_by[other].add(item)
    left = set(items)
    best: frozenset[int] = frozenset()
    while len(left) > max(1, len(best)):
        start = min(left)
        part = frozenset(_reached(start, beats, left) & _reached(start, beaten_by, left))
        left -= part
        if len(part) > max(1, len(best)):
            best = part
    return best


def _reached(start: int, along: Mapping[int, set[int]], within: set[int]) -> set[int]:
    found = {start}
    waiting = [start]
    while waiting:
        for other in along.get(waiting.pop(), ()):
            if other in within and other not in found:
                found.add(other)
                waiting.append(other)
    return found
