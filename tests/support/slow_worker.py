"""`python -m tests.support.slow_worker`: `flask work` with two kinds of job that take their time."""

import sys
import time
from typing import Any

from quiz.app import create_app
from quiz.jobs.cli import work
from quiz.jobs.handlers import Handler


def count(params: Any, progress: Any, _actor: object, _now: object) -> dict[str, Any]:
    """Count to params["to"], a tenth of a second each."""
    for number in range(params["to"]):
        progress(number, params["to"], "counting")
        time.sleep(0.1)
    return {"counted": params["to"]}


KINDS = {"patient": Handler(count, "patient"), "again": Handler(count, "again", is_repeatable=True)}

if __name__ == "__main__":
    app = create_app()
    app.extensions["jobs"] = KINDS
    with app.app_context():
        work.main(sys.argv[1:])
