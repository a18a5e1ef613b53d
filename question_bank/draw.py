"""Drawing a paper by matrix: so many questions of this topic and that level, the same for the same seed."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from question_bank.folding import loose_key
from question_bank.matching import Matching
from question_bank.pinning import pinned_places, stays_last

__all__ = [
    "Cell",
    "Drawn",
    "Plan",
    "PoolItem",
    "PoolTooThin",
    "Shortage",
    "coverage",
    "draw",
    "pinned_places",
    "stays_last",
]

_T = TypeVar("_T")

# Papers are drawn again until their expected share of right answers is this near to the mean; with twenty
# questions every second paper is, so that twelve draws nearly always have one.
_TOLERANCE = 0.02
_TRIES = 12


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A question that may be drawn. `pinned` are the 0-based choices that keep their place.

    Near-duplicates share a `group`; a paper never has two of one group. `facility` is the share of right
    answers so far, once there are enough.
    """

    id: int
    topic: str | None
    level: str | None
    choices: int
    pinned: tuple[int, ...] = ()
    group: int | None = None
    facility: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` questions of a topic and a level; None stands for any."""

    topic: str | None
    level: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """What the bank lacks for a cell: "Chủ đề B, mức khó: cần 3, có 2"."""

    cell: Cell
    wanted: int
    available: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question on a paper; `order[i]` is the 0-based choice of the revision shown at place i."""

    id: int
    order: tuple[int, ...]


class PoolTooThin(Exception):
    """The bank cannot fill the matrix."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        super().__init__(f"{len(shortages)} cells cannot be filled")
        self.shortages = shortages


class Plan:
    """A pool and a matrix made ready, so that many papers can be drawn from them."""

    def __init__(self, pool: Sequence[PoolItem], cells: Sequence[Cell]) -> None:
        if any(cell.count < 0 for cell in cells):
            raise ValueError("a cell cannot ask for a negative number of questions")
        self.cells = tuple(cells)
        self._room = [cell.count for cell in cells]
        # The same seed has to give the same paper in whatever order the pool was loaded.
        items = sorted({item.id: item for item in pool}.values(), key=lambda item: item.id)
        grouped: dict[tuple[str, int], list[PoolItem]] = {}
        for item in items:
            key = ("item", item.id) if item.group is None else ("group", item.group)
            grouped.setdefault(key, []).append(item)
        fitting = _CellIndex(cells)
        self._groups: list[list[tuple[PoolItem, frozenset[int]]]] = []
        self._fits: list[tuple[int, ...]] = []
        for members in grouped.values():
            useful = [(item, found) for item in members if (found := fitting.cells_of(item))]
            if useful:
                self._groups.append(useful)
                self._fits.append(tuple(sorted(frozenset().union(*(found for _, found in useful)))))
        self._balance = _Balance(self._room, [pair for group in self._groups for pair in group])

    def shortages(self) -> tuple[Shortage, ...]:
        """What is missing, cell by cell; empty if every paper can be drawn.

        The cells with the fewest candidates are filled first, so that a lack shows where it is.
        """
        candidates = [sum(cell in fits for fits in self._fits) for cell in range(len(self.cells))]
        scarcity = [
            (count, (cell.topic is None) + (cell.level is None))
            for count, cell in zip(candidates, self.cells, strict=True)
        ]
        fits = [sorted(cells, key=scarcity.__getitem__) for cells in self._fits]
        matching = Matching(fits, self._room)
        for group in sorted(range(len(fits)), key=lambda group: (len(fits[group]), scarcity[fits[group][0]])):
            matching.place(group)
        return tuple(
            Shortage(cell, cell.count, len(members))
            for cell, members in zip(self.cells, matching.members, strict=True)
            if len(members) < cell.count
        )

    def draw(
        self,
        *,
        seed: int,
        shuffle_questions: bool = True,
        shuffle_choices: bool = True,
        seen: Mapping[int, int] | None = None,
    ) -> tuple[Drawn, ...]:
        """A paper. `seen` says how often this person has had a question. Raises `PoolTooThin`."""
        dice = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, not a secret
        chosen = self._choose(dice, seen or {})
        tries = 1
        while tries < _TRIES and self._balance.deviation(chosen) > _TOLERANCE:
            other = self._choose(dice, seen or {})
            chosen = min(chosen, other, key=self._balance.deviation)
            tries += 1
        chosen.sort(key=lambda pair: (pair[0], pair[1].id))
        if shuffle_questions:
            chosen = _shuffled(chosen, dice)
        return tuple(Drawn(item.id, _choice_order(item, dice, shuffle_choices)) for _, item in chosen)

    def _choose(self, dice: random.Random, seen: Mapping[int, int]) -> list[tuple[int, PoolItem]]:
        """Questions with the cell that each stands in."""
        matching = self._filled(self._preference(dice, seen))
        if matching.missing:
            raise PoolTooThin(self.shortages())
        return [
            (cell, self._pick(group, cell, dice, seen))
            for cell, members in enumerate(matching.members)
            for group in sorted(members)
        ]

    def _filled(self, order: Sequence[int]) -> Matching:
        matching = Matching(self._fits, self._room)
        for group in order:
            if not matching.missing:
                break
            matching.place(group)
        return matching

    def _preference(self, dice: random.Random, seen: Mapping[int, int]) -> list[int]:
        """Groups the person has seen least come first, at random among equals.

        A group of n twins gets n chances, so that each question is shown equally often.
        """
        keys = [
            (
                sum(seen.get(item.id, 0) for item, _ in group) if seen else 0,
                -math.log(1 - dice.random()) / len(group),
            )
            for group in self._groups
        ]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def _pick(self, group: int, cell: int, dice: random.Random, seen: Mapping[int, int]) -> PoolItem:
        """One of the twins that fit the cell, one the person has not seen if there is one."""
        fitting = [item for item, cells in self._groups[group] if cell in cells]
        least = min(seen.get(item.id, 0) for item in fitting)
        candidates = [item for item in fitting if seen.get(item.id, 0) == least]
        return candidates[_below(len(candidates), dice)] if len(candidates) > 1 else candidates[0]


def coverage(pool: Sequence[PoolItem], cells: Sequence[Cell]) -> tuple[Shortage, ...]:
    """What the bank lacks for a matrix, before anybody has to draw."""
    return Plan(pool, cells).shortages()


def draw(
    pool: Sequence[PoolItem],
    cells: Sequence[Cell],
    *,
    seed: int,
    shuffle_questions: bool = True,
    shuffle_choices: bool = True,
    seen: Mapping[int, int] | None = None,
) -> tuple[Drawn, ...]:
    """One paper; for many from the same pool make a `Plan` once. Raises `PoolTooThin`."""
    return Plan(pool, cells).draw(
        seed=seed, shuffle_questions=shuffle_questions, shuffle_choices=shuffle_choices, seen=seen
    )


class _CellIndex:
    """Cells by topic and level, compared as loosely as wordings are."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._by_names: dict[tuple[str | None, str | None], list[int]] = {}
        for index, cell in enumerate(cells):
            if cell.count:
                self._by_names.setdefault((_name(cell.topic), _name(cell.level)), []).append(index)

    def cells_of(self, item: PoolItem) -> frozenset[int]:
        topics = {None, _name(item.topic)}
        levels = {None, _name(item.level)}
        return frozenset(
            cell for topic in topics for level in levels for cell in self._by_names.get((topic, level), ())
        )


class _Balance:
    """How far a paper is from the mean difficulty of its cells. Zero as long as too little is known."""

    def __init__(self, room: Sequence[int], pool: Sequence[tuple[PoolItem, frozenset[int]]]) -> None:
        known = [item.facility for item, _ in pool if item.facility is not None]
        self._is_known = 2 * len(known) > len(pool)
        self._usual = math.fsum(known) / len(known) if known else 0.0
        self._target = 0.0
        for cell, count in enumerate(room):
            fitting = [self._facility(item) for item, cells in pool if cell in cells]
            if count and fitting:
                self._target += count * math.fsum(fitting) / len(fitting)

    def deviation(self, chosen: Sequence[tuple[int, PoolItem]]) -> float:
        """The difference of the expected shares of right answers, without its sign."""
        if not self._is_known or not chosen:
            return 0.0
        return abs(math.fsum(self._facility(item) for _, item in chosen) - self._target) / len(chosen)

    def _facility(self, item: PoolItem) -> float:
        return self._usual if item.facility is None else item.facility


def _name(text: str | None) -> str | None:
    return None if text is None else loose_key(text)


def _below(bound: int, dice: random.Random) -> int:
    # Only random() itself is promised to stay the same between versions of Python.
    return int(dice.random() * bound)


def _shuffled(values: Sequence[_T], dice: random.Random) -> list[_T]:
    mixed = list(values)
    for last in range(len(mixed) - 1, 0, -1):
        other = _below(last + 1, dice)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def _choice_order(item: PoolItem, dice: random.Random, shuffle: bool) -> tuple[int, ...]:
    order = list(range(item.choices))
    if shuffle:
        free = [index for index in order if index not in item.pinned]
        for place, choice in zip(free, _shuffled(free, dice), strict=True):
            order[place] = choice
    return tuple(order)
