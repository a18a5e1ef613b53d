"""At the door: the page of those who wait, and the cheap address that tells where a ticket stands."""

import math
from datetime import datetime, timedelta

from flask import Response, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Reply

from quiz.attempts import allowance
from quiz.attempts.crowd import comer, door_of, is_crowd
from quiz.attempts.line import find_ticket, own_opening, place_of
from quiz.attempts.pages import LinePlace, WaitPage
from quiz.attempts.views import bp, entrant_of, unit_of
from quiz.contests.models import Contest, Round
from quiz.contests.pages import contact_of, round_facts
from quiz.core import clock
from quiz.web.entrants import entrant_id
from quiz.web.guards import keyring, starts_per_second
from quiz.web.sessions import without_session

_OWN_MOMENT_MS = 20_000  # between two loads of a page without a script, at most


@bp.get("/c/<slug>/rounds/<int:number>/wait")
def wait(slug: str, number: int) -> Reply | str:
    """The place in line, or the own moment of a spread opening; it starts by itself when it is time."""
    now = clock.now()
    page = _in_the_crowd(slug, number, now)
    if page is not None:
        return render_template("attempts/wait.html", page=page)
    contest, round_, entry = entrant_of(slug, number)
    if entry is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    begins_at = own_opening(round_, entry.id, keyring())
    ticket = find_ticket(contest.id, number, entry.id)
    if (now >= begins_at and ticket is None) or allowance.why_not(contest, round_, entry, now):
        return redirect(url_for("attempts.ready", slug=slug, number=number), code=303)
    place = _place(ticket.number, now) if ticket and now >= begins_at else None
    unit = unit_of(contest, entry)
    page = _wait_page(contest, round_, (entry.name, unit.name if unit else None), place, begins_at, now)
    return render_template("attempts/wait.html", page=page)


@bp.get("/line/<int:number>")
@without_session
def line(number: int) -> Response:
    """Where a ticket stands: how many are in front, how long it lasts at most, when to ask again.

    Nothing personal: a number says nothing about whose it is. Asked for by every waiting page, so it costs no
    session and hardly ever a statement.
    """
    place = place_of(number, now=clock.now(), rate=starts_per_second())
    return jsonify(before=place.before, wait_ms=place.wait_ms, ask_again_ms=place.ask_again_ms)


def _in_the_crowd(slug: str, number: int, now: datetime) -> WaitPage | None:
    """The page of somebody whose ticket was not called yet, in one statement; None: look at everything."""
    if not is_crowd(now, starts_per_second()):
        return None
    door = door_of(slug, number)
    known = entrant_id(door.contest.id)
    found = comer(door, known, now) if known else None
    if found is None or found.ticket is None:
        return None
    place = _place(found.ticket, now)
    person = (found.name, found.unit_name)
    return _wait_page(door.contest, door.round, person, place, now, now) if place.wait_ms else None


def _wait_page(
    contest: Contest,
    round_: Round,
    person: tuple[str, str | None],
    place: LinePlace | None,
    begins_at: datetime,
    now: datetime,
) -> WaitPage:
    wait_ms = place.wait_ms if place else _milliseconds(begins_at - now)
    closes_in_ms = _milliseconds(round_.window.ends_at(now) - now)
    name, unit = person
    return WaitPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        name=name,
        unit=unit,
        begins_at=None if place else begins_at,
        place=place,
        wait_ms=wait_ms,
        refresh_seconds=math.ceil(min(wait_ms, place.ask_again_ms if place else _OWN_MOMENT_MS) / 1000),
        closes_in_ms=closes_in_ms,
        is_too_long=wait_ms >= closes_in_ms,
    )


def _milliseconds(length: timedelta) -> int:
    return max(0, math.ceil(length / timedelta(milliseconds=1)))


def _place(ticket: int, now: datetime) -> LinePlace:
    rate = starts_per_second()
    found = place_of(ticket, now=now, rate=rate, is_given=True)
    words = wait_words(found.wait_ms)
    return LinePlace(ticket, found.before, found.wait_ms, words, found.ask_again_ms, rate)


def wait_words(milliseconds: int) -> str:
    """A wait in words, rounded up as far as people care: seconds by tens, then minutes, then hours."""
    seconds = math.ceil(milliseconds / 1000)
    if seconds <= 10:
        return str(_("vài giây nữa"))
    if seconds < 60:
        return str(_("khoảng %(n)s giây nữa", n=math.ceil(seconds / 10) * 10))
    minutes = math.ceil(seconds / 60)
    if minutes < 90:
        return str(_("khoảng %(n)s phút nữa", n=minutes))
    return str(_("khoảng %(n)s giờ nữa", n=math.ceil(minutes / 60)))
