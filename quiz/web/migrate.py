"""Alembic through Flask-Migrate; one script runs on SQLite and PostgreSQL."""

from flask import Flask
from flask_migrate import Migrate

from quiz.core.database import db
from quiz.core.settings import ROOT

_migrate = Migrate()


def init_app(app: Flask) -> None:
    """Register `flask db`."""
    _migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
