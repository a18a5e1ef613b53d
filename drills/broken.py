"""The product broken in the way that DRILL_BREAK names, for gunicorn and for commands."""

import os

from drills.breaks import BREAKS
from quiz.app import create_app

app = create_app()
BREAKS[os.environ["DRILL_BREAK"]](app)
