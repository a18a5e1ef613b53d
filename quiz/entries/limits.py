"""Whether somebody may enter or start now, and if not, why and when again. Pure."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from quiz.contests.definition_entry import EntryPolicy
from quiz.contests.definition_rounds import AttemptRule, Per
from quiz.contests.phases import Phase, RoundWindow
from quiz.core.dates import ages_on

Start = tuple[int, datetime]  # number of the round, when an attempt was started


class Refusal(StrEnum):
    """Why not."""

    ROUND_NOT_OPEN_YET = "round_not_open_yet"
    ROUND_RESTING = "round_resting"
    ROUND_PAUSED = "round_paused"
    ROUND_CLOSED = "round_closed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    BIRTH_DATE_NEEDED = "birth_date_needed"


_BY_PHASE = {
    Phase.DRAFT: Refusal.ROUND_NOT_OPEN_YET,
    Phase.SCHEDULED: Refusal.ROUND_NOT_OPEN_YET,
    Phase.RESTING: Refusal.ROUND_RESTING,
    Phase.PAUSED: Refusal.ROUND_PAUSED,
    Phase.CLOSED: Refusal.ROUND_CLOSED,
    Phase.FROZEN: Refusal.ROUND_CLOSED,
    Phase.PUBLISHED: Refusal.ROUND_CLOSED,
}


def refusal(window: RoundWindow, *, used: int, allowed: int | None, now: datetime) -> Refusal | None:
    """Why this person may not start an attempt now, or None if they may. `allowed` None: no limit."""
    phase = window.phase(now)
    if phase is not Phase.OPEN:
        return _BY_PHASE[phase]
    if allowed is not None and used >= allowed:
        return Refusal.NO_ATTEMPTS_LEFT
    return None


def count_used(
    starts: Sequence[Start], rule: AttemptRule, round_number: int, now: datetime, zone: str
) -> int:
    """How many of a person's attempts in the contest count against the limit of this round now.

    Days and ISO weeks are those of the contest's time zone and take in attempts of all rounds: a new round
    does not end the week, and a new week does not end the round.
    """
    if rule.per is Per.CONTEST:
        return len(starts)
    if rule.per is Per.ROUND:
        return sum(number == round_number for number, _ in starts)
    since, until = span(rule.per, now, zone)
    return sum(since <= started_at < until for _, started_at in starts)


def seconds_to_wait(begun: Sequence[datetime], spacing: timedelta, now: datetime) -> int:
    """How many seconds until the next attempt may start; 0: now. `begun`: when earlier ones did."""
    left = max(begun) + spacing - now if begun else timedelta(0)
    return max(0, math.ceil(left / timedelta(seconds=1)))


def attempts_left(rule: AttemptRule, used: int) -> int | None:
    """How many attempts remain, None without limit."""
    return None if rule.limit is None else max(rule.limit - used, 0)


def next_possible_start(
    window: RoundWindow, rule: AttemptRule, *, used: int, now: datetime, zone: str
) -> datetime | None:
    """When a start can be tried, if nothing changes: now, at the opening, next day or week; or never."""
    phase = window.phase(now)
    if phase in {Phase.PAUSED, Phase.DRAFT} or phase.is_over:
        return None
    earliest = max(now, window.opens_at)
    if rule.limit is not None and used >= rule.limit:
        if rule.per not in {Per.DAY, Per.WEEK} or rule.limit == 0:
            return None
        _, until = span(rule.per, now, zone)
        earliest = max(earliest, until)
    if earliest < window.closes_at and window.hours and window.hours.open_until(earliest) is None:
        return window.reopens_at(earliest)
    return earliest if earliest < window.closes_at else None


def span(per: Per, now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The day, or the week from Monday, around a moment: from midnight to midnight in the time zone."""
    local = ZoneInfo(zone)
    first = local_date(now, zone)
    days = 1
    if per is Per.WEEK:
        first -= timedelta(days=first.weekday())
        days = 7
    begin, end = (
        datetime.combine(day, time(), tzinfo=local).astimezone(now.tzinfo)
        for day in (first, first + timedelta(days=days))
    )
    return begin, end


def local_date(now: datetime, zone: str) -> date:
    """Which day it is in the contest's time zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def age_refusal(policy: EntryPolicy, birth_date: date | None, today: date) -> Refusal | None:
    """Why the contest's age limits keep a person out, or None. `today` is the day in the contest's zone.

    Of whom only the year is known gets in if any birthday in that year does.
    """
    lowest, highest = policy.lowest_age, policy.max_age
    if lowest is None and highest is None:
        return None
    if birth_date is None:
        return Refusal.BIRTH_DATE_NEEDED
    least, most = ages_on(birth_date, policy.age_on or today, only_year=policy.asks_only_year)
    if lowest is not None and most < lowest:
        return Refusal.TOO_YOUNG
    if highest is not None and least > highest:
        return Refusal.TOO_OLD
    return None
