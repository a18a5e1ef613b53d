"""A seeded simulation through the domain's own functions, in bulk: entries, papers, marks, results."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quiz.attempts import results
from quiz.attempts.closing import BY_ENTRANT, BY_TIME, fill_outcome
from quiz.attempts.models import Attempt
from quiz.attempts.opening import new_attempt
from quiz.attempts.papers import as_items
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank import queries as bank
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import Phase
from quiz.core.database import transaction
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.entries.person import Person
from quiz.entries.service import new_entry
from quiz.simulation import behaviour, people

_CHUNK = 250
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation made."""

    entrants: int
    attempts: int


@dataclass(frozen=True, slots=True)
class _Plan:
    contest: Contest
    round_: Round
    units: list[ContestUnit]
    weights: list[float]
    until: datetime
    keyring: Keyring
    people: int
    limit: int


def simulate(
    contest: Contest,
    round_number: int,
    *,
    entrants: int,
    attempts: int,
    seed: int,
    now: datetime,
    keyring: Keyring,
    progress: Progress | None = None,
) -> Simulated:
    """Enter `entrants` new people and let them make about `attempts` attempts in one round that has opened.

    Nobody exceeds the round's limit; all times lie between the opening and the earlier of closing and `now`.
    Raises ValueError where the round has not opened or there are fewer attempts than entrants.
    """
    round_ = contests.get_round(contest, round_number)
    if round_.window.phase(now) in (Phase.DRAFT, Phase.SCHEDULED):
        raise ValueError(f"round {round_number} has not opened")
    if attempts < entrants:
        raise ValueError("every entrant makes at least one attempt")
    plan = _plan(contest, round_, entrants, now, keyring)
    source = random.Random(seed)
    invented = people.invent(seed, now.date())
    made = Simulated(0, 0)
    extra = _extra_attempts(source, entrants, attempts - entrants, plan.limit)
    for start in range(0, entrants, _CHUNK):
        size = min(_CHUNK, entrants - start)
        batch = [next(invented) for _ in range(size)]
        with transaction() as session:
            count = _play(session, plan, source, batch, extra[start : start + size])
        made = Simulated(made.entrants + size, made.attempts + count)
        if progress is not None:
            progress(made.entrants, entrants)
    record(
        Action.SIMULATED,
        f"round {round_number}",
        actor=Actor.system("simulate"),
        now=now,
        contest_id=contest.id,
        entrants=made.entrants,
        attempts=made.attempts,
        seed=seed,
    )
    return made


def _plan(contest: Contest, round_: Round, entrants: int, now: datetime, keyring: Keyring) -> _Plan:
    units = [unit for unit in contests.list_units(contest.id) if unit.is_leaf]
    # Units differ in size; the sizes are the unit's own, whatever the seed.
    weights = [random.Random(unit.code).lognormvariate(0, 0.7) for unit in units]
    limit = round_.settings.attempts.limit or 12
    return _Plan(contest, round_, units, weights, min(now, round_.closes_at), keyring, entrants, limit)


def _extra_attempts(source: random.Random, entrants: int, extra: int, limit: int) -> list[int]:
    """How many attempts beyond the first each entrant makes; in all `extra`, or what the limit allows."""
    counts = [0] * entrants
    left = min(extra, entrants * (limit - 1))
    keen = list(range(entrants))
    while left and keen:
        who = source.randrange(len(keen))
        counts[keen[who]] += 1
        left -= 1
        if counts[keen[who]] >= limit - 1:
            keen[who] = keen[-1]
            keen.pop()
    return counts


def _play(
    session: Session, plan: _Plan, source: random.Random, batch: list[people.Invented], extra: list[int]
) -> int:
    rows: list[dict[str, Any]] = []
    played: list[Attempt] = []
    for person, more in zip(batch, extra, strict=True):
        starts = sorted(
            behaviour.start_time(source, plan.round_.opens_at, plan.until - timedelta(seconds=90))
            for _ in range(1 + more)
        )
        entry = _enter(plan, source, person, starts[0])
        session.add(entry)
        made = _attempts(plan, source, entry, starts)
        played += made
        rows.append(results.result_values(entry, plan.round_.settings, made, None))
    session.flush()  # entries first: attempts and results point at them
    session.add_all(played)
    session.flush()
    if plan.round_.counts:
        results.store(session, rows)
    return len(played)


def _enter(plan: _Plan, source: random.Random, person: people.Invented, first_start: datetime) -> Entry:
    unit = source.choices(plan.units, plan.weights)[0] if plan.units else None
    stated = Person(
        name=person.name,
        birth_date=person.birth_date,
        phone=person.phone,
        unit_id=unit.id if unit else None,
        may_publish=source.random() < 0.8,
    )
    registered = first_start - timedelta(seconds=source.uniform(40, 400))
    return new_entry(plan.contest, stated, now=registered, keyring=plan.keyring)


def _attempts(plan: _Plan, source: random.Random, entry: Entry, starts: list[datetime]) -> list[Attempt]:
    """The person's attempts, one after the other, each as the services would have stored it."""
    definition = plan.round_.settings
    made: list[Attempt] = []
    pool = bank.pool_for(definition.paper)
    ability = source.gauss(0.4, 0.8)
    free_from = starts[0]
    for planned in starts:
        started = max(planned, free_from)
        if started >= plan.until - timedelta(seconds=60) and made:
            break
        seed, grace = source.getrandbits(62), plan.contest.settings.grace
        attempt = new_attempt(entry, plan.round_, made, pool, seed=seed, now=started, grace=grace)
        _answer(plan, source, attempt, ability, len(made))
        made.append(attempt)
        ended = attempt.submitted_at or attempt.deadline_at
        free_from = ended + timedelta(seconds=source.uniform(30, 3600))
    return made


def _answer(plan: _Plan, source: random.Random, attempt: Attempt, ability: float, practice: int) -> None:
    definition = plan.round_.settings
    views = bank.revisions([revision for revision, _order in attempt.paper])
    items = as_items(attempt.paper, {revision: view.correct for revision, view in views.items()})
    attempt.answers = behaviour.answers(source, items, ability, practice)
    attempt.revision = len(attempt.answers) + 1
    if definition.prediction is not None:
        attempt.prediction = behaviour.guess(
            source, definition.prediction.target, plan.people, definition.prediction.decimals
        )
    minutes = (attempt.deadline_at - attempt.started_at).total_seconds() / 60
    ends = attempt.started_at + behaviour.working_time(source, minutes, practice)
    attempt.saved_at = min(ends, attempt.deadline_at)
    closed_by = BY_ENTRANT if ends < attempt.deadline_at else BY_TIME
    fill_outcome(attempt, plan.round_, closed_by=closed_by, now=attempt.saved_at, keyring=plan.keyring)
