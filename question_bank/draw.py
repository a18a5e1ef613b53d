"""Drawing a paper by matrix: so many questions of this topic and that level, the same for the same seed."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from question_bank.balance import TOLERANCE, TRIES, Balance, owners
from question_bank.chances import Lots, one_of, shuffled, some_of
from question_bank.folding import loose_key
from question_bank.matching import Matching
from question_bank.pinning import pinned_places, stays_last

__all__ = [
    "Cell",
    "CellIndex",
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


@dataclass(frozen=True, slots=True)
class PoolItem:
    """A question that may be drawn. `pinned` are the 0-based choices that keep their place.

    Near-duplicates share a `group`; a paper never has two of one group. `facility` is the share of right
    answers so far, once there are enough. `wider` are further names of topics that the question counts
    under: those above its own in the tree, and what its own was called before.
    """

    id: int
    topic: str | None
    level: str | None
    choices: int
    pinned: tuple[int, ...] = ()
    group: int | None = None
    facility: float | None = None
    wider: tuple[str, ...] = ()


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
        fitting = CellIndex(cells)
        self._groups: list[list[tuple[PoolItem, frozenset[int]]]] = []
        self._fits: list[tuple[int, ...]] = []
        for members in grouped.values():
            useful = [(item, found) for item in members if (found := fitting.cells_of(item))]
            if useful:
                self._groups.append(useful)
                self._fits.append(tuple(sorted(frozenset().union(*(found for _, found in useful)))))
        self._balance = Balance(self._room, [pair for group in self._groups for pair in group])
        self._group_of = {item.id: index for index, group in enumerate(self._groups) for item, _ in group}
        self._own = {cell: self._lots(groups) for cell, groups in owners(self._fits).items()}
        own = {group for lots in self._own.values() for group in lots.values}
        self._shared = [group for group in range(len(self._groups)) if group not in own]

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
        while tries < TRIES and self._balance.deviation(chosen) > TOLERANCE:
            other = self._choose(dice, seen or {})
            chosen = min(chosen, other, key=self._balance.deviation)
            tries += 1
        chosen.sort(key=lambda pair: (pair[0], pair[1].id))
        if shuffle_questions:
            chosen = shuffled(chosen, dice)
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
        """Groups the person has seen least come first, by chance among equals.

        A group of n twins gets n chances, so that each question is shown equally often.
        """
        times: dict[int, int] = {}
        for id_, often in seen.items():
            if (seen_group := self._group_of.get(id_)) is not None and often:
                times[seen_group] = times.get(seen_group, 0) + often
        order = [group for cell, lots in self._own.items() for group in self._taken(cell, lots, times, dice)]
        keys = {
            group: (times.get(group, 0), -math.log(1 - dice.random()) / len(self._groups[group]))
            for group in self._shared
        }
        return order + sorted(keys, key=keys.__getitem__)

    def _taken(self, cell: int, lots: Lots, times: Mapping[int, int], dice: random.Random) -> list[int]:
        """Groups for a cell that has its own: those seen least, among equals with even chances."""
        if lots.has_many(self._room[cell], len(times)):
            return lots.few(self._room[cell], dice, times)
        taken: list[int] = []
        for often in sorted({times.get(group, 0) for group in lots.values}):
            equal = [index for index, group in enumerate(lots.values) if times.get(group, 0) == often]
            weights = [lots.weights[index] for index in equal]
            chosen = some_of(weights, self._room[cell] - len(taken), dice)
            taken += [lots.values[equal[index]] for index in chosen]
            if len(taken) >= self._room[cell]:
                break
        return taken

    def _lots(self, groups: Sequence[int]) -> Lots:
        weights = [sum(self._balance.weight(item) for item, _ in self._groups[group]) for group in groups]
        return Lots(groups, weights)

    def _pick(self, group: int, cell: int, dice: random.Random, seen: Mapping[int, int]) -> PoolItem:
        """One of the twins that fit the cell, one the person has not seen if there is one."""
        fitting = [item for item, cells in self._groups[group] if cell in cells]
        least = min(seen.get(item.id, 0) for item in fitting)
        candidates = [item for item in fitting if seen.get(item.id, 0) == least]
        if len(candidates) == 1:
            return candidates[0]
        return one_of(candidates, [self._balance.weight(item) for item in candidates], dice)


def coverage(pool: Sequence[PoolItem], cells: Sequence[Cell]) -> tuple[Shortage, ...]:
    """What the bank lacks for a matrix, before anybody has to draw."""
    return plan_for(pool, cells).shortages()


def plan_for(pool: Sequence[PoolItem], cells: Sequence[Cell]) -> Plan:
    """The plan of a pool and a matrix; of a pool that is a tuple, and so never changes, it is kept."""
    if not isinstance(pool, tuple):
        return Plan(pool, cells)
    key = (id(pool), tuple(cells))
    kept = _plans.get(key)
    # The pool is kept with its plan: as long as it is, no other pool can have its id.
    if kept is None or kept[0] is not pool:
        kept = (pool, Plan(pool, cells))
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        _plans[key] = kept
    return kept[1]


def draw(
    pool: Sequence[PoolItem],
    cells: Sequence[Cell],
    *,
    seed: int,
    shuffle_questions: bool = True,
    shuffle_choices: bool = True,
    seen: Mapping[int, int] | None = None,
) -> tuple[Drawn, ...]:
    """One paper. Raises `PoolTooThin`."""
    return plan_for(pool, cells).draw(
        seed=seed, shuffle_questions=shuffle_questions, shuffle_choices=shuffle_choices, seen=seen
    )


# A round needs one for its bank as it is now; a plan of 10,000 questions takes some megabytes.
_MOST_PLANS = 20
_plans: dict[tuple[int, tuple[Cell, ...]], tuple[Sequence[PoolItem], Plan]] = {}


class CellIndex:
    """Cells by topic and level, compared as loosely as wordings are."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._by_names: dict[tuple[str | None, str | None], list[int]] = {}
        for index, cell in enumerate(cells):
            if cell.count:
                self._by_names.setdefault((_name(cell.topic), _name(cell.level)), []).append(index)

    def cells_of(self, item: PoolItem) -> frozenset[int]:
        topics = {None, _name(item.topic), *map(_name, item.wider)}
        levels = {None, _name(item.level)}
        return frozenset(
            cell for topic in topics for level in levels for cell in self._by_names.get((topic, level), ())
        )


def _name(text: str | None) -> str | None:
    return None if text is None else loose_key(text)


def _choice_order(item: PoolItem, dice: random.Random, shuffle: bool) -> tuple[int, ...]:
    order = list(range(item.choices))
    if shuffle:
        free = [index for index in order if index not in item.pinned]
        for place, choice in zip(free, shuffled(free, dice), strict=True):
            order[place] = choice
    return tuple(order)
