"""Migrations: one line of them, up and down on both databases, and equal to the models."""

import ast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy import table as any_table

from quiz.core.database import Base, db
from quiz.core.settings import ROOT
from tests.support.filled import fill
from tests.support.sources import for_every_file, imported, python_files, tree

_VERSIONS = python_files("migrations/versions")


def _tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def _counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(any_table(name))).scalar_one()
            for name in _tables()
        }


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


@pytest.mark.usefixtures("blank")
def test_up_down_and_up_again():
    upgrade()
    assert _tables() == set(Base.metadata.tables)
    downgrade(revision="base")
    assert _tables() == set()
    upgrade()
    assert _tables() == set(Base.metadata.tables)


@pytest.mark.usefixtures("blank")
def test_every_step_carries_a_row_of_every_table_up_and_down():
    steps = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())
    for step in reversed(steps):
        upgrade(revision=step.revision)
        with db.engine.connect() as connection:
            fill(connection)
    assert sum(_counts().values()) == len(Base.metadata.tables) - 1
    for step in steps[:-1]:
        downgrade(revision=str(step.down_revision))
    assert sum(_counts().values()) == len(_tables()) > 10


@pytest.mark.usefixtures("blank")
def test_migrations_end_where_the_models_are():
    upgrade()
    assert _differences() == []


@pytest.mark.usefixtures("blank")
def test_constraints_have_the_same_names_in_models_and_database():
    """Errors are told apart by the names of constraints."""
    upgrade()
    inspector = inspect(db.engine)
    for table in Base.metadata.tables.values():
        wanted = {str(one.name) for one in table.constraints if type(one).__name__ == "CheckConstraint"}
        assert wanted <= {str(one["name"]) for one in inspector.get_check_constraints(table.name)}
        wanted = {str(one.name) for one in table.constraints if type(one).__name__ == "UniqueConstraint"}
        assert wanted <= {str(one["name"]) for one in inspector.get_unique_constraints(table.name)}


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


@for_every_file(_VERSIONS)
def test_migration_stands_alone(path):
    """Models change; a migration that imported them would change its meaning."""
    assert not [name for name in imported(path) if name.split(".")[0] in ("quiz", "question_bank")]


@for_every_file(_VERSIONS)
def test_migration_goes_down_too(path):
    down = next(
        node for node in tree(path).body if isinstance(node, ast.FunctionDef) and node.name == "downgrade"
    )
    assert any(not isinstance(node, ast.Pass) for node in down.body)
