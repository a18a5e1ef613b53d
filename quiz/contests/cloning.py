"""What of a contest a new one takes over, with all days moved alike. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quiz.contests.definition import ContestDefinition, EntryPolicy, RoundDefinition


def first_day(definition: ContestDefinition) -> date | None:
    """The day on which the first round opens, in the contest's time zone; None without rounds."""
    zone = definition.settings.zone
    return min((round_.opens_at.astimezone(zone).date() for round_ in definition.rounds), default=None)


def cloned(definition: ContestDefinition, slug: str, title: str, opens_on: date | None) -> ContestDefinition:
    """The same rules under another name, the first round on `opens_on` at its time of day; None: days stay.

    The document that the contest was decided by is another one, and two people are asked for again.
    """
    old = first_day(definition)
    days = (opens_on - old).days if opens_on is not None and old is not None else 0
    zone = definition.settings.zone
    settings = replace(definition.settings, title=title, short_title="", decision=None, two_persons=True)
    return replace(
        definition,
        slug=slug,
        settings=settings,
        entry=_moved_entry(definition.entry, days),
        rounds=tuple(_moved_round(round_, days, zone) for round_ in definition.rounds),
    )


def _moved_entry(entry: EntryPolicy, days: int) -> EntryPolicy:
    """The day on which ages are counted goes along."""
    return replace(entry, age_on=entry.age_on + timedelta(days=days)) if entry.age_on else entry


def _moved_round(round_: RoundDefinition, days: int, zone: ZoneInfo) -> RoundDefinition:
    return replace(
        round_,
        opens_at=_moved(round_.opens_at, days, zone),
        closes_at=_moved(round_.closes_at, days, zone),
    )


def _moved(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day so many days later, also across a change of the clocks."""
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=days)
    clock = time(local.hour, local.minute, local.second, local.microsecond, fold=local.fold)
    return datetime.combine(day, clock, zone).astimezone(UTC)
