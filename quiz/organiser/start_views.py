"""/manage/c/<slug>/starts: from which devices, and by whom, most attempts are begun, and what that showed."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _

from quiz.accounts.permissions import Permission
from quiz.attempts.exposure import Use, busiest_devices, busiest_people
from quiz.bank import queries as bank
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core.errors import NotFound
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs

# From so many people on one device on it is marked: a family has fewer, a class or a helper has more.
_MANY_PEOPLE = 4


@dataclass(frozen=True, slots=True)
class UseLine:
    """One line of a table. `share`: how much of the questions was shown, None where there are none."""

    label: str
    people: int
    is_many: bool
    named: tuple[tuple[int, str], ...]
    starts: int
    seen: int
    share: float | None
    first_at: datetime
    last_at: datetime


@bp.get("/c/<slug>/starts")
@needs(Permission.SEE_CONTESTS)
def starts(slug: str) -> str:
    """Devices and people that begin most attempts. For knowing, not for judging: nobody is shut out by it."""
    contest = contest_or_404(slug)
    questions = _count_questions(contest)
    devices = [
        _line(use, _("Máy %(code)s", code=str(use.key)[:6].upper()), questions)
        for use in busiest_devices(contest.id)
    ]
    people = [_line(use, "", questions) for use in busiest_people(contest.id)]
    return render_template(
        "organiser/starts.html", contest=contest, questions=questions, devices=devices, people=people
    )


def _line(use: Use, label: str, questions: int) -> UseLine:
    return UseLine(
        label=label,
        people=use.people,
        is_many=use.people >= _MANY_PEOPLE,
        named=use.named,
        starts=use.starts,
        seen=len(use.seen),
        share=min(1.0, len(use.seen) / questions) if questions else None,
        first_at=use.first_at,
        last_at=use.last_at,
    )


def _count_questions(contest: Contest) -> int:
    """How many questions the rounds of the contest draw from, each once."""
    drawn: set[int] = set()
    for round_ in contests.list_rounds(contest):
        try:
            drawn |= {item.id for item in bank.pool_for(round_.settings.paper)}
        except NotFound:
            continue  # the bank is still to come
    return len(drawn)
