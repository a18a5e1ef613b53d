"""How much of a bank one person may ever see: from that much on papers repeat what the person has had."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from question_bank.chances import shuffled
from question_bank.draw import Cell, CellIndex, Drawn, PoolItem, PoolTooThin, draw

__all__ = ["draw_within", "most_of", "within_reach"]


def most_of(cell: Cell, candidates: int, share: Decimal) -> int:
    """How many of a cell's questions a person may see; one paper has to fit."""
    return max(cell.count, math.floor(share * candidates))


def within_reach(
    pool: Sequence[PoolItem], cells: Sequence[Cell], *, seed: int, seen: Mapping[int, int], share: Decimal
) -> list[PoolItem]:
    """What the next paper may be drawn from: all that the person has seen, and as many new ones as are left.

    A question that fits several cells counts where it is needed most, in the cell with the fewest.
    """
    dice = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, not a secret
    reach: list[PoolItem] = []
    for cell, items in sorted(_parts(pool, cells).items()):
        had = [item for item in items if seen.get(item.id)]
        new = [item for item in items if not seen.get(item.id)]
        left = max(0, most_of(cells[cell], len(items), share) - len(had))
        reach += had + shuffled(new, dice)[:left]
    return reach


def draw_within(
    pool: Sequence[PoolItem],
    cells: Sequence[Cell],
    *,
    share: Decimal | None,
    seed: int,
    shuffle_questions: bool,
    shuffle_choices: bool,
    seen: Mapping[int, int],
) -> tuple[Drawn, ...]:
    """One paper for a person who may see that share of the pool; None: all of it. Raises `PoolTooThin`.

    The matrix is kept before the share: where what is within reach cannot fill it, because the matrix or the
    bank changed, as few new questions as possible come in.
    """
    drawn = partial(
        draw, cells=cells, seed=seed, shuffle_questions=shuffle_questions, shuffle_choices=shuffle_choices
    )
    if share is None or not any(item.id in seen for item in pool):
        return drawn(pool, seen=seen)
    reach = within_reach(pool, cells, seed=seed, seen=seen, share=share)
    try:
        return drawn(reach, seen=seen)
    except PoolTooThin:
        strange = {item.id: 1 for item in pool if not seen.get(item.id)}
        return drawn(pool, seen=strange)


def _parts(pool: Sequence[PoolItem], cells: Sequence[Cell]) -> dict[int, list[PoolItem]]:
    """The questions of each cell, each question in one of them."""
    index = CellIndex(cells)
    items = sorted({item.id: item for item in pool}.values(), key=lambda item: item.id)
    fits = {item.id: found for item in items if (found := index.cells_of(item))}
    size = {cell: sum(cell in found for found in fits.values()) for cell in range(len(cells))}
    parts: dict[int, list[PoolItem]] = {}
    for item in items:
        if item.id in fits:
            parts.setdefault(min(fits[item.id], key=lambda cell: (size[cell], cell)), []).append(item)
    return parts
