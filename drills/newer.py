"""The next release, for gunicorn: its attempts have the column that the drill's migration adds."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import mapped_column

from quiz.app import create_app
from quiz.attempts.models import Attempt

_attempt: Any = Attempt
_attempt.room = mapped_column(Text, default="hall")
app = create_app()
