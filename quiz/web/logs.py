"""No log line holds a phone, an identity number, a mail address or a key, whoever writes it.

Records are made through one factory of the whole process, so that libraries, gunicorn's access log and
tracebacks go through it too.
"""

import logging
from typing import Any

from flask import Flask

from quiz.core.redaction import redact

_secrets: set[str] = set()


class PrivateRecord(logging.LogRecord):
    """A record whose message and traceback come out without personal numbers and secrets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0] is not None:
            # Formatters write what stands here instead of formatting the exception themselves.
            self.exc_text = redact(logging.Formatter().formatException(self.exc_info), _secrets)

    def getMessage(self) -> str:  # noqa: N802 -- named by the logging library
        """The message with its arguments, redacted."""
        return redact(super().getMessage(), _secrets)


def init_app(app: Flask) -> None:
    """Make all records of this process private ones, and know this installation's keys."""
    settings = app.config["SETTINGS"]
    _secrets.update(key for key in (settings.secret_key, settings.data_key, *settings.older_data_keys) if key)
    logging.setLogRecordFactory(PrivateRecord)
