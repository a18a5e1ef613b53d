"""The contest's own copy of the unit tree: a contest that has begun does not change with the tree."""

from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import list_units as contest_units
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.units.models import Unit, UnitTree
from quiz.units.queries import known_units, list_units


def take_snapshot(contest: Contest, *, now: datetime) -> int:
    """Copy the contest's tree into the contest, once; how many units were copied.

    A contest without a tree has no units. Raises ContestRefused ("units_required") where the entry form
    requires a unit and there is none to choose.
    """
    with transaction() as session:
        tree = session.get(UnitTree, contest.tree_id) if contest.tree_id is not None else None
        units = list_units(tree) if tree is not None else []
        if not units and contest.entry.requires("unit"):
            raise ContestRefused("units_required")
        for row in _copies(contest.id, units):
            session.add(row)
            session.flush()  # a unit points at the one above it
        contest.snapshot_at = now
        record(
            Action.UNITS_SNAPSHOT,
            f"tree {tree.slug if tree else '-'}",
            actor=Actor.system(),
            now=now,
            contest_id=contest.id,
            units=len(units),
        )
    return len(units)


def refuse_unknown_units(contest: Contest, codes: tuple[str, ...], tree_id: int | None) -> None:
    """Units that the rules name have to be there: in the snapshot once it is taken, before that in the tree.

    Raises ContestRefused ("unknown_unit").
    """
    if not codes:
        return
    if contest.snapshot_at is not None:
        known = {unit.code for unit in contest_units(contest.id)}
    else:
        known = set(known_units(tree_id)) if tree_id is not None else set()
    for code in codes:
        if code not in known:
            raise ContestRefused("unknown_unit", unit=code)


def _copies(contest_id: int, units: list[Unit]) -> list[ContestUnit]:
    """The contest's units, parents before children, with paths of codes."""
    new_ids = {unit.id: new_id() for unit in units}
    parents = {unit.parent_id for unit in units}
    paths: dict[int, str] = {}
    copies = []
    for unit in units:
        above = paths[unit.parent_id] if unit.parent_id is not None else "/"
        paths[unit.id] = f"{above}{unit.code}/"
        copies.append(
            ContestUnit(
                contest_id=contest_id,
                id=new_ids[unit.id],
                parent_id=new_ids[unit.parent_id] if unit.parent_id is not None else None,
                code=unit.code,
                name=unit.name,
                short_name=unit.short_name,
                old_names=unit.old_names,
                kind=unit.kind,
                division=unit.division,
                headcount=unit.headcount,
                position=unit.position,
                depth=unit.depth,
                path=paths[unit.id],
                search_key=unit.search_key,
                is_leaf=unit.id not in parents,
            )
        )
    return copies
