"""The contest's own copy of the unit tree: a contest that has begun does not change with the tree."""

from collections.abc import Sequence
from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import list_units as contest_units
from quiz.core.database import db, transaction
from quiz.core.ids import new_id
from quiz.scoring.collective import nested_units
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
        copies = _copies(contest.id, units)
        _refuse_nested(contest.collective, copies)
        for row in copies:
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


def refuse_nested_units(contest: Contest, rules: Sequence[CollectiveDefinition], tree_id: int | None) -> None:
    """No unit may compete with a unit above it. Raises ContestRefused ("units_nested") with both names."""
    if not rules or tree_id is None:
        return
    if contest.snapshot_at is not None:
        _refuse_nested(rules, contest_units(contest.id))
        return
    # Only read, not in a transaction: a contest that is being made is not whole yet.
    tree = db.session.get(UnitTree, tree_id)
    if tree is not None:
        _refuse_nested(rules, _copies(contest.id, list_units(tree)))


def _refuse_nested(rules: Sequence[CollectiveDefinition], units: Sequence[ContestUnit]) -> None:
    names = {unit.code: unit.name for unit in units}
    for rule in rules:
        paths: dict[str | None, dict[str, str]] = {}
        for unit in units:
            if rule.includes(unit.kind, is_leaf=unit.is_leaf):
                board = rule.board_of(unit.division, None).division
                paths.setdefault(board, {})[unit.code] = unit.path
        for unit_code, above in (pair for board in paths.values() for pair in nested_units(board)):
            raise ContestRefused("units_nested", rule=rule.name, unit=names[unit_code], above=names[above])


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
