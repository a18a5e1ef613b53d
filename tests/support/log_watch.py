"""What is about to be logged, looked at before the product takes personal numbers out of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from quiz.core.redaction import personal_in


class _Watch(logging.Handler):
    """Collects the lines that hold a phone, an identity number or a mail address."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = logging.LogRecord.getMessage(record)
        if record.exc_info and record.exc_info[0] is not None:
            line += "\n" + logging.Formatter().formatException(record.exc_info)
        if personal_in(line):
            self.found.append(f"{record.name}: {line[:500]}")


@contextmanager
def watched_logs() -> Iterator[list[str]]:
    """The personal lines of what is logged meanwhile, at every level of the product's own loggers."""
    watch, root, own = _Watch(), logging.getLogger(), logging.getLogger("quiz")
    level = own.level
    root.addHandler(watch)
    own.setLevel(logging.DEBUG)
    try:
        yield watch.found
    finally:
        own.setLevel(level)
        root.removeHandler(watch)
