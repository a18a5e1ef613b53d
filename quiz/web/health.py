"""What stands on every page, also while the database is away."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")


def unless_away(read: Callable[[], T], otherwise: T) -> T:
    """What is read, or something else where the database is away: for what stands on every page."""
    try:
        return read()
    except SQLAlchemyError:
        return otherwise
