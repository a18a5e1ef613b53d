"""Trees and units. A contest does not use these rows: it takes its own snapshot."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, id_pk, line, moment, short, text


class UnitTree(Model):
    """One tree, such as a province's."""

    __tablename__ = "unit_trees"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[short]
    name: Mapped[line]
    imported_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<UnitTree {self.slug}>"


class Unit(Model):
    """A node of a tree. `position` is its place in depth-first order, `depth` 0 for a root."""

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("tree_id", "code"),
        Index("ix_units_tree_id_position", "tree_id", "position"),
    )

    id: Mapped[id_pk]
    tree_id: Mapped[int] = mapped_column(ForeignKey("unit_trees.id"))
    code: Mapped[short]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[line]
    short_name: Mapped[line | None]
    old_names: Mapped[text | None]
    kind: Mapped[short]
    division: Mapped[line | None]
    headcount: Mapped[int | None]
    position: Mapped[int]
    depth: Mapped[int]
    search_key: Mapped[text]

    def __repr__(self) -> str:
        return f"<Unit {self.code} {self.name}>"
