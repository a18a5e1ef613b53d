"""Correcting a key after 200,000 attempts: how long the preview takes, and how long until ranks are new."""

import json
import sys
import tempfile
import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from benches.attempts import SLUG
from benches.frame import Row, run
from quiz.app import create_app
from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.bank.queries import revisions
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.marking import Correction
from quiz.standings.effects import preview
from quiz.standings.regrading import correct_key

_ATTEMPTS = 200_000


def rows() -> Iterable[Row]:
    """The bounds of `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {"QUIZ_VAR": folder, "QUIZ_ENV": "development", "DATABASE_URL": ""}
        run(["-m", "benches.attempts", "--make", str(_ATTEMPTS)], surroundings)
        used = run(["-m", "benches.regrading"], surroundings)
    seen = json.loads(used.output.splitlines()[-1])
    note = f"{seen['affected']:,} attempts have the question, {seen['changed']:,} change"
    yield Row(f"Preview of a corrected key, {_ATTEMPTS:,} attempts", seen["preview"], "s", 5, note=note)
    yield Row("applied, with new results and ranks", seen["applied"], "s", 60)
    yield Row("memory", used.megabytes, "MB", 600)


def main() -> int:
    """Correct the first question of the made round, in this process; one line of figures."""
    with create_app().app_context():
        contest = get_contest(SLUG)
        paper = db.session.scalars(select(Attempt.paper).order_by(Attempt.id.desc()).limit(1)).one()
        revision_id = paper[0][0]
        key = revisions([revision_id])[revision_id].correct[0]
        correction = Correction((frozenset({(key + 1) % 4}),))
        began = time.monotonic()
        effect = preview(contest, 1, revision_id, correction)
        previewed = time.monotonic()
        who = Actor.system("bench")
        words: dict[str, Any] = {"reason": "bench", "notice": "bench"}
        correct_key(contest, 1, revision_id, correction, actor=who, now=clock.now(), **words)
        figures = {
            "preview": previewed - began,
            "applied": time.monotonic() - previewed,
            "affected": effect.affected,
            "changed": len(effect.entrants),
        }
        print(json.dumps(figures))
        db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
