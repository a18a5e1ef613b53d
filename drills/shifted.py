"""The product under a clock that is wrong by DRILL_CLOCK seconds."""

import os
from datetime import datetime, timedelta

from drills.breaks import BREAKS
from quiz.app import create_app
from quiz.core import clock

_shift = timedelta(seconds=float(os.environ["DRILL_CLOCK"]))
_honest = clock.now


def _shifted() -> datetime:
    return _honest() + _shift


clock.now = _shifted
app = create_app()
if broken := os.environ.get("DRILL_BREAK"):
    BREAKS[broken](app)
