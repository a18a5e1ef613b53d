"""The database: base class, column types, and the one way to write.

SQLite and PostgreSQL run the same code; what differs between them stands in this module.
"""

import json
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Engine, MetaData, String, Text, TypeDecorator, event
from sqlalchemy import text as sql_text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.orm import Session as OrmSession

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times in Python; timestamptz on PostgreSQL, naive UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; SQLite stores them without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """Small structured values as compact JSON text: the same bytes on both databases, never queried."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Dump without spaces, Vietnamese letters kept."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Load what was dumped."""
        return None if value is None else json.loads(value)


class KeptJson(JsonText):
    """The same for what every request reads and nobody changes in place: one value for the same text."""

    cache_ok = True  # SQLAlchemy asks each class for itself

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """What this text was loaded as before."""
        return None if value is None else _loaded(value)


@lru_cache(maxsize=500)
def _loaded(text: str) -> Any:
    return json.loads(text)


bigint = Annotated[int, mapped_column(BigInteger)]
id_pk = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
short = Annotated[str, mapped_column(String(40))]
line = Annotated[str, mapped_column(String(300))]
text = Annotated[str, mapped_column(Text)]
moment = Annotated[datetime, mapped_column(UtcDateTime)]
structure = Annotated[Any, mapped_column(JsonText)]
kept_structure = Annotated[Any, mapped_column(KeptJson)]


class Base(DeclarativeBase):
    """Base of all models: naming convention and types in one registry."""

    registry = registry(metadata=MetaData(naming_convention=NAMING))


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})
if TYPE_CHECKING:
    Model = Base  # Flask-SQLAlchemy makes its class at run time, out of mypy's sight
else:
    Model = db.Model

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_LAST_ACTS = "what is done just before the commit"
_LOOKED = "what the request under way has read"
T = TypeVar("T")


@contextmanager
def transaction() -> Iterator[OrmSession]:
    """One write transaction: everything inside is saved, or nothing is.

    Joins the outer one when there is one. Ends a read that is under way first, so that SQLite can begin
    IMMEDIATE (a reader that turns writer fails at once, whatever the busy timeout) and rows are read anew.
    """
    session: OrmSession = db.session()
    if _writing.get():
        yield session
        session.flush()
        return
    if session.in_transaction():
        session.commit()
    token = _writing.set(True)
    try:
        yield session
        for (_turn, act), things in sorted(
            session.info.pop(_LAST_ACTS, {}).items(), key=lambda one: one[0][0]
        ):
            act(session, things)
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop(_LAST_ACTS, None)
        raise
    finally:
        _writing.reset(token)


def before_commit(
    session: OrmSession, act: Callable[[OrmSession, list[Any]], None], thing: object, *, turn: int = 1
) -> None:
    """Do this as the last thing of the transaction under way, once with all `thing`s that were given for it.

    Acts come in the order of their turns, so that all transactions take their locks in the same order.
    Forgotten when the transaction is rolled back.
    """
    session.info.setdefault(_LAST_ACTS, {}).setdefault((turn, act), []).append(thing)


def is_remembering() -> bool:
    """Whether what is read now is read once only: in a request, outside of its transactions."""
    return has_request_context() and not _writing.get()


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once in a request: its rows stay as they were read anyway.

    Forgotten when anything is written, committed or rolled back.
    """
    if not is_remembering():
        return read()
    info, mine = db.session().info, cast(Any, request)._get_current_object()
    if _LOOKED not in info or info[_LOOKED][0] is not mine:
        info[_LOOKED] = (mine, {})
    kept: dict[Hashable, Any] = info[_LOOKED][1]
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


@event.listens_for(OrmSession, "after_flush")
@event.listens_for(OrmSession, "after_commit")
@event.listens_for(OrmSession, "after_rollback")
def look_again(session: OrmSession, *_rest: object) -> None:
    """Forget what the request has read so far."""
    session.info.pop(_LOOKED, None)


def is_taken(error: IntegrityError, what: str) -> bool:
    """Whether a unique constraint said no whose name or columns contain `what`."""
    text = str(error.orig).lower()
    return "unique" in text and what in text


def is_sqlite() -> bool:
    """True on the embedded database."""
    return db.engine.dialect.name == "sqlite"


def commit_lightly(session: OrmSession) -> None:
    """Let this transaction's commit not wait for the disk: a power cut may forget its last half second.

    For what is asked again when it is gone, where many wait for one row. SQLite commits as always.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql_text("SET LOCAL synchronous_commit TO off"))


def set_up_engine(engine: Engine) -> None:
    """Attach what SQLite needs: WAL, FULL synchronous (acknowledged saves survive a power cut), own BEGIN."""
    if engine.dialect.name != "sqlite" or event.contains(engine, "begin", _begin_sqlite):
        return
    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _connect_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late and lose updates
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
