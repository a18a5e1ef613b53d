"""Log lines for machines in production, for people elsewhere; none holds a phone, an identity number, a mail
address, the code of a paper or a key, whoever writes it.

Records are made through one factory of the whole process, so that libraries, gunicorn's access log and
tracebacks go through it too.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from quiz.core import metrics, seen
from quiz.core.redaction import redact

_secrets: set[str] = set()


class PrivateRecord(logging.LogRecord):
    """A record whose message and traceback come out without personal numbers and secrets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        work = seen.current()
        self.request_id = work.id if work is not None else None
        self.route = work.route if work is not None else None
        if self.exc_info and self.exc_info[0] is not None:
            # Formatters write what stands here instead of formatting the exception themselves.
            self.exc_text = redact(logging.Formatter().formatException(self.exc_info), _secrets)

    def getMessage(self) -> str:  # noqa: N802 -- named by the logging library
        """The message with its arguments, redacted."""
        return redact(super().getMessage(), _secrets)


class JsonLines(logging.Formatter):
    """One object a line. `extra={"fields": {...}}` adds fields, which hold nothing that people typed."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in ("request_id", "route"):
            if (value := getattr(record, name, None)) is not None:
                line[name] = value
        line |= getattr(record, "fields", {})
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


class Sentences(logging.Formatter):
    """For a person at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The record as a sentence; the id of its request in front, as the error page shows it."""
        known = getattr(record, "request_id", None)
        return f"{known[:8]} {super().format(record)}" if known else super().format(record)


def counted(record: logging.LogRecord) -> bool:
    """Count warnings and errors; a filter that lets everything through."""
    if record.levelno >= logging.WARNING:
        metrics.LOG_LINES.labels("error" if record.levelno >= logging.ERROR else "warning").inc()
    return True


def init_app(app: Flask) -> None:
    """Make all records of this process private ones, know this installation's keys, write what is logged."""
    settings = app.config["SETTINGS"]
    keys = (settings.secret_key, settings.data_key, *settings.older_data_keys)
    _secrets.update(key for key in (*keys, settings.seeing.metrics_token) if key)
    logging.setLogRecordFactory(PrivateRecord)
    if settings.env != "test":
        write_lines(settings.seeing.log_form)


def write_lines(form: str) -> None:
    """Let this process write its lines in this form, gunicorn's own among them."""
    root, server = logging.getLogger(), logging.getLogger("gunicorn.error")
    if not any(counted in handler.filters for handler in root.handlers):
        root.addHandler(logging.StreamHandler(sys.stderr))
        for handler in (root.handlers[-1], *server.handlers):
            handler.addFilter(counted)
            if form == "json":
                handler.setFormatter(JsonLines())
            elif handler is root.handlers[-1]:
                handler.setFormatter(Sentences())
    logging.getLogger("quiz").setLevel(logging.INFO)


def write_line(line: str) -> None:
    """Write a line that holds nothing personal by the way it was made, past the loggers."""
    sys.stderr.write(line + "\n")
