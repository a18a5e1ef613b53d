"""The one clock. HTTP and commands read it; rules and services are given the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The server's present time, aware, in UTC."""
    return datetime.now(UTC)
