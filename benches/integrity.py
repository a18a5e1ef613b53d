"""How often honest pairs look alike, and how many planted copiers are found: the index on invented papers.

The papers are not made by the model that judges them. Questions differ in discrimination, can be guessed, and
pull weak people to other wrong answers than strong ones; difficulties and shares are fitted from the papers,
as in a real round. 3,000 people in 60 units of 50: 73,500 pairs. One process, about a minute.
"""

import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from benches.frame import Row
from quiz.vetting.integrity import Signal, Sitting, look
from quiz.vetting.integrity_pairs import Placed, holm
from quiz.vetting.similarity import compare
from quiz.vetting.similarity_model import Given, Item, Seen, fit, seen

_UNITS, _PEOPLE = 60, 50
_PLANTED = 120  # two in each unit
_ALPHA = 0.001


@dataclass(frozen=True, slots=True)
class Question:
    """An invented question; choice 0 is right. `pulls`: (slope, level) of each wrong choice."""

    slope: float
    difficulty: float
    guess: float
    pulls: tuple[tuple[float, float], ...]

    def answer(self, source: Random, able: float) -> int:
        """What somebody of this ability chooses."""
        known = 1 / (1 + math.exp(-self.slope * (able - self.difficulty)))
        if source.random() < self.guess + (1 - self.guess) * known:
            return 0
        weights = [math.exp(slope * able + level) for slope, level in self.pulls]
        return 1 + source.choices(range(3), weights)[0]


@dataclass(frozen=True, slots=True)
class Seat:
    """A person: unit and answers by question."""

    unit: int
    picked: dict[int, int]


def rows() -> Iterable[Row]:
    """The bounds of `make bench`."""
    for count in (20, 40, 60):
        yield from honest(f"{count} questions for all", count, count, together=0.0, bounds=True)
    yield from honest("40 of 100 questions drawn", 40, 100, together=0.0, bounds=True)
    yield from honest("40 questions, learned together", 40, 40, together=0.7, bounds=False)
    for count, share, least in (
        (20, 0.6, None),
        (20, 1.0, 5),
        (40, 0.6, None),
        (40, 1.0, 60),
        (60, 0.6, None),
        (60, 1.0, 80),
    ):
        yield from planted(count, share, least)
    yield from times()


def times() -> Iterable[Row]:
    """False alarms of rhythms and bursts among people in their own time, and ten entries of one program."""
    source = Random("times")
    sittings, placed = [], []
    for person in range(_UNITS * _PEOPLE):
        placed.append(Placed(person, network=person // _PEOPLE, unit=person // _PEOPLE))
        started = source.randrange(0, 6 * 86_400_000)
        for turn in range(3):
            worked = round(source.lognormvariate(13, 0.4))
            sittings.append(_sitting(person, turn, started, worked))
            started += worked + round(source.expovariate(1 / 3_600_000))
    found = look(sittings, placed, step=lambda _done, _total: None)
    kinds = Counter(one.signal for one in found.findings)
    pairs = found.looked[Signal.RHYTHM].comparisons
    yield Row("Honest rhythms in the list (1 expected)", kinds[Signal.RHYTHM], "", 6, note=f"{pairs:,} pairs")
    yield Row("Honest bursts in the list (up to 1 expected)", kinds[Signal.BURST], "", 4, note="60 networks")
    robots = set(range(10))
    played = [one for one in sittings if one.person not in robots]
    for person in sorted(robots):
        started = source.randrange(0, 6 * 86_400_000)
        for turn in range(3):
            worked = 61_000 + source.randrange(0, 80)
            played.append(_sitting(person, turn, started, worked))
            started += worked + 5_000 + source.randrange(0, 40)
    found = look(played, placed, step=lambda _done, _total: None)
    caught = {
        one.people for one in found.findings if one.signal is Signal.RHYTHM and set(one.people) <= robots
    }
    yield Row(
        "Pairs among ten entries of one program found by rhythm",
        100 * len(caught) / 45,
        "%",
        90,
        at_least=True,
    )


def _sitting(person: int, turn: int, started: int, worked: int) -> Sitting:
    return Sitting(
        person=person,
        attempt=person * 10 + turn,
        counts=turn == 0,
        answers={},
        questions=20,
        right=10,
        started_ms=started,
        submitted_ms=started + worked,
        duration_ms=worked,
        by_hand=True,
    )


def honest(what: str, count: int, bank: int, *, together: float, bounds: bool) -> Iterable[Row]:
    """False alarms among people who answer alone; `together` shifts what a whole unit knows."""
    seats = make(Random(f"honest {what}"), count, bank, together=together)
    began = time.monotonic()
    p_values = sorted(judged(seats).values())
    spent = time.monotonic() - began
    pairs = len(p_values)
    share = sum(p <= _ALPHA for p in p_values) / pairs
    listed = sum(p <= 1 / pairs for p in p_values)
    rare = sum(p <= 0.05 for p in holm(p_values[:100], pairs))
    note = f"{pairs:,} pairs, {spent:.0f} s"
    yield Row(f"Honest pairs at p ≤ .001, {what}", share * 100, "%", 0.2 if bounds else None, note=note)
    yield Row("  in the list (1 expected)", listed, "", 6 if bounds else None)
    yield Row("  rare after correction", rare, "", 1 if bounds else None)


def planted(count: int, share: float, least: float | None) -> Iterable[Row]:
    """Copiers found: two in each unit take a share of their answers from a neighbour."""
    source = Random(f"planted {count} {share}")
    seats = make(source, count, count, together=0.0)
    pairs = []
    for unit in range(_UNITS):
        for turn in range(_PLANTED // _UNITS):
            giver, taker = unit * _PEOPLE + 2 * turn, unit * _PEOPLE + 2 * turn + 1
            copied = source.sample(sorted(seats[giver].picked), round(share * count))
            seats[taker].picked.update({one: seats[giver].picked[one] for one in copied})
            pairs.append((giver, taker))
    p_of = judged(seats)
    total = len(p_of)
    order = sorted(p_of, key=lambda pair: p_of[pair])
    corrected = dict(zip(order, holm([p_of[pair] for pair in order], total), strict=True))
    what = f"{count} questions, {share:.0%} copied"
    yield Row(f"Found at p ≤ .001, {what}", 100 * _share(pairs, p_of, _ALPHA), "%")
    yield Row("  in the list", 100 * _share(pairs, p_of, 1 / total), "%", least, at_least=True)
    yield Row("  rare after correction", 100 * _share(pairs, corrected, 0.05), "%")


def _share(pairs: Sequence[tuple[int, int]], p_of: Mapping[tuple[int, int], float], most: float) -> float:
    return sum(p_of[pair] <= most for pair in pairs) / len(pairs)


def make(source: Random, count: int, bank: int, *, together: float) -> list[Seat]:
    """People with their papers: `count` questions each, out of so many."""
    questions = [
        Question(
            slope=source.lognormvariate(0.1, 0.35),
            difficulty=source.gauss(-0.8, 1),
            guess=source.uniform(0, 0.15),
            pulls=tuple((source.gauss(0, 0.4), source.gauss(0, 0.8)) for _ in range(3)),
        )
        for _ in range(bank)
    ]
    seats = []
    for unit in range(_UNITS):
        shift = [source.gauss(0, together) for _ in questions]
        for _ in range(_PEOPLE):
            able = source.gauss(0, 1)
            paper = range(bank) if bank == count else source.sample(range(bank), count)
            picked = {one: questions[one].answer(source, able + shift[one]) for one in paper}
            seats.append(Seat(unit, picked))
    return seats


def judged(seats: Sequence[Seat]) -> dict[tuple[int, int], float]:
    """The p-value of every pair within a unit that can be compared."""
    papers = [{one: Given(choice, choice == 0) for one, choice in seat.picked.items()} for seat in seats]
    items: dict[int, Item] = fit(papers)
    known: list[Seen] = [seen(paper, items) for paper in papers]
    found = {}
    for unit in range(_UNITS):
        for one, other in combinations(range(unit * _PEOPLE, (unit + 1) * _PEOPLE), 2):
            likeness = compare(known[one], known[other], items)
            if likeness is not None:
                found[one, other] = likeness.p
    return found
