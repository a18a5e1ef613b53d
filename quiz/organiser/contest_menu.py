"""The menu of one contest beside its pages: groups, the open one with its pages, counts of what waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, request, url_for
from flask_login import current_user

from quiz.approvals.queries import list_waiting
from quiz.collective.queries import count_proposed
from quiz.complaints.queries import count_waiting
from quiz.contests import queries as contests
from quiz.contests.models import Round
from quiz.contests.phases import Phase
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.entries.unit_queries import count_open_requests
from quiz.organiser.contest_places import SECTIONS, Place, Section
from quiz.organiser.dashboard import chosen_round
from quiz.organiser.views import bp
from quiz.privacy.queries import count_queue
from quiz.standings.cache import ShortCache
from quiz.vetting.duplicate_queries import count_appeals, count_open
from quiz.vetting.integrity_queries import count_open_cases
from quiz.web import desk
from quiz.web.desk import DeskGroup, DeskLink

_BEGINNING = "/manage/c/"


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """What the menu shows of a contest and of the round that its pages are about."""

    slug: str
    title: str
    number: int | None
    phase: Phase | None
    has: frozenset[str]
    bank: str
    counts: Mapping[str, int]


# Asked for by every page of a contest; the pages themselves always count anew.
_facts: ShortCache[MenuFacts | None] = ShortCache(timedelta(seconds=5))


def contest_group() -> DeskGroup | None:
    """The contest that the request is about, None for pages of no contest."""
    slug = (request.view_args or {}).get("slug")
    if not slug or not request.path.startswith(f"{_BEGINNING}{slug}/"):
        return None
    now, asked = clock.now(), _asked_round()
    found = _facts.get((slug, asked), now, lambda: _read(slug, asked, now))
    return DeskGroup(found.title, tuple(_section_links(found))) if found else None


def contest_map() -> tuple[DeskLink, ...]:
    """All groups of the contest that the request is about, each with its pages."""
    slug, asked, now = str((request.view_args or {})["slug"]), _asked_round(), clock.now()
    found = _facts.get((slug, asked), now, lambda: _read(slug, asked, now))
    return tuple(_groups(found)) if found else ()


@bp.after_app_request
def forget_counts(reply: Response) -> Response:
    """After an act the menu counts anew."""
    if request.method != "GET" and request.path.startswith(_BEGINNING):
        _facts.clear()
    return reply


def _asked_round() -> int | None:
    """The round in the address, None where there is none."""
    number = (request.view_args or {}).get("number")
    if number is not None and "/rounds/<int:number>" in str(request.url_rule):
        return int(number)
    return request.args.get("round", type=int)


def _read(slug: str, asked: int | None, now: datetime) -> MenuFacts | None:
    try:
        contest = contests.get_contest(slug)
        rounds = contests.list_rounds(contest)
        chosen = chosen_round(rounds, asked, now)
    except NotFound:
        return None
    number = chosen.number if chosen else None
    counts = {
        "vetting.suspicions": count_open(contest.id),
        "vetting.decided": count_appeals(contest.id),
        "privacy_desk.queue": count_queue(contest.id, now).waiting,
        "organiser.unit_requests": count_open_requests(contest.id),
        "unit_numbers.numbers": count_proposed(contest.id),
        "complaints_desk.queue": count_waiting(contest.id, now).count,
        "organiser.approvals": len(list_waiting(contest.id)),
        "integrity.cases": count_open_cases(contest.id, number) if number else 0,
    }
    return MenuFacts(
        slug=slug,
        title=contest.settings.display_title,
        number=number,
        phase=chosen.window.phase(now) if chosen else None,
        has=_has(chosen) if chosen else frozenset(),
        bank=chosen.settings.paper.bank if chosen else "",
        counts=counts,
    )


def _has(round_: Round) -> frozenset[str]:
    """What only some rounds have and some pages need."""
    settings = round_.settings
    having = {"prediction": settings.prediction is not None, "prizes": bool(settings.prizes)}
    return frozenset(name for name, is_there in having.items() if is_there)


def _section_links(found: MenuFacts) -> Iterator[DeskLink]:
    """The groups; only the one in which the person is shows its pages, the others what waits in them."""
    for group in _groups(found):
        here = any(link.is_current for link in group.inner)
        if here and len(group.inner) > 1:
            yield group
        else:
            waiting = sum(link.count for link in group.inner)
            yield replace(group, inner=(), is_current=here, count=waiting)


def _groups(found: MenuFacts) -> Iterator[DeskLink]:
    for section in SECTIONS:
        if links := tuple(_place_links(section, found)):
            yield DeskLink(str(section.words), links[0].url, section.icon, False, inner=links)


def _place_links(section: Section, found: MenuFacts) -> Iterator[DeskLink]:
    for place in section.places:
        if _is_there(place, found) and _may(place.endpoint):
            values: dict[str, Any] = {"number": found.number} if place.phases is not None else {}
            slug = found.bank if place.endpoint == "bank.bank" else found.slug
            yield DeskLink(
                label=str(place.words),
                url=url_for(place.endpoint, slug=slug, **values),
                icon="",
                is_current=request.endpoint in place.endpoints,
                count=found.counts.get(place.endpoint, 0),
            )


def _is_there(place: Place, found: MenuFacts) -> bool:
    """Whether this installation and this moment of the round have the page."""
    if place.endpoint not in current_app.view_functions:
        return False
    if place.endpoint == "bank.bank":
        return bool(found.bank)
    if place.phases is None:
        return True
    return found.phase in place.phases and (not place.needs or place.needs in found.has)


def _may(endpoint: str) -> bool:
    """Whether the signed-in person has the right that the page's view asks for."""
    right = getattr(current_app.view_functions[endpoint], "needs_permission", None)
    return right is None or bool(current_user.can(right))


desk.add_part(contest_group)
