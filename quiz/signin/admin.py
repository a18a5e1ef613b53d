"""/manage/codes: what one-time codes cost, whether they leave, and the alarm when the day's are spent."""

from flask import render_template

from quiz.accounts.permissions import Permission
from quiz.core import clock
from quiz.signin import browser, codes, queries, service
from quiz.signin.labels import SENDERS
from quiz.signin.models import CodeDay
from quiz.signin.pages import CodesPage, DayLine, SenderLine
from quiz.signin.provider import provider
from quiz.signin.views import bp
from quiz.web.desk import add_count
from quiz.web.guards import needs


@bp.get("/manage/codes")
@needs(Permission.SEE_CONTESTS)
def codes_sent() -> str:
    """Codes sent today and before, the senders of the installation, the provider of identities."""
    senders, chosen = browser.senders(), provider()
    today = queries.find_day(service.day_of(clock.now()))
    page = CodesPage(
        sent=today.sent if today else 0,
        failed=today.failed if today else 0,
        budget=senders.budget,
        alarm_at=codes.alarms_at(senders.budget),
        is_near=bool(today and today.alarmed_at),
        is_spent=_is_spent(today, senders.budget),
        days=tuple(DayLine(row.day, row.sent, row.failed, row.spent_at) for row in queries.list_days()),
        senders=tuple(
            SenderLine(channel.value, str(SENDERS[sender.name]))
            for channel, sender in senders.by_channel.items()
        ),
        provider=chosen.name if chosen else "",
    )
    return render_template("signin/codes.html", page=page)


def _is_spent(day: CodeDay | None, budget: int) -> bool:
    return budget == 0 or (day is not None and day.sent >= budget)


def _alarms() -> int:
    """One while today's codes run out: the menu shows it on every page of the workspace."""
    today = queries.find_day(service.day_of(clock.now()))
    return int(today is not None and today.alarmed_at is not None)


add_count("signin.codes_sent", _alarms)
