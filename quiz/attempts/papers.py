"""Papers: drawn by seed from the bank, kept as pinned revisions, marked by choice identity."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from question_bank.draw import Cell, PoolItem
from question_bank.exposure import draw_within
from quiz.contests.definition import RoundDefinition
from quiz.scoring.marking import PaperItem

PaperData: TypeAlias = Sequence[tuple[int, Sequence[int]]]


def cells(definition: RoundDefinition) -> tuple[Cell, ...]:
    """The round's matrix as the draw wants it; a fixed list is one cell with room for all of it."""
    if definition.paper.fixed:
        return (Cell(None, None, len(definition.paper.fixed)),)
    return tuple(Cell(cell.topic, cell.level, cell.count) for cell in definition.paper.matrix)


def draw_paper(
    pool: Sequence[PoolItem], definition: RoundDefinition, *, seed: int, seen: Mapping[int, int]
) -> list[list[object]]:
    """A paper as stored: [revision id, [0-based choices in the order shown]] per question.

    Raises question_bank.draw.PoolTooThin.
    """
    drawn = draw_within(
        pool,
        cells(definition),
        share=definition.paper.exposure_cap,
        seed=seed,
        shuffle_questions="questions" in definition.paper.shuffle,
        shuffle_choices="choices" in definition.paper.shuffle,
        seen=seen,
    )
    return [[item.id, list(item.order)] for item in drawn]


def as_items(paper: PaperData, correct_of: Mapping[int, Iterable[int]]) -> list[PaperItem]:
    """The paper for marking; `correct_of` maps a revision to its 0-based right choices."""
    return [PaperItem(revision, tuple(order), frozenset(correct_of[revision])) for revision, order in paper]


def seen_revisions(papers: Sequence[PaperData]) -> dict[int, int]:
    """How often each revision stood on the given papers."""
    counts: dict[int, int] = {}
    for paper in papers:
        for revision, _order in paper:
            counts[revision] = counts.get(revision, 0) + 1
    return counts
