"""From contests and boards to the replies of the API, as plain values in the shape of `schemas`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import url_for

from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.pages import order_of
from quiz.contests.phases import Phase
from quiz.core.errors import NotFound
from quiz.sharing.figures import open_figures
from quiz.standings.boards import PeopleRow, people_slice
from quiz.standings.scopes import Scope, list_scope, round_scope
from quiz.standings.unit_slices import UnitPlace, unit_facts, unit_slice

Reply = dict[str, Any]
Query = Mapping[str, Any]
Link = Callable[[int], str]


def contest_line(contest: Contest, now: datetime) -> Reply:
    """A contest in the list."""
    round_ = contests.current_round(contest, now)
    return {
        "slug": contest.slug,
        "title": contest.settings.title,
        "short_title": contest.settings.display_title,
        "organiser": contest.settings.organiser,
        "phase": (round_.window.phase(now) if round_ else Phase.SCHEDULED).value,
        "url": url_for("public.contest", slug=contest.slug, _external=True),
    }


def contest_list(query: Query, now: datetime, link: Link) -> Reply:
    """One page of the public contests."""
    found = contests.list_public_contests()
    start = (query["page"] - 1) * query["per_page"]
    shown = found[start : start + query["per_page"]]
    return _page(query, len(found), link) | {"contests": [contest_line(one, now) for one in shown]}


def contest_reply(contest: Contest, now: datetime) -> Reply:
    """A contest with its rounds."""
    rounds = [round_reply(contest, round_, now) for round_ in contests.list_public_rounds(contest)]
    lists = [
        {"number": one.number, "name": one.settings.name, "rounds": list(one.settings.rounds)}
        for one in contests.list_lists(contest)
    ]
    collective = [
        {"number": number, "name": rule.name, "formula": order_of(contest, rule), "list": rule.of_list}
        for number, rule in enumerate(contest.collective, start=1)
    ]
    return contest_line(contest, now) | {"rounds": rounds, "lists": lists, "collective": collective}


def round_reply(contest: Contest, round_: Round, now: datetime) -> Reply:
    """A round with those figures that may be known."""
    definition, shown = round_.settings, open_figures(contest, round_, now)
    return {
        "number": round_.number,
        "name": definition.name,
        "phase": round_.window.phase(now).value,
        "is_practice": definition.practice,
        "opens_at": round_.opens_at,
        "closes_at": round_.closes_at,
        "questions": definition.paper.question_count,
        "minutes": definition.minutes,
        "figures": {"people": shown.people, "attempts": shown.attempts},
        "url": url_for("api.show_round", slug=contest.slug, number=round_.number, _external=True),
    }


def people_reply(contest: Contest, scope: Scope, query: Query, now: datetime, link: Link) -> Reply:
    """One page of the board of people of a round or of a combined list."""
    start, size = (query["page"] - 1) * query["per_page"], query["per_page"]
    found = people_slice(
        contest,
        scope,
        now=now,
        offset=start,
        limit=size,
        division=query["division"],
        category=query["category"],
    )
    known = found.total
    if found.most_rows is not None:
        # Its length is a secret: a full page of the short board may have a following one, others have none.
        known = found.most_rows if len(found.rows) == size else start + len(found.rows)
    page = _page(query, known or 0, link)
    return (
        page
        | _board(scope, found.as_of, is_shown=found.is_shown)
        | {
            "total": found.total,
            "most_rows": found.most_rows,
            "criteria": [criterion.value for criterion in found.criteria],
            "rows": [_person(row) for row in found.rows],
        }
    )


def units_reply(contest: Contest, scope: Scope, query: Query, now: datetime, link: Link) -> Reply:
    """One page of the board of units of a round or of a combined list. Raises NotFound."""
    if (query["rule"] or 1) > max(1, len(contest.collective)):
        raise NotFound("rule")
    start = (query["page"] - 1) * query["per_page"]
    found = unit_slice(
        contest,
        scope,
        now=now,
        offset=start,
        limit=query["per_page"],
        division=query["division"],
        number=query["rule"],
    )
    return (
        _page(query, found.total, link)
        | _board(scope, found.as_of, is_shown=found.may_rank)
        | {"formula": order_of(contest, found.rule), "rows": [_unit(row) for row in found.rows]}
    )


def unit_reply(contest: Contest, round_: Round, code: str, now: datetime) -> Reply:
    """One unit. Raises NotFound."""
    scope = scope_of(round_, now)
    found = unit_facts(contest, scope, code, now=now)
    return {
        "round": {"number": scope.number, "name": scope.name},
        "is_official": found.is_official,
        "as_of": found.as_of,
        "formula": order_of(contest, found.rule),
        "unit": _unit(found.place),
        "ranked": found.ranked if found.may_rank else 0,
    }


def scope_of(round_: Round, now: datetime) -> Scope:
    """The round as a board. Raises NotFound for practice, and for a round that has not opened."""
    if not round_.counts or round_.window.phase(now) is Phase.SCHEDULED:
        raise NotFound("round")
    return round_scope(round_, now)


def list_scope_of(contest: Contest, number: int, now: datetime) -> Scope:
    """A combined list as a board. Raises NotFound before the first of its rounds has opened."""
    scope = list_scope(contests.get_list(contest, number), contests.list_counting_rounds(contest), now)
    if scope.phase is Phase.SCHEDULED:
        raise NotFound("list")
    return scope


def _board(scope: Scope, as_of: datetime, *, is_shown: bool) -> Reply:
    return {
        "round": {"number": scope.number, "name": scope.name},
        "is_shown": is_shown,
        "is_official": scope.shown.is_official,
        "as_of": as_of,
    }


def _page(query: Query, total: int, link: Link) -> Reply:
    page, size = query["page"], query["per_page"]
    return {
        "page": page,
        "per_page": size,
        "total": total,
        "next": link(page + 1) if page * size < total else None,
    }


def _person(row: PeopleRow) -> Reply:
    return {
        "rank": row.rank,
        "name": row.name,
        "phone": row.phone,
        "unit_code": row.unit_code,
        "unit": row.unit,
        "category": row.category,
        "correct": row.correct,
        "questions": row.total,
        "duration_ms": row.duration_ms,
        "prediction_error": row.prediction_error,
        "prize": row.prize,
    }


def _unit(row: UnitPlace) -> Reply:
    return {
        "code": row.code,
        "name": row.name,
        "rank": row.rank,
        "value": row.value,
        "share": row.share,
        "people": row.people,
        "headcount": row.headcount,
        "attempts": row.attempts,
        "trouble": row.trouble,
    }
