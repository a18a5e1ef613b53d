"""What the pages of complaints show."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from quiz.complaints.labels import LOOKS, VERDICTS
from quiz.complaints.models import Complaint
from quiz.complaints.verdicts import Verdict
from quiz.contests.complaint_window import complaints_until, may_complain
from quiz.contests.models import Contest
from quiz.contests.queries import list_counting_rounds


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint with its status. `is_late`: it waits longer than it should."""

    number: int
    round_name: str
    round_number: int
    entry_id: int
    words: str
    made_at: datetime
    due_at: datetime
    is_late: bool
    status: str
    tone: str
    symbol: str
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round about which people may complain; `until` None: publication has not set the end yet."""

    number: int
    name: str
    until: datetime | None


def complaint_line(contest: Contest, found: Complaint, now: datetime) -> ComplaintLine:
    """The complaint with its status in words."""
    names = {round_.number: round_.settings.name for round_ in list_counting_rounds(contest)}
    is_late = found.answered_at is None and found.due_at < now
    status, (tone, symbol) = _("Chờ trả lời"), ("warning", "clock")
    if found.verdict is not None:
        verdict = Verdict(found.verdict)
        status, (tone, symbol) = str(VERDICTS[verdict]), LOOKS[verdict]
    elif is_late:
        status, (tone, symbol) = _("Quá hạn trả lời"), ("danger", "warning")
    return ComplaintLine(
        number=found.number,
        round_name=names.get(found.round_number, ""),
        round_number=found.round_number,
        entry_id=found.entry_id,
        words=found.words,
        made_at=found.made_at,
        due_at=found.due_at,
        is_late=is_late,
        status=status,
        tone=tone,
        symbol=symbol,
        answer=found.answer,
        answered_at=found.answered_at,
        answered_by=found.answered_name,
    )


def open_rounds(contest: Contest, now: datetime) -> tuple[OpenRound, ...]:
    """The rounds about which people may complain now."""
    days = contest.settings.complaints_days
    return tuple(
        OpenRound(
            round_.number,
            round_.settings.name,
            complaints_until(round_.window, round_.state_since, days, now),
        )
        for round_ in list_counting_rounds(contest)
        if may_complain(round_.window, round_.state_since, days, now)
    )
