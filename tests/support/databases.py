"""Migrated databases for tests: one template each for SQLite and PostgreSQL, a copy for every worker.

Between tests the copies are emptied. Rolling back instead would not do: services commit, and Flask-SQLAlchemy
chooses its connections itself.
"""

import os
import shutil
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from quiz.app import create_app
from quiz.core.database import Base, db
from quiz.core.settings import Settings, load_settings
from tests.support import postgresql
from tests.support.run import once

KINDS = ("sqlite", "postgresql")
_KEYS = {
    "QUIZ_SECRET_KEY": "secret key of the tests, 0123456789",
    "QUIZ_DATA_KEY": "data key of the tests, 9876543210",
}


class Databases:
    """The databases of one worker process, in the folder of the run."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder = folder
        self._worker = worker
        self._apps: dict[str, Flask] = {}
        self._built: list[Flask] = []
        self._extra = 0

    def app(self, kind: str) -> Flask:
        """The worker's application on this kind of database, with empty tables."""
        if kind not in self._apps:
            self._apps[kind] = self.build(self.migrated(kind, self._worker))
        else:
            _EMPTY[kind](self._apps[kind], self._template(kind))
        return self._apps[kind]

    def build(self, address: str) -> Flask:
        """Another application, on this database; its connections are closed at the end."""
        app = create_app(self.settings(address))
        self._built.append(app)
        return app

    def close(self) -> None:
        """Give all connections back."""
        for app in self._built:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

    def migrated(self, kind: str, name: str | None = None) -> str:
        """The address of a new migrated database that nobody else uses."""
        name = name or self._next_name()
        template = self._template(kind)
        if kind == "sqlite":
            path = self._folder / f"{name}.sqlite3"
            shutil.copyfile(template, path)
            return f"sqlite:///{path}"
        return postgresql.create(self._folder, name, "template").render_as_string(hide_password=False)

    def blank(self, kind: str) -> str:
        """The address of a new database without any table."""
        name = self._next_name()
        if kind == "sqlite":
            return f"sqlite:///{self._folder / f'{name}.sqlite3'}"
        return postgresql.create(self._folder, name).render_as_string(hide_password=False)

    def environment(self, address: str) -> dict[str, str]:
        """The variables under which a server or command works on this database."""
        var = self._folder / f"var-{self._worker}"
        return {"QUIZ_ENV": "test", "DATABASE_URL": address, "QUIZ_VAR": str(var), **_KEYS}

    def settings(self, address: str) -> Settings:
        """The settings of an application on this database."""
        return load_settings(self.environment(address))

    def _next_name(self) -> str:
        self._extra += 1
        return f"{self._worker}_{self._extra}"

    def _template(self, kind: str) -> str:
        return once(self._folder, f"template-{kind}", lambda: self._make_template(kind))

    def _make_template(self, kind: str) -> str:
        path = self._folder / "template.sqlite3"
        address = f"sqlite:///{path}"
        if kind == "postgresql":
            address = postgresql.create(self._folder, "template").render_as_string(hide_password=False)
        app = self.build(address)
        with app.app_context():
            upgrade()
            db.engine.dispose()  # the last connection folds the WAL into the file; a template may have none
        return str(path) if kind == "sqlite" else address


def _empty_sqlite(app: Flask, template: str) -> None:
    """Put the template's file back: exact, and not stopped by triggers or cycles of foreign keys."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        path = Path(str(db.engine.url.database))
    for leftover in (f"{path}-wal", f"{path}-shm"):
        Path(leftover).unlink(missing_ok=True)
    fresh = path.with_suffix(".fresh")
    shutil.copyfile(template, fresh)
    os.replace(fresh, path)


def _empty_postgresql(app: Flask, _template: str) -> None:
    """DELETE is ten times faster than TRUNCATE here; only a superuser may pass foreign keys by."""
    with app.app_context():
        db.session.remove()
        address = db.engine.url
    tables = [sql.Identifier(name) for name in Base.metadata.tables]
    with postgresql.connect(address) as connection:
        connection.execute("SET lock_timeout = '10s'")
        try:
            connection.execute("SET session_replication_role = replica")
        except InsufficientPrivilege:
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
        else:
            connection.execute(
                sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in tables)
            )


_EMPTY = {"sqlite": _empty_sqlite, "postgresql": _empty_postgresql}
