"""Columns that are encrypted in the database and plain in Python: names, dates of birth and the like.

A column of these types is opened when rows are fetched and sealed when they are written, in entities and in
single columns alike, with the keys of the application at work. The column's purpose is bound to each value:
what was sealed for one column opens in no other. Every sealing is different, so that the database can neither
compare nor sort such a column: conditions on it are refused here, and comparison has keyed hashes of its own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import ClauseElement, ColumnElement, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm.attributes import flag_modified, set_committed_value
from sqlalchemy.sql import operators
from sqlalchemy.sql.operators import OperatorType

from quiz.core.database import Base
from quiz.core.secrets import Keyring

T = TypeVar("T")


def keys_in_use() -> Keyring:
    """The keys with which the application at work seals and opens columns."""
    ring: Keyring = current_app.extensions["keyring"]
    return ring


class _OnlyNullness(Text.Comparator[Any]):
    """Whether there is a value can be asked; what it is, cannot."""

    def operate(self, op: OperatorType, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
        """Let IS NULL pass. Raises TypeError for everything else.

        SQLAlchemy compares columns with each other when it keeps them in dictionaries.
        """
        of_columns = bool(other) and isinstance(other[0], ClauseElement)
        if op not in (operators.is_, operators.is_not) and not of_columns:
            raise TypeError(f"{self.expr} is sealed: compare keyed hashes, sort in Python")
        return super().operate(op, *other, **kwargs)


class _Sealed(TypeDecorator[T]):
    """What both types do; `purpose` is "table.column"."""

    impl = Text
    cache_ok = True
    comparator_factory = _OnlyNullness

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        """Seal."""
        return None if value is None else keys_in_use().encrypt(self.purpose, self.as_text(value), "")

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        """Open. Raises CannotDecrypt."""
        return None if value is None else self.opened(value, keys_in_use())

    def opened(self, sealed: str, keyring: Keyring) -> T:
        """What was stored. Raises CannotDecrypt."""
        return self.from_text(keyring.decrypt(self.purpose, sealed, ""))

    def as_text(self, value: T) -> str:
        """What is sealed of a value."""
        raise NotImplementedError

    def from_text(self, text: str) -> T:
        """The value of which it was sealed."""
        raise NotImplementedError


class SealedText(_Sealed[str]):
    """Text that only the holder of the data key can read."""

    cache_ok = True

    def as_text(self, value: str) -> str:
        """As it is."""
        return value

    def from_text(self, text: str) -> str:
        """As it was."""
        return text


class SealedDate(_Sealed[date]):
    """A date that only the holder of the data key can read."""

    cache_ok = True

    def as_text(self, value: date) -> str:
        """YYYY-MM-DD."""
        return value.isoformat()

    def from_text(self, text: str) -> date:
        """The date."""
        return date.fromisoformat(text)


def sealed_columns(model: type[Base]) -> dict[str, _Sealed[Any]]:
    """The types of a table's sealed columns by name."""
    columns = model.__table__.columns
    return {column.key: column.type for column in columns if isinstance(column.type, _Sealed)}


def open_row(row: Base, sealed: Mapping[str, str | None], keyring: Keyring) -> bool:
    """Open a row's sealed columns that were fetched as they are stored; whether one is under an older key.

    Such a one counts as changed, so that saving the row seals it anew. Raises CannotDecrypt.
    """
    types, is_old = sealed_columns(type(row)), False
    for name, text in sealed.items():
        set_committed_value(row, name, None if text is None else types[name].opened(text, keyring))
        if text is not None and not keyring.is_current(text):
            flag_modified(row, name)
            is_old = True
    return is_old
