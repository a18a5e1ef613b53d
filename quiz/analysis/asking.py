"""Asking for work on a round that runs beside the pages: by a person, or by housekeeping when it is due."""

from collections.abc import Callable
from datetime import datetime

from quiz.audit.actors import Actor
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_round, list_contests, list_rounds
from quiz.jobs.models import Job
from quiz.jobs.service import enqueue


def request_work(kind: str, contest: Contest, number: int, *, actor: Actor, now: datetime) -> Job:
    """Put the work in the queue; one of the kind that waits for this round already is enough."""
    name = get_round(contest, number).settings.name
    params = {
        "contest_id": contest.id,
        "slug": contest.slug,
        "number": number,
        "title": f"{contest.settings.display_title} · {name}",
    }
    return enqueue(kind, params, actor=actor, now=now, subject=subject(contest.id, number))


def subject(contest_id: int, number: int) -> str:
    """What the jobs of a round are about."""
    return f"{contest_id}/{number}"


def request_where_due(kind: str, is_due: Callable[[Round], bool], *, now: datetime) -> int:
    """Ask for the work of every round for which it is due; how many."""
    due = [
        (contest, round_.number)
        for contest in list_contests()
        for round_ in list_rounds(contest)
        if is_due(round_)
    ]
    for contest, number in due:
        request_work(kind, contest, number, actor=Actor.system("housekeeping"), now=now)
    return len(due)
