"""Headcounts and targets of the demo's units. They are made up, and the names of the rules say so."""

from datetime import datetime
from pathlib import Path

from quiz.audit.actors import Actor
from quiz.collective.fact_reading import read_facts
from quiz.collective.service import save_facts
from quiz.collective.values import WHOLE_CONTEST
from quiz.contests.models import Contest
from quiz.contests.queries import list_units


def load_unit_facts(contest: Contest, folder: Path, *, actor: Actor, now: datetime) -> int:
    """Headcounts of the day, and targets of the whole contest; how many units have any. Safe to run again."""
    names = {unit.code: unit.name for unit in list_units(contest.id)}
    reading = read_facts((folder / "unit-facts-son-la.csv").read_bytes(), names, {})
    if reading.problems:
        raise ValueError(reading.problems[0].message)
    save_facts(
        contest,
        reading.rows,
        round_number=WHOLE_CONTEST,
        as_of=now.astimezone(contest.settings.zone).date(),
        staff_id=None,
        actor=actor,
        now=now,
    )
    return len(reading.rows)
