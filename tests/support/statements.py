"""Counting the statements that are sent to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from quiz.core.database import db


@contextmanager
def counted(of: Engine | None = None) -> Iterator[list[str]]:
    """The statements sent inside the block, without the words of transactions themselves."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT")):
            sent.append(" ".join(statement.split())[:2000])

    engine = of or db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
