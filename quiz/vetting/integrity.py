"""Which papers of a round deserve a look, and why. Pure.

Nothing here convicts anybody: speed is a rule that was stated to everybody, the rest are chances under a
model of people who work alone. Honest people share rooms, lessons, phones and good luck.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from quiz.vetting.integrity_pairs import (
    Circle,
    Pairs,
    Placed,
    circles,
    expected_accidents,
    holm,
    pairs_to_compare,
)
from quiz.vetting.integrity_timing import (
    MANY_ON_DEVICE,
    Beats,
    Spread,
    compare_rhythms,
    densest,
    is_fast_and_good,
)
from quiz.vetting.similarity import compare
from quiz.vetting.similarity_model import Answers, fit, seen

# A list holds every comparison of which, among honest ones, at most this many are expected by chance.
ACCIDENTS = 1.0
# After correction for everything that was compared, an accident at or below this is rare.
RARE = 0.05


class Signal(StrEnum):
    """What made somebody look."""

    FAST = "fast"
    SIMILAR = "similar"
    RHYTHM = "rhythm"
    BURST = "burst"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A closed attempt as the signals need it; times in ms, `by_hand`: handed in before its time was over."""

    person: int
    attempt: int
    counts: bool
    answers: Answers
    questions: int
    right: int
    started_ms: int
    submitted_ms: int
    duration_ms: int
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One signal. `p` and `corrected` are None where it follows from a stated rule."""

    signal: Signal
    people: tuple[int, ...]
    attempts: tuple[int, ...]
    p: float | None = None
    corrected: float | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """How much was looked at for one signal: comparisons, and accidents expected in its list."""

    comparisons: int
    accidents: float


@dataclass(frozen=True, slots=True)
class Found:
    """All findings of a round, and how much was looked at to find them."""

    findings: tuple[Finding, ...]
    looked: Mapping[Signal, Looked]
    pairs: Mapping[Circle, int]
    left_out: Mapping[Circle, int]


Step = Callable[[int, int], None]


def look(sittings: Sequence[Sitting], people: Sequence[Placed], *, every: int = 1, step: Step) -> Found:
    """All signals of a round. `step` is told how many of the comparisons are done."""
    wanted = pairs_to_compare(people)
    findings = list(_fast(sittings))
    similar, looked_similar = _similar(sittings, wanted, every, step)
    rhythm, looked_rhythm = _rhythms(sittings, wanted)
    bursts, looked_burst = _bursts(sittings, people)
    devices = _devices(sittings, people)
    by_circle = Counter(circle for _one, _other, circle in wanted)
    return Found(
        (*findings, *similar, *rhythm, *bursts, *devices),
        {Signal.SIMILAR: looked_similar, Signal.RHYTHM: looked_rhythm, Signal.BURST: looked_burst},
        {kind: by_circle[kind] for kind in Circle},
        wanted.left_out,
    )


def _fast(sittings: Sequence[Sitting]) -> list[Finding]:
    return [
        Finding(
            Signal.FAST,
            (one.person,),
            (one.attempt,),
            evidence={"duration_ms": one.duration_ms, "right": one.right, "questions": one.questions},
        )
        for one in sittings
        if is_fast_and_good(one.duration_ms, one.questions, one.right)
    ]


def _similar(
    sittings: Sequence[Sitting], pairs: Pairs, every: int, step: Step
) -> tuple[list[Finding], Looked]:
    """Pairs whose counted papers agree too often."""
    counted = {one.person: one for one in sittings if one.counts}
    items = fit([one.answers for one in counted.values()], every=every)
    known = {person: seen(counted[person].answers, items) for person in pairs.people & counted.keys()}
    compared, found = 0, []
    for done, (one, other, circle) in enumerate(pairs):
        if done % 2_000 == 0:
            step(done, pairs.most)
        if one not in known or other not in known:
            continue
        likeness = compare(known[one], known[other], items)
        if likeness is None:
            continue
        compared += 1
        if likeness.p < 0.01:
            evidence = {
                "circle": circle.value,
                "shared": likeness.shared,
                "same": likeness.same,
                "same_wrong": likeness.same_wrong,
                "expected": round(likeness.expected, 2),
            }
            attempts = (counted[one].attempt, counted[other].attempt)
            found.append(Finding(Signal.SIMILAR, (one, other), attempts, likeness.p, None, evidence))
    return _listed(found, compared)


def _rhythms(sittings: Sequence[Sitting], pairs: Pairs) -> tuple[list[Finding], Looked]:
    """Pairs whose working times and breaks are too near each other; what ended with its time is left out."""
    of_person: dict[int, list[Sitting]] = {}
    for one in sorted(sittings, key=lambda one: (one.person, one.started_ms)):
        of_person.setdefault(one.person, []).append(one)
    beats = {person: _beats(rows) for person, rows in of_person.items()}
    worked = Spread([time for one in beats.values() for time in one.worked])
    breaks = Spread([time for one in beats.values() for time in one.breaks])
    compared, found = 0, list[Finding]()
    for first, second, circle in pairs:
        if first not in beats or second not in beats:
            continue
        rhythm = compare_rhythms(beats[first], beats[second], worked, breaks)
        if rhythm is None:
            continue
        compared += 1
        if rhythm.p < 0.01:
            rows = (*of_person[first], *of_person[second])
            apart = abs(of_person[first][0].started_ms - of_person[second][0].started_ms)
            evidence = {
                "circle": circle.value,
                "compared": rhythm.compared,
                "largest_ms": rhythm.largest_ms,
                "starts_apart_ms": apart,
            }
            attempts = tuple(row.attempt for row in rows)
            found.append(Finding(Signal.RHYTHM, (first, second), attempts, rhythm.p, None, evidence))
    return _listed(found, compared)


def _beats(rows: Sequence[Sitting]) -> Beats:
    hand = [row for row in rows if row.by_hand]
    breaks = [later.started_ms - earlier.submitted_ms for earlier, later in pairwise(hand)]
    return Beats(tuple(row.duration_ms for row in hand), tuple(breaks))


def _bursts(sittings: Sequence[Sitting], people: Sequence[Placed]) -> tuple[list[Finding], Looked]:
    """Networks and devices that handed in far more within a minute than the round did."""
    everything = sorted(one.submitted_ms for one in sittings)
    rows = _by_person(sittings)
    compared, found = 0, []
    for kind in (Circle.DEVICE, Circle.NETWORK):
        for members in circles(people, kind).values():
            own = sorted(
                (row.submitted_ms, row.attempt, row.person) for one in members for row in rows.get(one, ())
            )
            burst = densest([at for at, _attempt, _person in own], everything)
            if burst is None or len(own) < MANY_ON_DEVICE:
                continue
            compared += 1
            inside = [row for row in own if row[0] >= burst.began_ms][: burst.inside]
            if burst.p < 0.01 and burst.inside >= MANY_ON_DEVICE:
                evidence = {
                    "circle": kind.value,
                    "inside": burst.inside,
                    "papers": burst.papers,
                    "began_ms": burst.began_ms,
                }
                persons = tuple(sorted({person for _at, _attempt, person in inside}))
                attempts = tuple(attempt for _at, attempt, _person in inside)
                found.append(Finding(Signal.BURST, persons, attempts, burst.p, None, evidence))
    return _listed(found, compared)


def _devices(sittings: Sequence[Sitting], people: Sequence[Placed]) -> list[Finding]:
    """Devices on which more people took the round than a family that takes turns."""
    rows = _by_person(sittings)
    found = []
    for members in circles(people, Circle.DEVICE).values():
        there = tuple(one for one in members if one in rows)
        if len(there) >= MANY_ON_DEVICE:
            attempts = tuple(row.attempt for one in there for row in rows[one])
            found.append(Finding(Signal.DEVICE, there, attempts, evidence={"people": len(there)}))
    return sorted(found, key=lambda one: one.people)


def _by_person(sittings: Sequence[Sitting]) -> dict[int, list[Sitting]]:
    rows: dict[int, list[Sitting]] = {}
    for one in sittings:
        rows.setdefault(one.person, []).append(one)
    return rows


def _listed(found: list[Finding], comparisons: int) -> tuple[list[Finding], Looked]:
    """What stays in the list, with the p-value after correction for everything that was compared."""
    if not comparisons:
        return [], Looked(0, 0.0)
    threshold = min(0.01, ACCIDENTS / comparisons)
    kept = sorted(
        (one for one in found if one.p is not None and one.p <= threshold),
        key=lambda one: (one.p or 0.0, one.people),
    )
    corrected = holm([one.p or 0.0 for one in kept], comparisons)
    listed = [
        Finding(one.signal, one.people, one.attempts, one.p, after, one.evidence)
        for one, after in zip(kept, corrected, strict=True)
    ]
    return listed, Looked(comparisons, expected_accidents(threshold, comparisons))
