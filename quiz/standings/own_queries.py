"""What counts of one entrant on a board. Nothing here writes."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from quiz.core.database import db
from quiz.standings.board_queries import SOURCES, Only, in_scope
from quiz.standings.scopes import Scope


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What counts of one entrant, who has a place or none (`has_place`); `is_final`: places were fixed."""

    rank_key: bytes
    has_place: bool
    is_final: bool
    rank: int | None
    category: str | None
    category_rank: int | None
    correct_count: int
    question_count: int
    duration_ms: int
    prediction_error: str | None

    def at(self, rank: int | None, category_rank: int | None) -> "OwnResult":
        """With these places."""
        return replace(self, rank=rank, category_rank=category_rank)

    def without_places(self) -> "OwnResult":
        """With no place told."""
        return self.at(None, None)


def place_among(scope: Scope, key: bytes) -> tuple[int, int]:
    """The place of a result with this key on a small board, and how many have one."""
    table, _number = SOURCES[scope.kind]
    counted: Any = select(func.count().filter(table.rank_key < key), func.count())
    better, people = db.session.execute(in_scope(counted, scope, Only())).one()
    return better + 1, people


def find_own(scope: Scope, entry_id: int) -> OwnResult | None:
    """What counts of an entrant, with the places that were fixed."""
    table, _number = SOURCES[scope.kind]
    row = db.session.get(table, (scope.contest_id, scope.number, entry_id))
    if row is None:
        return None
    is_right = row.correct_count == row.question_count
    often_enough = scope.min_rounds <= 1 or row.rounds >= scope.min_rounds
    return OwnResult(
        rank_key=bytes(row.rank_key),
        has_place=often_enough and (is_right or not scope.only_all_correct),
        is_final=row.rank is not None,
        rank=row.rank,
        category=row.category,
        category_rank=row.category_rank,
        correct_count=row.correct_count,
        question_count=row.question_count,
        duration_ms=row.duration_ms,
        prediction_error=row.prediction_error,
    )
