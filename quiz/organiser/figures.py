"""Figures of one round for the organisers: today against yesterday, by hour, and the first units."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from quiz.attempts.line import Waiting, waiting_of
from quiz.attempts.queries import count_running
from quiz.contests import labels
from quiz.contests.collective_labels import order_in_words
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.entries.queries import count_entries
from quiz.organiser.chart import HourChart, hour_chart
from quiz.organiser.pages import Tile, UnitLine
from quiz.scoring.collective import Trouble
from quiz.standings import cache
from quiz.standings.cache import ShortCache
from quiz.standings.queries import Activity, activity, list_start_times
from quiz.standings.unit_boards import UnitRow
from quiz.standings.unit_lines import RoundUnits, round_units, value_text
from quiz.web.filters import number, percent
from quiz.web.guards import starts_per_second

FIRST_UNITS = 5
_LIFETIME = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Days:
    """A round's activity as a whole, today, yesterday, yesterday up to this time of day; starts by hour."""

    whole: Activity
    today: Activity
    yesterday: Activity
    by_hour: tuple[int, ...]
    by_hour_before: tuple[int, ...]


_days: ShortCache[Days] = ShortCache(_LIFETIME)


def days_of(contest: Contest, round_: Round, now: datetime) -> Days:
    """Activity of a round, at most five seconds old."""
    zone = contest.settings.zone
    return _days.get((contest.id, round_.number), now, lambda: _count(contest.id, round_.number, zone, now))


def _count(contest_id: int, round_number: int, zone: ZoneInfo, now: datetime) -> Days:
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    before, tomorrow = midnight - timedelta(days=1), midnight + timedelta(days=1)
    return Days(
        whole=activity(contest_id, round_number),
        today=activity(contest_id, round_number, midnight, tomorrow),
        yesterday=activity(contest_id, round_number, before, midnight),
        by_hour=_hours(list_start_times(contest_id, midnight, tomorrow, round_number), zone),
        by_hour_before=_hours(list_start_times(contest_id, before, midnight, round_number), zone),
    )


def _hours(moments: list[datetime], zone: ZoneInfo) -> tuple[int, ...]:
    counts = [0] * 24
    for moment in moments:
        counts[moment.astimezone(zone).hour] += 1
    return tuple(counts)


def chart_of(contest: Contest, days: Days, now: datetime) -> HourChart | None:
    """Starts by hour; None where neither day has any."""
    return hour_chart(days.by_hour, days.by_hour_before, now.astimezone(contest.settings.zone).hour)


def tiles_of(contest: Contest, round_: Round, days: Days, now: datetime) -> tuple[Tile, ...]:
    """The four figures that matter in the round's phase."""
    phase = round_.window.phase(now)
    if phase in (Phase.OPEN, Phase.RESTING, Phase.PAUSED):
        running = count_running(contest.id, now, round_.number)
        door = waiting_of(contest.id, round_.number, now=now, rate=starts_per_second())
        return (
            Tile(_("Người dự thi hôm nay"), number(days.today.people), _against(days)),
            Tile(_("Lượt thi hôm nay"), number(days.today.attempts), _each(days.today)),
            Tile(_("Đang làm bài"), number(running), _at_the_door(door)),
            Tile(_("Cả vòng"), number(days.whole.people), _people_and_attempts(days.whole)),
        )
    entered = Tile(_("Đã đăng ký cuộc thi"), number(count_entries(contest.id)), _("người"))
    if not phase.is_over:
        return (entered,)
    figures = cache.figures(contest.id, round_.number, now)
    share = percent(figures.people_all_correct / figures.participants) if figures.participants else "–"
    return (
        Tile(_("Người dự thi"), number(figures.participants), _("có bài đã nộp")),
        Tile(_("Lượt thi"), number(figures.attempts), _each(days.whole)),
        Tile(
            _("Đúng tất cả các câu"),
            number(figures.people_all_correct),
            _("%(share)s số người dự thi", share=share),
        ),
        entered,
    )


def _at_the_door(door: Waiting) -> str:
    if not door.people:
        return str(_("%(n)s người vào trong một phút qua", n=number(door.begun_last_minute)))
    return str(
        _(
            "%(waiting)s người đang chờ vào, %(begun)s người vào trong một phút qua",
            waiting=number(door.people),
            begun=number(door.begun_last_minute),
        )
    )


def _against(days: Days) -> str:
    was, now = days.yesterday.people, days.today.people
    if not was:
        return str(_("hôm qua chưa có"))
    words = {
        "was": number(was),
        "share": percent(abs(now - was) / was),
    }
    if now >= was:
        return str(_("cả ngày hôm qua %(was)s, tăng %(share)s", **words))
    return str(_("cả ngày hôm qua %(was)s", **words))


def _each(activity_: Activity) -> str:
    if not activity_.people:
        return str(_("chưa có lượt nào"))
    return str(_("%(n)s lượt mỗi người", n=number(activity_.attempts / activity_.people, 1)))


def _people_and_attempts(activity_: Activity) -> str:
    return str(_("người, %(attempts)s lượt", attempts=number(activity_.attempts)))


def first_units(contest: Contest, round_: Round, now: datetime) -> tuple[tuple[UnitLine, ...], int, str]:
    """The first units of the board, those whose figures need mending, how many compete, and by what."""
    of_round = round_units(contest, round_, now)
    ranked = [row for row in of_round.rows if row.rank is not None and row.totals.participants]
    wrong = [row for row in of_round.rows if row.trouble is Trouble.OVER_100_PERCENT]
    lines = tuple(_unit_line(of_round, row) for row in [*ranked[:FIRST_UNITS], *wrong[:FIRST_UNITS]])
    return lines, len(of_round.rows), order_in_words(of_round.rule)


def _unit_line(of_round: RoundUnits, row: UnitRow) -> UnitLine:
    return UnitLine(
        rank=row.rank,
        name=row.unit.name,
        people=row.totals.participants,
        headcount=row.unit.headcount,
        value=value_text(of_round.formula, row.value),
        attempts=row.totals.attempts,
        trouble=str(labels.TROUBLES[row.trouble]) if row.trouble else None,
    )
