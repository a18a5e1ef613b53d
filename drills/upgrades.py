"""R24: the next migration on a million attempts while people start, save and hand in; old and new code."""

import time
from pathlib import Path

import psycopg
from sqlalchemy import func, select, text

from benches.board_rows import fill
from drills.fleet import Server
from drills.load import persons
from drills.outcome import Outcome, Run, told
from drills.people import Crowd, HandingIn, Person
from drills.stage import Stage
from quiz.attempts.models import Attempt, Result
from quiz.backups.revisions import newest_revision
from quiz.contests.models import Contest
from quiz.core.database import db
from tests.support.next_step import CAREFUL, CARELESS, migrations_with

_PEOPLE_STORED, _EACH, _UNITS = 200_000, 5, 1_000
_SAVERS, _HAND_IN = 12, 900
_LONGEST = 1.0  # seconds that any request may take
_SECONDS = 5


def next_migration(run: Run) -> Outcome:
    """What would shut the table is refused; the careful step runs; no request takes a second."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        stored = _fill(stage, run.times(_PEOPLE_STORED))
        contest = stage.contest()
        people = persons(stage, contest, _SAVERS + 2 * _HAND_IN)
        savers, coming, later = people[:_SAVERS], people[_SAVERS:-_HAND_IN], people[-_HAND_IN:]
        ledger = stage.ledger
        with Crowd(savers), HandingIn(coming) as first:
            time.sleep(_SECONDS)
            calm, ledger.asks = ledger.asks, []
            refused, seconds, done = _migrate(stage, run)
            during, ledger.asks = ledger.asks, []
            with _new_code(stage, run) as server, HandingIn(_at(later, server)) as second:
                time.sleep(_SECONDS)
            both = ledger.asks
        lost, kept = stage.lost(), _kept(stage, contest, [*first.done, *second.done])
        newer = _rooms(stage, contest) if done else {}
    parts = {"before": calm, "during": during, "with both releases": both}
    checks = {
        "a careless step refused": refused or bool(run.broken),
        "the step is done": done,
        "no request over a second": max([*during, *both]) <= _LONGEST,
        "nothing lost": not lost,
        "handed in once and scored": kept,
        "old and new code write": newer.get("hall", 0) > 0 and len(first.done) > 0,
        "no strange reply": not ledger.strange,
    }
    slowest = ", ".join(
        f"{name} {max(asks, default=0.0):.2f} s"
        f" ({sum(one > _LONGEST for one in asks)} of {len(asks)} over 1 s)"
        for name, asks in parts.items()
    )
    return told(
        checks,
        f"{stored:,} attempts, step took {seconds:.0f} s; slowest request {slowest}; "
        f"{len(first.done) + len(second.done)} handed in; {ledger.figures(lost)}",
    )


def _fill(stage: Stage, people: int) -> int:
    with stage.app.app_context():
        fill(people, _EACH, _UNITS)
        db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE attempts"))
            connection.execute(text("CHECKPOINT"))
            stored = connection.scalar(select(func.count()).select_from(Attempt))
    assert stored is not None
    return int(stored)


def _migrate(stage: Stage, run: Run) -> tuple[bool, float, bool]:
    """Whether the careless step was refused, the seconds of the step, and whether it went well."""
    careless = migrations_with(_folder(stage, "careless"), CARELESS, newest_revision())
    if run.broken:
        began = time.monotonic()
        done = stage.flask("db", "upgrade", "-d", careless, "-x", "closed=yes")
        return False, time.monotonic() - began, done.returncode == 0
    # A part of a million rows is not large enough to be refused by itself.
    large = ["-x", "large=attempts"] if run.scale < 1 else []
    tried = stage.flask("db", "upgrade", "-d", careless, *large)
    refused = tried.returncode == 1 and "migrations/online.py" in tried.stderr + tried.stdout
    began = time.monotonic()
    careful = migrations_with(_folder(stage, "careful"), CAREFUL, newest_revision())
    done = stage.flask("db", "upgrade", "-d", careful, *large)
    if done.returncode:
        stage.ledger.wonder(done.stderr[-400:])
    return refused, time.monotonic() - began, done.returncode == 0


def _folder(stage: Stage, name: str) -> Path:
    made = stage.folder / name
    made.mkdir()
    return made


def _new_code(stage: Stage, run: Run) -> Server:
    """The next release beside the one that runs."""
    return Server(stage, module="" if run.broken else "drills.newer:app")


def _at(people: list[Person], server: Server) -> list[Person]:
    for person in people:
        person.host, person.port = server.host, server.port
    return people


def _kept(stage: Stage, contest: Contest, handed_in: list[Person]) -> bool:
    """Each of them has one attempt and one result."""
    with stage.app.app_context():
        ours = Attempt.contest_id == contest.id
        submitted = select(func.count()).where(ours, Attempt.submitted_at.is_not(None))
        attempts = db.session.scalar(submitted)
        results = db.session.scalar(select(func.count()).where(Result.contest_id == contest.id))
        codes = set(db.session.scalars(select(Attempt.code).where(ours)))
        db.session.remove()
    return attempts == results == len(handed_in) and {one.code for one in handed_in} <= codes


def _rooms(stage: Stage, contest: Contest) -> dict[str | None, int]:
    """What the new column holds in this contest's attempts, and how often."""
    plain = stage.environment["DATABASE_URL"].replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain) as connection:
        rows = connection.execute(
            "SELECT room, count(*) FROM attempts WHERE contest_id = %s GROUP BY room", [contest.id]
        )
        return dict(rows.fetchall())
