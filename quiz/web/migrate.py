"""Alembic through Flask-Migrate; one script runs on SQLite and PostgreSQL.

Both are loaded when a migration or `flask db` asks for them: a server that answers requests never does.
"""

from functools import cached_property
from typing import Any

import click
from flask import Flask

from quiz.core.database import db
from quiz.core.settings import ROOT


def init_app(app: Flask) -> None:
    """Register `flask db`, and what Flask-Migrate's functions look for."""
    app.extensions["migrate"] = _Settings()
    app.cli.add_command(_Commands("db", help="Perform database migrations."))


class _Settings:
    """Stands for Flask-Migrate's settings until somebody asks it for one."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    @cached_property
    def _made(self) -> Any:
        from flask_migrate import Migrate

        own = Flask("quiz.migrate")  # Flask-Migrate keeps its settings in an application, and its commands
        folder = str(ROOT / "migrations")
        Migrate().init_app(own, db, directory=folder, render_as_batch=True, compare_type=True)
        return own.extensions["migrate"]


class _Commands(click.Command):
    """`flask db`: whatever stands behind it is for Flask-Migrate's own group."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of that group, which then does the rest."""
        from flask_migrate.cli import db as own

        made: click.Context = own.make_context(info_name, args, parent, **extra)
        return made
