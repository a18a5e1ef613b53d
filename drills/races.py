"""R08, R09, R10, R18: many requests at the same moment, or in the wrong order."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from sqlalchemy import select, update

from drills.outcome import Outcome, Run, told
from drills.people import FORM, Person, Reply
from drills.stage import Stage
from quiz.attempts.models import Attempt
from quiz.contests.definition import AttemptRule
from quiz.contests.definition_settings import GRACE_SECONDS
from quiz.core import clock
from quiz.core.database import db, transaction

T = TypeVar("T")
Stored: TypeAlias = tuple[int, dict[str, list[int]], int]


def parallel_starts(run: Run) -> Outcome:
    """50 starts of one person at once, with a limit of one and of three attempts."""
    checks: dict[str, bool] = {}
    seen = []
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        for limit in (1, 3):
            contest = stage.contest(f"gioi-han-{limit}", attempts=AttemptRule(limit=limit))
            person = stage.people(contest, 1)[0]
            replies = _at_once([_starting(_copy(person)) for _ in range(50)])
            codes = {reply.location.rpartition("/")[2] for reply in replies if reply.status == 303}
            rows = _attempts(stage, contest.id)
            statuses = Counter(reply.status for reply in replies)
            checks[f"limit {limit}: one attempt"] = len(rows) == 1 and codes == {rows[0].code}
            checks[f"limit {limit}: no 5xx"] = not any(status >= 500 or not status for status in statuses)
            seen.append(f"limit {limit}: {len(rows)} attempt, replies {dict(statuses)}")
    return told(checks, "; ".join(seen))


def parallel_submits(run: Run) -> Outcome:
    """20 submits of one attempt at once: one marking, one receipt."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        person = stage.people(contest, 1)[0]
        person.start()
        person.choose()
        person.save()
        person.revision += 1
        first = _at_once([_submitting(_copy(person))])[0]
        before = _attempts(stage, contest.id)[0]
        time.sleep(0.1)
        replies = [first, *_at_once([_submitting(_copy(person)) for _ in range(20)])]
        after = _attempts(stage, contest.id)[0]
    same = (before.receipt, before.closed_at, before.correct_count) == (
        after.receipt,
        after.closed_at,
        after.correct_count,
    )
    statuses = Counter(reply.status for reply in replies)
    checks = {"all led to the result": set(statuses) == {303}, "marked once": same}
    return told(checks, f"replies {dict(statuses)}, receipt {after.receipt}")


def shuffled_saves(run: Run) -> Outcome:
    """Saves arrive in any order and twice: the sheet with the highest revision stays."""
    wrong = 0
    rounds = run.times(10)
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        for person in stage.people(contest, rounds):
            person.start()
            sheets = []
            for _ in range(10):
                person.choose()
                sheets.append(person.sheet())
            last = dict(person.answers)
            mixed = sheets * 2
            stage.dice.shuffle(mixed)
            replies = _at_once([_saving(_copy(person), mixed[place::4]) for place in range(4)])
            row = next(row for row in _attempts(stage, contest.id) if row.code == person.code)
            strange = any(status not in (200, 409) for statuses in replies for status in statuses)
            wrong += strange or row.revision != person.revision or row.answers != last
    return told({"highest revision stays": not wrong}, f"{rounds} sheets of 10 revisions, wrong {wrong}")


def around_the_end(run: Run) -> Outcome:
    """Saves around the last moment of the grace: what is called stored is stored, and nothing else."""
    count = run.times(1000)
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        people = stage.people(contest, 20)
        for person in people:
            person.start()
        end = clock.now() + timedelta(seconds=3)
        with stage.app.app_context(), transaction() as session:
            deadline = end - timedelta(seconds=GRACE_SECONDS)
            session.execute(
                update(Attempt).values(
                    started_at=deadline - timedelta(minutes=15), deadline_at=deadline, accepts_until=end
                )
            )
        told_sheets = _at_once([_around(person, end, count // len(people), 6.0) for person in people])
        rows = {row.code: row for row in _attempts(stage, contest.id)}
    differing = [
        person.code
        for person, (revision, answers, _late) in zip(people, told_sheets, strict=True)
        if (rows[person.code].revision, rows[person.code].answers) != (revision, answers)
    ]
    late = sum(late for _revision, _answers, late in told_sheets)
    checks = {"replies agree with the database": not differing, "nothing taken late": not late}
    tries = sum(person.revision for person in people)
    return told(checks, f"{tries} saves around the end, differing {len(differing)}, late {late}")


def _around(person: Person, end: datetime, count: int, seconds: float) -> Callable[[], Stored]:
    """Save `count` times over so many seconds: the last acknowledged sheet, and how many came too late."""

    def saving() -> Stored:
        revision, answers, late = 0, dict[str, list[int]](), 0
        for _ in range(count):
            person.choose()
            is_late = clock.now() > end
            reply = person.put()
            if reply.status == 200:
                revision, answers, late = person.revision, dict(person.answers), late + is_late
            time.sleep(seconds / count)
        return revision, answers, late

    return saving


def _starting(person: Person) -> Callable[[], Reply]:
    return lambda: person.ask("POST", f"/c/{person.slug}/rounds/1/start", b"", FORM)


def _submitting(person: Person) -> Callable[[], Reply]:
    body = b"sheet=" + person.sheet().replace(b" ", b"+")
    return lambda: person.ask("POST", f"/attempts/{person.code}/submit", body, FORM)


def _saving(person: Person, sheets: Sequence[bytes]) -> Callable[[], list[int]]:
    address = f"/attempts/{person.code}/sheet"
    return lambda: [person.ask("PUT", address, sheet, "application/json").status for sheet in sheets]


def _copy(person: Person) -> Person:
    """The same person on a connection of its own."""
    return replace(person, _line=None, answers=dict(person.answers))


def _at_once(actions: Sequence[Callable[[], T]]) -> list[T]:
    """All actions begin at the same moment; their results in order."""
    gate = threading.Barrier(len(actions))
    results: dict[int, T] = {}

    def run(place: int, action: Callable[[], T]) -> None:
        gate.wait()
        results[place] = action()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[place] for place in range(len(actions))]


def _attempts(stage: Stage, contest_id: int) -> Sequence[Attempt]:
    with stage.app.app_context():
        rows = db.session.scalars(select(Attempt).where(Attempt.contest_id == contest_id)).all()
        db.session.expunge_all()
        db.session.remove()
    return rows
