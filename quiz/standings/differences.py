"""What a stored result says against what follows from the attempts. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quiz.scoring.ranking import Place


class Ranked(Protocol):
    """A stored result."""

    @property
    def entry_id(self) -> int: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def category_rank(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored result that does not follow from the attempts: of a round, or of a combined list (`place`)."""

    place: str
    entry_id: int
    column: str
    stored: object
    expected: object


def compare(
    place: str, stored: Any, expected: Mapping[str, Any], *, is_published: bool
) -> Iterator[Difference]:
    """Columns that differ. What is published keeps the unit that it was published with."""
    if stored is None:
        yield Difference(place, expected["entry_id"], "row", None, "missing")
        return
    for column, value in expected.items():
        if is_published and column == "unit_id":
            continue
        if getattr(stored, column) != value:
            yield Difference(place, expected["entry_id"], column, getattr(stored, column), value)


def compare_places(place: str, stored: Sequence[Ranked], found: Mapping[int, Place]) -> Iterator[Difference]:
    """Final ranks, and ranks within categories, that differ."""
    for row in stored:
        wanted = found[row.entry_id]
        if row.rank != wanted.rank:
            yield Difference(place, row.entry_id, "rank", row.rank, wanted.rank)
        if row.category_rank != wanted.category_rank:
            yield Difference(place, row.entry_id, "category_rank", row.category_rank, wanted.category_rank)


def columns_of(row: Any) -> dict[str, Any]:
    """A mapped row as its columns."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
