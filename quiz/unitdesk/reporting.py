"""The weekly report of a unit: itself and the units right below it, Monday to Sunday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from quiz.collective import queries as facts
from quiz.collective.models import UnitTarget
from quiz.contests.models import ContestUnit, Round
from quiz.contests.queries import list_units
from quiz.contests.visibility import Visible
from quiz.scoring.prediction import Counter
from quiz.standings.collective_reading import visible_over
from quiz.standings.span_queries import list_span_sums
from quiz.standings.unit_boards import UnitTotals, roll_up
from quiz.unitdesk.choosing import Place

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One unit in a week; None where a figure is not known or must not be told yet.

    `reached` counts from the opening of the week's round. `is_over`: more took part than there are.
    """

    code: str
    name: str
    headcount: int | None
    people: int | None
    attempts: int | None
    rate: float | None
    target: int | None
    target_of: str
    reached: int | None
    all_correct: int | None
    mean: float | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class WeekReport:
    """A week's figures; `lines` begin with the units below and end with the whole."""

    name: str
    contest_title: str
    organiser: str
    monday: date
    sunday: date
    rounds: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    total: ReportLine
    as_of: datetime
    is_hidden: bool
    weeks: tuple[date, ...]


def week_report(place: Place, monday: date | None, now: datetime) -> WeekReport:
    """The report of the week that begins on this Monday, by default the week of now or of the last round."""
    zone = place.contest.settings.zone
    weeks = _weeks(place, now)
    monday = monday if monday in weeks else (weeks[-1] if weeks else _monday(now.astimezone(zone).date()))
    since = datetime.combine(monday, time(), zone)
    until = since + _WEEK
    rounds = [one for one in place.rounds if one.opens_at < until and one.closes_at > since]
    units = list_units(place.contest.id)
    table = _Table(place, units, rounds, since, until, now)
    children = [unit for unit in units if unit.parent_id == place.unit.id]
    return WeekReport(
        name=place.unit.name,
        contest_title=place.contest.settings.title,
        organiser=place.contest.settings.organiser,
        monday=monday,
        sunday=monday + timedelta(days=6),
        rounds=tuple(one.settings.name for one in rounds),
        lines=tuple(table.line(unit) for unit in children),
        total=table.line(place.unit),
        as_of=now,
        is_hidden=bool(table.shown.hidden) or not table.shown.board,
        weeks=tuple(reversed(weeks)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(place: Place, now: datetime) -> list[date]:
    """The Mondays of all weeks in which a round was open, up to now."""
    zone = place.contest.settings.zone
    found: set[date] = set()
    for one in place.rounds:
        week = _monday(one.opens_at.astimezone(zone).date())
        last = min(one.closes_at, now).astimezone(zone).date()
        while week <= last:
            found.add(week)
            week += _WEEK
    return sorted(found)


class _Table:
    """The figures of a week for any unit."""

    def __init__(
        self,
        place: Place,
        units: Sequence[ContestUnit],
        rounds: Sequence[Round],
        since: datetime,
        until: datetime,
        now: datetime,
    ) -> None:
        contest_id = place.contest.id
        self.shown: Visible = visible_over(rounds, now)
        self.week = roll_up(
            units, list_span_sums(contest_id, [one.number for one in rounds], since, until) if rounds else []
        )
        # Only where one round alone fills the week is it clear what its targets ask for.
        self.targets: dict[int, UnitTarget] = {}
        self.so_far: dict[int, UnitTotals] = {}
        if len(rounds) == 1:
            (round_,) = rounds
            self.targets = facts.list_targets(contest_id, round_.number)
            begun = list_span_sums(contest_id, [round_.number], round_.opens_at, until)
            self.so_far = roll_up(units, begun)

    def line(self, unit: ContestUnit) -> ReportLine:
        """One unit's figures, without those that must not be told yet."""
        totals, shows = self.week[unit.id], self.shown.shows
        is_over = bool(unit.headcount) and totals.participants > (unit.headcount or 0)
        may_rate = shows(Counter.PARTICIPATION_RATE) and bool(unit.headcount) and not is_over
        target, words, reached = self._target(unit)
        may_mean = self.shown.board and shows(Counter.SCORE_SPREAD) and totals.attempts > 0
        may_all = self.shown.board and shows(Counter.PEOPLE_ALL_CORRECT)
        return ReportLine(
            code=unit.code,
            name=unit.name,
            headcount=unit.headcount,
            people=totals.participants if shows(Counter.PARTICIPANTS) else None,
            attempts=totals.attempts if shows(Counter.ATTEMPTS) else None,
            rate=totals.participants / (unit.headcount or 1) if may_rate else None,
            target=target,
            target_of=words,
            reached=reached,
            all_correct=totals.all_correct if may_all else None,
            mean=totals.correct_sum / totals.attempts if may_mean else None,
            is_over=is_over and shows(Counter.PARTICIPATION_RATE),
        )

    def _target(self, unit: ContestUnit) -> tuple[int | None, str, int | None]:
        """People if people are asked for, else attempts."""
        row = self.targets.get(unit.id)
        if row is None:
            return None, "", None
        totals = self.so_far[unit.id]
        if row.people is not None:
            may_tell = self.shown.shows(Counter.PARTICIPANTS)
            return row.people, _("người"), totals.participants if may_tell else None
        may_tell = self.shown.shows(Counter.ATTEMPTS)
        return row.attempts, _("lượt"), totals.attempts if may_tell else None
