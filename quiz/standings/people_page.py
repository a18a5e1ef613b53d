"""From the board of people to its page, the same for every reader; one's own place is `own_places`'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import url_for

from quiz.contests import queries as contests
from quiz.contests.definition import PredictionRule
from quiz.contests.labels import TARGET_UNITS
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of, criteria_words, result_decision
from quiz.contests.phases import Phase
from quiz.standings.boards import PAGE, PeopleRow, PeopleSlice, Scope, list_scopes, people_slice
from quiz.standings.pages import BoardOf, Pages, PeopleBoard, PersonLine
from quiz.standings.scopes import Kind
from quiz.web.filters import number

_LIST = "chung-"  # how addresses name combined lists; rounds go by their number


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a board is wanted. `division` keeps one block of units, `category` a kind of entrants."""

    page: int = 1
    q: str = ""
    division: str = ""
    category: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it is the page that most people look at."""
        return self.page == 1 and not self.q


def people_board(
    contest: Contest, scope: Scope, asked: Asked, *, now: datetime
) -> tuple[PeopleBoard, tuple[int, ...]]:
    """One page of the board, and the entrants of its lines."""
    page_number, found = _part(contest, scope, asked, now)
    round_ = contests.get_round(contest, scope.number) if scope.kind is Kind.ROUND else None
    query: dict[str, Any] = {"slug": contest.slug, "round": name_of(scope)}
    query |= {"division": asked.division or None, "category": asked.category or None}
    count = max(1, -(-(found.total or 0) // PAGE))
    page = PeopleBoard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=BoardOf(name_of(scope), scope.name, is_live=not scope.phase.is_over),
        rounds=tuple((name_of(one), one.name) for one in list_scopes(contest, now)),
        divisions=divisions_of(contests.list_units(contest.id)),
        division=asked.division,
        categories=tuple((one.code, one.name) for one in contest.entry.categories),
        category=asked.category,
        q=asked.q,
        is_official=found.is_official,
        decision=result_decision(round_) if round_ else None,
        as_of=found.as_of,
        top_only=found.most_rows,
        rows=tuple(_line(row) for row in found.rows),
        pages=Pages(page_number, count, partial(_page_url, query)) if found.total is not None else None,
        offset=found.offset,
        held_since=found.held_since,
        live_url=None
        if found.is_official or asked.q
        else url_for("standings.people_rows", page=page_number if page_number > 1 else None, **query),
        criteria=criteria_words(found.criteria),
        actual=_actual(round_.settings.prediction, round_) if round_ else None,
        total=found.total,
    )
    return page, tuple(row.entry_id for row in found.rows)


def _part(contest: Contest, scope: Scope, asked: Asked, now: datetime) -> tuple[int, PeopleSlice]:
    """The slice that is asked for, and the number of its page: the last one where there are not so many."""

    def part(page: int) -> PeopleSlice:
        offset = 0 if scope.shown.most_rows is not None else (page - 1) * PAGE
        return people_slice(
            contest,
            scope,
            now=now,
            offset=offset,
            q=asked.q,
            division=asked.division,
            category=asked.category,
        )

    found = part(asked.page)
    last = max(1, -(-(found.total or 0) // PAGE))
    if found.total is not None and asked.page > last:
        return last, part(last)
    return asked.page, found


def name_of(scope: Scope) -> str:
    """How addresses name the scope."""
    return str(scope.number) if scope.kind is Kind.ROUND else f"{_LIST}{scope.number}"


def find_scope(contest: Contest, name: str, now: datetime) -> Scope | None:
    """The combined list of an address's name, None if it names none that has a board."""
    return next((one for one in list_scopes(contest, now) if name_of(one) == name), None)


def is_list(name: str) -> bool:
    """Whether an address names a combined list."""
    return name.startswith(_LIST)


def board_rounds(contest: Contest, now: datetime) -> tuple[tuple[int, str], ...]:
    """Number and name of the rounds that have a board."""
    return tuple(
        (round_.number, round_.settings.name)
        for round_ in contests.list_counting_rounds(contest)
        if round_.window.phase(now) is not Phase.SCHEDULED
    )


def divisions_of(units: Sequence[ContestUnit]) -> tuple[tuple[str, str], ...]:
    """Code and name of the blocks right below the root: what a board can be narrowed to."""
    return tuple((unit.code, unit.name) for unit in units if unit.depth == 1 and not unit.is_leaf)


def page_with(contest: Contest, scope: Scope, rank: int) -> str:
    """The address of the page on which a place stands."""
    return _page_url({"slug": contest.slug, "round": name_of(scope)}, -(-rank // PAGE))


def _page_url(query: dict[str, Any], page: int) -> str:
    return url_for("standings.people", page=page, **query)


def _line(row: PeopleRow) -> PersonLine:
    return PersonLine(
        rank=row.rank,
        name=row.name,
        phone=row.phone,
        prize=row.prize,
        unit=row.unit,
        correct=row.correct,
        total=row.total,
        duration_ms=row.duration_ms,
        prediction_error=row.prediction_error,
    )


def _actual(prediction: PredictionRule | None, round_: Round) -> str | None:
    if prediction is None or round_.actual_number is None:
        return None
    text = number(float(round_.actual_number), prediction.decimals)
    return f"{text} {TARGET_UNITS[prediction.target]}"
