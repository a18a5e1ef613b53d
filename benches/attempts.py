"""Item statistics of a round with many attempts: how long, and in how much memory.

python -m benches.attempts --attempts 1000000        the size that is only run by hand
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert, inspect, select

from benches.frame import Row, Used, print_table, run
from quiz.analysis.service import analyse_round
from quiz.app import create_app
from quiz.attempts import service
from quiz.attempts.models import Attempt, Result
from quiz.attempts.sheets import Sheet
from quiz.bank.queries import pool_for, revisions
from quiz.contests.definition import MatrixCell, PaperRule
from quiz.contests.queries import get_contest
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

SLUG = "thong-ke"
_FEW, _MANY = 5_000, 50_000
_AT_ONCE = 5_000
_PAPER = PaperRule(bank="bank", matrix=(MatrixCell(None, None, 20),))


def rows(many: int = _MANY) -> Iterable[Row]:
    """The bounds of `make bench`: memory must not grow with the attempts."""
    few = _measured(_FEW)
    used = _measured(many)
    each = used.cpu / many * 1_000_000
    yield Row(f"Statistics of {many:,} attempts of 20 questions out of 100, processor", used.cpu, "s")
    yield Row("the same for a million", each / 60, "min", 10)
    yield Row(f"memory at {_FEW:,} attempts", few.megabytes, "MB")
    yield Row(f"memory more at {many:,}", used.megabytes - few.megabytes, "MB", 60)


def _measured(attempts: int) -> Used:
    """A database with so many attempts, made by one process and analysed by another."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {"QUIZ_VAR": folder, "QUIZ_ENV": "development", "DATABASE_URL": ""}
        run(["-m", "benches.attempts", "--make", str(attempts)], surroundings)
        return run(["-m", "benches.attempts", "--analyse"], surroundings)


def make(attempts: int) -> None:
    """One person per attempt, copied from a real one so that every column holds what it would hold."""
    upgrade()
    make_bank(questions=100)
    contest = make_contest(SLUG, round_definition(paper=_PAPER, prediction=None))
    entry = make_entry(contest, 1)
    first = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    closed_at = NOW + timedelta(minutes=1)
    service.submit(first.code, Sheet(1, {}, (), None), entry_id=entry.id, now=closed_at, keyring=KEYRING)
    models = [_columns(db.session.scalars(select(model)).one()) for model in (Entry, Attempt, Result)]
    sheets = _sheets(random.Random(2))
    for start in range(0, attempts - 1, _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, attempts - 1))
        copies = [_copies(models, number, *next(sheets)) for number in some]
        with transaction() as session:
            for place, model in enumerate((Entry, Attempt, Result)):
                session.execute(insert(model), [one[place] for one in copies])


def _columns(row: object) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).mapper.column_attrs}


def _copies(
    models: list[dict[str, Any]], number: int, paper: object, answers: object, right: int
) -> list[dict[str, Any]]:
    entry, attempt, result = models
    person, sitting = entry["id"] + 1 + number, attempt["id"] + 1 + number
    own = {"paper": paper, "answers": answers, "code": f"copy-{number}", "receipt": None}
    marks = {"correct_count": right}
    return [
        entry | {"id": person, "identity_key": f"copy {number}"},
        attempt | {"id": sitting, "entry_id": person} | own | marks,
        result | {"entry_id": person, "attempt_id": sitting} | marks,
    ]


def _sheets(dice: random.Random) -> Iterator[tuple[list[tuple[int, list[int]]], dict[str, list[int]], int]]:
    """Papers, answers and how many are right: people of different ability, questions of any difficulty."""
    pool = [item.id for item in pool_for(_PAPER)]
    key = {revision: view.correct[0] for revision, view in revisions(pool).items()}
    hardness = {revision: place / len(pool) / 2 for place, revision in enumerate(pool)}
    while True:
        able = dice.gauss(0.85, 0.15)
        paper = [(one, dice.sample(range(4), 4)) for one in dice.sample(pool, 20)]
        answers, right = {}, 0
        for place, (revision, order) in enumerate(paper, start=1):
            is_right = dice.random() < able - hardness[revision]
            wrong = [choice for choice in range(4) if choice != key[revision]]
            picked = key[revision] if is_right else dice.choice(wrong)
            answers[str(place)] = [order.index(picked) + 1]
            right += is_right
        yield paper, answers, right


def main() -> int:
    """The bench by itself, or one of its two halves in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=_MANY)
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--analyse", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.make and not asked.analyse:
        return 0 if print_table(rows(asked.attempts)) else 1
    with create_app().app_context():
        if asked.make:
            make(asked.make)
        else:
            analyse_round(get_contest(SLUG), 1, now=NOW)
            db.engine.dispose()
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
