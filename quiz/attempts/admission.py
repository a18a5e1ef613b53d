"""The line at the door: who may start now, who waits, how many are in front. Pure.

Nobody moves the line. Its row says how far it was at one moment, and the clock does the rest: from there on
so many people a second are called as the machine can serve. A person's place is the number of the ticket.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# What the machine can serve in this time may come at once; only beyond it a line forms.
WINDOW = timedelta(seconds=2)
# Who was called and does not come for so long gives the place to the next, and may still come later.
PATIENCE = timedelta(seconds=60)
# How often places that nobody took are counted while there is a line.
RECOUNT = timedelta(seconds=5)
_SOONEST, _LATEST = timedelta(seconds=2), timedelta(seconds=30)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """The line as stored: the newest ticket's number, and up to which number was called at a moment."""

    issued: int
    called: int
    called_at: datetime

    def called_by(self, now: datetime, rate: float) -> int:
        """Up to which number people may come in; everybody where there is no limit (`rate` 0)."""
        if rate <= 0:
            return self.issued
        seconds = max((now - self.called_at) / timedelta(seconds=1), 0.0)
        # A ten-thousandth more: the moment worked out by `call_of` must not fall short of itself by rounding.
        return min(self.issued, self.called + math.floor(seconds * rate + 1e-4))

    def waiting(self, now: datetime, rate: float) -> int:
        """How many people were not called yet."""
        return self.issued - self.called_by(now, rate)

    def call_of(self, number: int, now: datetime, rate: float) -> datetime:
        """When the ticket will be called at the latest; now, or before it, if it was."""
        if rate <= 0 or number <= self.called:
            return min(self.called_at, now)
        return self.called_at + timedelta(seconds=(number - self.called) / rate)

    def at(self, now: datetime, rate: float) -> "Line":
        """The same line told from `now` on; the fraction of the next person is kept.

        Requests wait for one another, so an older `now` may come after a newer one: it turns nothing back.
        """
        called = self.called_by(now, rate)
        if called >= self.issued or rate <= 0:
            return replace(self, called=called, called_at=max(now, self.called_at))
        # Told from a moment ago: the time that the next one has waited already.
        since = self.called_at + timedelta(seconds=(called - self.called) / rate)
        return replace(self, called=called, called_at=since)

    def with_ticket(self, now: datetime, rate: float) -> "Line":
        """The line with one person more at its end."""
        line = self.at(now, rate)
        return replace(line, issued=line.issued + 1)

    def with_freed(self, places: int, now: datetime, rate: float) -> "Line":
        """The line after so many who were called did not come: as many others are called at once."""
        line = self.at(now, rate)
        return replace(line, called=min(line.called + places, line.issued))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands: how many are in front and not called yet, how long it lasts at most."""

    before: int
    wait_ms: int
    ask_again_ms: int

    @property
    def is_called(self) -> bool:
        """Whether the person may come in."""
        return self.wait_ms == 0


def empty_line(now: datetime) -> Line:
    """The line before anybody ever waited."""
    return Line(0, 0, now)


def place_in(line: Line, number: int, now: datetime, rate: float) -> Place:
    """The place of a ticket."""
    called = line.called_by(now, rate)
    if number <= called:
        return Place(0, 0, 0)
    wait = max(line.call_of(number, now, rate) - now, _MILLISECOND)
    return Place(number - called - 1, math.ceil(wait / _MILLISECOND), ask_again(wait) // _MILLISECOND)


def ask_again(wait: timedelta) -> timedelta:
    """After which time a page should ask again: half of the wait, so that a few questions see it through."""
    return min(max(wait / 2, _SOONEST), _LATEST)


def is_crowded(recent: int, rate: float) -> bool:
    """Whether so many have started within the window that one more has to wait."""
    return rate > 0 and recent >= max(1, math.floor(rate * (WINDOW / timedelta(seconds=1))))


def may_enter(line: Line | None, number: int | None, recent: int, now: datetime, rate: float) -> bool:
    """Whether a person may start now. `number` is that of the ticket, None without one.

    Who has a ticket comes in when it is called. Who has none comes in while nobody waits and the machine is
    not busy with those who have just come in: nobody passes those who wait.
    """
    if rate <= 0:
        return True
    if number is not None:
        return line is not None and number <= line.called_by(now, rate)
    return not (line is not None and line.waiting(now, rate)) and not is_crowded(recent, rate)


def own_opening(opens_at: datetime, spread_seconds: int, digest: bytes) -> datetime:
    """From when a person may start where a round opens spread out; `digest` is a keyed hash of the person."""
    if spread_seconds <= 0:
        return opens_at
    share = int.from_bytes(digest[:8], "big") / 2**64
    return opens_at + timedelta(seconds=math.floor(share * spread_seconds))
