"""The same rows on a second database."""

from flask import Flask
from sqlalchemy import insert, select, text

from quiz.core.database import Base, db, transaction
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.fixtures import not_available
from tests.support.run import Unavailable


def copy_on_postgresql(app: Flask, databases: Databases) -> Flask:
    """An application on PostgreSQL with every row of the given one; skips the test without a server."""
    try:
        other = databases.app("postgresql")
    except Unavailable as error:
        not_available(error)
    other.test_client_class = Client
    for table in Base.metadata.sorted_tables:
        with app.app_context():
            rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
        with other.app_context(), transaction() as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(table.delete())
            if rows:
                session.execute(insert(table), rows)
    return other
