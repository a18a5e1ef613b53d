"""Whether the bank can fill a round's papers. Nothing here writes."""

from question_bank.draw import Cell, Shortage, coverage
from quiz.bank.queries import pool_for
from quiz.contests.definition import MatrixCell, PaperRule
from quiz.core.errors import NotFound


def shortages_of(paper: PaperRule) -> tuple[Shortage, ...]:
    """What the bank lacks, empty when every paper can be drawn. A missing bank lacks everything."""
    cells = paper.matrix or (MatrixCell(None, None, len(paper.fixed)),)
    wanted = tuple(Cell(cell.topic, cell.level, cell.count) for cell in cells)
    try:
        pool = pool_for(paper)
    except NotFound:
        return tuple(Shortage(cell, cell.count, 0) for cell in wanted)
    return coverage(pool, wanted)
