"""Importing trees of units: the whole file or nothing; codes keep their ids."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.folding import fold
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.units import queries
from quiz.units.errors import TreeBusy, TreeInvalid
from quiz.units.merging import MergePlan, plan_merge, stored_old_names
from quiz.units.models import Unit, UnitTree
from quiz.units.reading import read_units
from quiz.units.rows import UnitReading, UnitRow

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What a file says, what it would change, and whether it was saved."""

    reading: UnitReading
    plan: MergePlan
    is_saved: bool

    @property
    def is_refused_for_vanished(self) -> bool:
        """Whether the file is fine in itself but leaves out units that the tree has."""
        return not self.is_saved and not self.reading.has_errors and bool(self.plan.vanished)


def preview_tree(data: bytes, name: str, tree_slug: str) -> ImportOutcome:
    """What `import_tree` would do; nothing is saved. Raises TreeInvalid."""
    _check_slug(tree_slug)
    reading = read_units(data, name)
    tree = queries.find_tree(tree_slug)
    known = queries.known_units(tree.id) if tree else {}
    return ImportOutcome(reading, plan_merge(reading.rows, known), is_saved=False)


def import_tree(
    data: bytes,
    name: str,
    tree_slug: str,
    tree_name: str | None = None,
    *,
    remove_missing: bool = False,
    actor: Actor,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Create or update a tree from a CSV file: everything or, when anything is wrong, nothing.

    `name` is the file's name, `tree_name` defaults to the name of the first root. Units keep their ids by
    code. Units that the file leaves out stop the import unless `remove_missing`.
    Raises TreeInvalid, TreeBusy.
    """
    _check_slug(tree_slug)
    reading = read_units(data, name)
    try:
        with transaction() as session:
            tree = session.scalar(select(UnitTree).where(UnitTree.slug == tree_slug).with_for_update())
            known = queries.known_units(tree.id) if tree else {}
            plan = plan_merge(reading.rows, known)
            if reading.has_errors or (plan.vanished and not remove_missing):
                return ImportOutcome(reading, plan, is_saved=False)
            if tree is None:
                tree = UnitTree(slug=tree_slug, name=tree_name or reading.rows[0].name)
                session.add(tree)
            tree.name = tree_name or tree.name
            tree.imported_at = now
            session.flush()
            ids = {code: unit.id for code, unit in known.items()}
            _save(session, tree.id, reading.rows, ids, plan, progress or _silent)
            record(Action.UNITS_IMPORTED, tree_slug, actor=actor, now=now, **_figures(plan))
    except IntegrityError as error:
        raise TreeBusy("tree_busy") from error
    return ImportOutcome(reading, plan, is_saved=True)


def _save(
    session: Session,
    tree_id: int,
    rows: Sequence[UnitRow],
    ids: dict[str, int],
    plan: MergePlan,
    progress: Progress,
) -> None:
    """New units first (parents stand before children), then the others, then what is gone, leaves first."""
    old = set(ids)
    for row in plan.added:
        ids[row.code] = new_id()
    columns = [_columns(row, place, ids) for place, row in enumerate(rows)]
    new = [{**one, "tree_id": tree_id} for one in columns if one["code"] not in old]
    rest = [one for one in columns if one["code"] in old]
    gone = [unit.id for unit in reversed(plan.vanished)]
    total, done = len(new) + len(rest) + len(gone), 0
    for part in _parts(new):
        session.execute(insert(Unit), part)
        progress(done := done + len(part), total)
    for part in _parts(rest):
        session.execute(update(Unit), part)
        progress(done := done + len(part), total)
    for part in _parts(gone):
        session.execute(delete(Unit).where(Unit.id.in_(part)))
        progress(done := done + len(part), total)


def _columns(row: UnitRow, place: int, ids: dict[str, int]) -> dict[str, Any]:
    words = (row.name, row.short_name or "", *row.old_names, row.code)
    return {
        "id": ids[row.code],
        "code": row.code,
        "parent_id": ids[row.parent_code] if row.parent_code else None,
        "name": row.name,
        "short_name": row.short_name,
        "old_names": stored_old_names(row),
        "kind": row.kind,
        "division": row.division,
        "headcount": row.headcount,
        "position": place,
        "depth": row.depth,
        "search_key": fold(" ".join(words)),
    }


def _parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def _figures(plan: MergePlan) -> dict[str, int]:
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "removed": len(plan.vanished),
    }


def _check_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise TreeInvalid("tree_slug", slug=slug)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
