"""What a file of units would change in a tree: codes decide what is the same unit. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.units.rows import UnitRow


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as the tree holds it now; `parent_code` is None for a root."""

    id: int
    code: str
    parent_code: str | None
    name: str
    kind: str
    headcount: int | None
    short_name: str | None
    old_names: str | None
    division: str | None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Rows of the file by what they mean for the tree, and units that the file no longer names."""

    added: tuple[UnitRow, ...]
    changed: tuple[UnitRow, ...]
    unchanged: tuple[UnitRow, ...]
    vanished: tuple[KnownUnit, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the tree is as the file says already."""
        return not (self.added or self.changed or self.vanished)


def plan_merge(rows: Iterable[UnitRow], known: Mapping[str, KnownUnit]) -> MergePlan:
    """Compare the rows of a file with the units of a tree, by code."""
    added: list[UnitRow] = []
    changed: list[UnitRow] = []
    unchanged: list[UnitRow] = []
    named: set[str] = set()
    for row in rows:
        named.add(row.code)
        before = known.get(row.code)
        if before is None:
            added.append(row)
        else:
            (unchanged if _says_the_same(row, before) else changed).append(row)
    vanished = tuple(unit for code, unit in known.items() if code not in named)
    return MergePlan(tuple(added), tuple(changed), tuple(unchanged), vanished)


def stored_old_names(row: UnitRow) -> str | None:
    """Old names as the tree keeps them."""
    return "; ".join(row.old_names) or None


def _says_the_same(row: UnitRow, before: KnownUnit) -> bool:
    return (
        row.parent_code,
        row.name,
        row.kind,
        row.headcount,
        row.short_name,
        stored_old_names(row),
        row.division,
    ) == (
        before.parent_code,
        before.name,
        before.kind,
        before.headcount,
        before.short_name,
        before.old_names,
        before.division,
    )
