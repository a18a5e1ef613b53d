"""Figures of one round for the organisers: today against yesterday, by hour, and the first units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from quiz.attempts.line import Waiting, waiting_of
from quiz.attempts.queries import count_running
from quiz.contests import labels
from quiz.contests.models import Contest, Round
from quiz.contests.pages import order_of
from quiz.contests.phases import Phase
from quiz.entries.queries import count_entries
from quiz.organiser.pages import Charts, Tile, UnitLine
from quiz.scoring.collective import Trouble
from quiz.standings import cache
from quiz.standings.cache import ShortCache
from quiz.standings.queries import Activity, Starts, activity, count_starts
from quiz.standings.unit_boards import UnitRow
from quiz.standings.unit_lines import RoundUnits, round_units, value_text
from quiz.web.charts import hour_chart, line_chart, stacked
from quiz.web.filters import number, percent
from quiz.web.guards import starts_per_second

FIRST_UNITS = 5
_LIFETIME = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Days:
    """A round's activity as a whole, today and yesterday; starts by hour of both, and by day since it opened.

    `by_day` counts people's first attempts of the round and their further ones.
    """

    whole: Activity
    today: Activity
    yesterday: Activity
    by_hour: tuple[int, ...]
    by_hour_before: tuple[int, ...]
    by_day: tuple[tuple[date, int, int], ...]


_days: ShortCache[Days] = ShortCache(_LIFETIME)


def days_of(contest: Contest, round_: Round, now: datetime) -> Days:
    """Activity of a round, at most five seconds old; two statements."""
    zone = contest.settings.zone
    return _days.get((contest.id, round_.number), now, lambda: _count(contest.id, round_.number, zone, now))


def _count(contest_id: int, round_number: int, zone: ZoneInfo, now: datetime) -> Days:
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    before, tomorrow = midnight - timedelta(days=1), midnight + timedelta(days=1)
    whole, today, yesterday = activity(contest_id, round_number, [(midnight, tomorrow), (before, midnight)])
    starts = count_starts(contest_id, round_number)
    return Days(
        whole=whole,
        today=today,
        yesterday=yesterday,
        by_hour=_hours(starts, zone, midnight.date()),
        by_hour_before=_hours(starts, zone, before.date()),
        by_day=_by_day(starts, zone),
    )


def _hours(starts: Sequence[Starts], zone: ZoneInfo, day: date) -> tuple[int, ...]:
    counts = [0] * 24
    for start in starts:
        moment = start.at.astimezone(zone)
        if moment.date() == day:
            counts[moment.hour] += start.first + start.again
    return tuple(counts)


def _by_day(starts: Sequence[Starts], zone: ZoneInfo) -> tuple[tuple[date, int, int], ...]:
    """Every day from the first to the last with an attempt."""
    counts: dict[date, list[int]] = {}
    for start in starts:
        of_day = counts.setdefault(start.at.astimezone(zone).date(), [0, 0])
        of_day[0] += start.first
        of_day[1] += start.again
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple((day, *counts.get(day, (0, 0))) for day in days)


def charts_of(contest: Contest, days: Days, now: datetime) -> Charts:
    """Starts by hour today and yesterday, and by day; a chart without counts, or of one day, is None."""
    here = now.astimezone(contest.settings.zone)
    labels = [day.strftime("%d/%m") for day, _first, _again in days.by_day]
    by_day = grown = None
    if len(labels) > 1:
        values = [
            (label, first, again) for label, (_day, first, again) in zip(labels, days.by_day, strict=True)
        ]
        by_day = stacked(values, running=here.strftime("%d/%m"))
        people = tuple(accumulate(first for _day, first, _again in days.by_day))
        attempts = tuple(accumulate(first + again for _day, first, again in days.by_day))
        grown = line_chart(labels, [(_("người dự thi"), people), (_("lượt thi"), attempts)])
    return Charts(hour_chart(days.by_hour, days.by_hour_before, here.hour), by_day, grown)


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
    return lines, len(of_round.rows), order_of(contest, of_round.rule)


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
