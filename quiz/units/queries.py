"""Reading trees and units."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from question_bank.folding import fold
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import title_key
from quiz.units.merging import KnownUnit
from quiz.units.models import Unit, UnitTree


@dataclass(frozen=True, slots=True)
class TreeSummary:
    """A tree and how many units it has."""

    tree: UnitTree
    units: int


PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class FoundUnits:
    """One page of a tree's units."""

    units: list[Unit]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def find_tree(slug: str) -> UnitTree | None:
    """The tree with this slug, or None."""
    return db.session.scalar(select(UnitTree).where(UnitTree.slug == slug))


def get_tree(slug: str) -> UnitTree:
    """The tree with this slug. Raises NotFound."""
    tree = find_tree(slug)
    if tree is None:
        raise NotFound("tree")
    return tree


def list_trees() -> list[TreeSummary]:
    """All trees by name in Vietnamese order, with their sizes."""
    rows = db.session.execute(
        select(UnitTree, func.count(Unit.id))
        .outerjoin(Unit, Unit.tree_id == UnitTree.id)
        .group_by(UnitTree.id)
    )
    found = [TreeSummary(tree, count) for tree, count in rows]
    return sorted(found, key=lambda one: (title_key(one.tree.name), one.tree.id))


def list_units(tree: UnitTree) -> list[Unit]:
    """The tree's units depth first, in the order of the file they came from."""
    return list(db.session.scalars(select(Unit).where(Unit.tree_id == tree.id).order_by(Unit.position)))


def browse_units(tree: UnitTree, text: str = "", page: int = 1) -> FoundUnits:
    """The tree's units whose names, old names or code have all the words, in the tree's order."""
    words = [Unit.search_key.contains(word, autoescape=True) for word in fold(text).split()]
    wanted = and_(Unit.tree_id == tree.id, *words)
    total = db.session.scalar(select(func.count()).select_from(Unit).where(wanted)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = select(Unit).where(wanted).order_by(Unit.position).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    return FoundUnits(list(db.session.scalars(rows)), total, page)


def find_unit(tree: UnitTree, code: str) -> Unit | None:
    """The tree's unit with this code, or None."""
    return db.session.scalar(select(Unit).where(Unit.tree_id == tree.id, Unit.code == code))


def count_units_by_kind(tree: UnitTree) -> list[tuple[str, int]]:
    """How many units there are of each kind, the most frequent first."""
    count = func.count(Unit.id)
    rows = db.session.execute(
        select(Unit.kind, count)
        .where(Unit.tree_id == tree.id)
        .group_by(Unit.kind)
        .order_by(count.desc(), Unit.kind)
    )
    return [(kind, number) for kind, number in rows]


def known_units(tree_id: int) -> Mapping[str, KnownUnit]:
    """The tree's units by code, as an import compares them, in the tree's order."""
    parent = aliased(Unit)
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.code,
            parent.code,
            Unit.name,
            Unit.kind,
            Unit.headcount,
            Unit.short_name,
            Unit.old_names,
            Unit.division,
        )
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(Unit.tree_id == tree_id)
        .order_by(Unit.position)
    )
    return {row[1]: KnownUnit(*row) for row in rows}
