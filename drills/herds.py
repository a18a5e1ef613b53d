"""R20, R21: a crowd that starts, or hands in, within ten seconds."""

import asyncio
import random
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import func, select, update

from drills.load import Browser, Load, crowd, save_on, start, submit
from drills.outcome import Outcome, Run, told
from drills.stage import Stage
from quiz.attempts import service
from quiz.attempts.models import Attempt, Result
from quiz.contests.definition_settings import GRACE_SECONDS
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.database import db, transaction

T = TypeVar("T")
SAVES_P95 = 0.3
SCORED_SECONDS = 60.0
PER_SECOND = 20
# Limits count as always, but this crowd comes from one address: its network is let through.
WITH_LINE = {
    "QUIZ_STARTS_PER_SECOND": str(PER_SECOND),
    "QUIZ_LIMITS": "1",
    "QUIZ_NETWORK_PER_MINUTE": "100000",
    "QUIZ_CHALLENGE": "off",
}
# Who is called asks within a second or two: so many others may have their paper first.
IN_ORDER = 5 * PER_SECOND
_OVER = 10.0
_INSIDE = 100
_CALM = 6.0
_CROWD = 200


def opening_herd(run: Run) -> Outcome:
    """People press start while others save: no error, all let in once and in order, and saves stay quick."""
    with Stage(run.kind, run.seed, broken=run.broken, server=WITH_LINE) as stage:
        seen = opening(stage, run.times(_CROWD), inside=30)
    checks = {
        "all are in, once": seen.started == seen.newcomers == seen.attempts,
        "no error": not seen.load.bad(),
        "in order": seen.passed_by() <= IN_ORDER,
        # On a busy machine calm saves are slow already.
        "saves p95": seen.load.p95("save") <= max(SAVES_P95, 2 * seen.calm),
    }
    return told(checks, seen.figures())


def closing_herd(run: Run) -> Outcome:
    """People hand in within the last ten seconds: all have a receipt, all are scored."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        seen = closing(stage, run.times(_CROWD))
    checks = {
        "all acknowledged": seen.acknowledged == seen.people and not seen.load.bad(),
        "all scored, none lost": seen.scored == seen.people == seen.kept,
        "within a minute": seen.seconds <= SCORED_SECONDS,
    }
    return told(checks, seen.figures())


@dataclass(frozen=True)
class Opening:
    """What an opening did. `calm` is the p95 of saves before it, `seconds` until the last one was in."""

    calm: float
    load: Load
    newcomers: int
    started: int
    attempts: int
    seconds: float

    def passed_by(self) -> int:
        """The most places by which anybody's turn differed from the ticket's."""
        let_in = self.load.let_in
        turn = {ticket: place for place, ticket in enumerate(sorted(let_in))}
        return max((abs(place - turn[ticket]) for place, ticket in enumerate(let_in)), default=0)

    def figures(self) -> str:
        """The counts in words."""
        load = self.load
        return (
            f"{self.started} of {self.newcomers} in after {self.seconds:.0f} s, "
            f"{len(load.let_in)} stood in line, passed by {self.passed_by()} at most; "
            f"start p95 {load.p95('start'):.2f} s, page p95 {load.p95('page'):.2f} s; "
            f"saves p95 {self.calm * 1000:.0f} ms before, "
            f"{load.p95('save') * 1000:.0f} ms beside; bad: {load.bad() or 'none'}"
        )


@dataclass(frozen=True)
class Closing:
    """What a closing did. `kept` counts attempts with the sheet that was handed in."""

    load: Load
    people: int
    acknowledged: int
    scored: int
    kept: int
    seconds: float

    def figures(self) -> str:
        """The counts in words."""
        return (
            f"{self.acknowledged} of {self.people} acknowledged, {self.scored} scored, "
            f"all {self.seconds:.0f} s after the first, submit p95 {self.load.p95('submit'):.2f} s; "
            f"bad: {self.load.bad() or 'none'}"
        )


def opening(stage: Stage, newcomers: int, inside: int = _INSIDE) -> Opening:
    """People inside save every two seconds; then `newcomers` press start within ten."""
    contest = stage.contest()
    signed = crowd(stage, contest, newcomers + inside)
    dice = random.Random(stage.seed)
    calm, load = Load(), Load()

    async def play() -> tuple[list[str], float]:
        here = [Browser(stage.port, one, calm) for one in signed[:inside]]
        codes = [await start(one, contest, dice, calm) for one in here]
        end = time.monotonic() + _CALM
        pairs = list(zip(here, codes, strict=True))
        await asyncio.gather(*(save_on(one, code, dice, end, 0) for one, code in pairs))
        for one in here:
            one.load = load
        began = time.monotonic()
        end = began + _OVER + 5 + newcomers / PER_SECOND
        savers = [asyncio.create_task(save_on(one, code, dice, end, 1000)) for one, code in pairs]
        fresh = [Browser(stage.port, one, load) for one in signed[inside:]]
        found = await asyncio.gather(*(_spread(dice, _arrive(one, contest, dice, load)) for one in fresh))
        seconds = time.monotonic() - began
        await asyncio.gather(*savers)
        return found, seconds

    found, seconds = asyncio.run(play())
    with stage.app.app_context():
        attempts = db.session.scalar(select(func.count()).select_from(Attempt)) or 0
        db.session.remove()
    started = len({code for code in found if code})
    return Opening(calm.p95("save"), load, newcomers, started, attempts - inside, seconds)


def closing(stage: Stage, people: int) -> Closing:
    """All hand in within the last ten seconds of their time."""
    contest = stage.contest()
    signed = crowd(stage, contest, people)
    codes = _all_started(stage, contest, [one.entry_id for one in signed])
    dice = random.Random(stage.seed)
    load = Load()
    _end_in(stage, _OVER)

    async def play() -> list[bool]:
        crowd_of = [Browser(stage.port, one, load) for one in signed]
        pairs = zip(crowd_of, codes, strict=True)
        return await asyncio.gather(*(_spread(dice, submit(one, code, dice, load)) for one, code in pairs))

    began = time.monotonic()
    acknowledged = sum(asyncio.run(play()))
    seconds = time.monotonic() - began
    with stage.app.app_context():
        scored = db.session.scalar(select(func.count()).select_from(Result)) or 0
        closed = (
            select(func.count())
            .select_from(Attempt)
            .where(Attempt.revision == 9, Attempt.receipt.is_not(None))
        )
        kept = db.session.scalar(closed) or 0
        db.session.remove()
    return Closing(load, people, acknowledged, scored, kept, seconds)


async def _spread(dice: random.Random, act: Coroutine[object, object, T]) -> T:
    """Do it at some moment of the ten seconds."""
    await asyncio.sleep(dice.uniform(0, _OVER))
    return await act


async def _arrive(one: Browser, contest: Contest, dice: random.Random, load: Load) -> str:
    code = await start(one, contest, dice, load)
    await one.hang_up()
    return code


def _all_started(stage: Stage, contest: Contest, numbers: list[int]) -> list[str]:
    """Running attempts of all copied entrants, in their order."""
    with stage.app.app_context():
        keyring = stage.app.extensions["keyring"]
        now = clock.now()
        return [service.start(contest, one, 1, now=now, keyring=keyring).code for one in numbers]


def _end_in(stage: Stage, seconds: float) -> None:
    end = clock.now() + timedelta(seconds=seconds)
    with stage.app.app_context(), transaction() as session:
        session.execute(
            update(Attempt).values(
                started_at=end - timedelta(minutes=15),
                deadline_at=end,
                accepts_until=end + timedelta(seconds=GRACE_SECONDS),
            )
        )
