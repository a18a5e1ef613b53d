"""From the board of people to its page."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import url_for

from quiz.attempts import allowance
from quiz.attempts import queries as attempts
from quiz.contests import queries as contests
from quiz.contests.definition import PredictionRule
from quiz.contests.labels import TARGET_UNITS
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of, criteria_words, result_decision, round_facts
from quiz.contests.phases import Phase
from quiz.standings.boards import PAGE, PeopleRow, PeopleSlice, Scope, people_slice, place_of, round_scope
from quiz.standings.pages import Mine, Pages, PeopleBoard, PersonLine
from quiz.web.entrants import entrant_id
from quiz.web.filters import number


def people_board(
    contest: Contest, round_: Round, *, now: datetime, page_number: int, q: str, division: str, category: str
) -> PeopleBoard:
    """One page of the board. `division` keeps one block of units, `category` one kind of entrants."""
    scope = round_scope(round_, now)
    definition = round_.settings

    def part(page: int) -> PeopleSlice:
        offset = 0 if scope.shown.most_rows is not None else (page - 1) * PAGE
        return people_slice(contest, scope, now=now, offset=offset, q=q, division=division, category=category)

    found = part(page_number)
    count = max(1, -(-(found.total or 0) // PAGE))
    if found.total is not None and page_number > count:
        page_number, found = count, part(count)
    url = partial(_page_url, contest.slug, round_.number, division=division, category=category)
    me = entrant_id(contest.id)
    return PeopleBoard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        divisions=divisions_of(contests.list_units(contest.id)),
        division=division,
        categories=categories_of(contest),
        category=category,
        q=q,
        is_official=found.is_official,
        decision=result_decision(round_),
        as_of=found.as_of,
        top_only=found.most_rows,
        rows=tuple(_line(row, is_me=row.entry_id == me) for row in found.rows),
        pages=Pages(page_number, count, url) if found.total is not None else None,
        mine=_mine(contest, round_, scope, now) if found.is_shown else None,
        criteria=criteria_words(found.criteria),
        actual=_actual(definition.prediction, round_),
        total=found.total,
    )


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


def categories_of(contest: Contest) -> tuple[tuple[str, str], ...]:
    """Code and name of the contest's categories of entrants."""
    return tuple((one.code, one.name) for one in contest.entry.categories)


def _page_url(slug: str, round_number: int, page: int, *, division: str = "", category: str = "") -> str:
    return url_for(
        "standings.people",
        slug=slug,
        round=round_number,
        division=division or None,
        category=category or None,
        page=page,
    )


def _line(row: PeopleRow, *, is_me: bool) -> PersonLine:
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
        is_me=is_me,
    )


def _mine(contest: Contest, round_: Round, scope: Scope, now: datetime) -> Mine | None:
    entry_id = entrant_id(contest.id)
    result = attempts.find_result(contest.id, round_.number, entry_id) if entry_id else None
    if result is None or entry_id is None:
        return None
    own_rank = scope.shown.own_rank
    rank = (result.rank or place_of(scope, entry_id, now=now)) if own_rank else None
    past = attempts.list_attempts(contest.id, entry_id)
    page = -(-rank // PAGE) if rank else None
    return Mine(
        rank=rank,
        correct=result.correct_count,
        total=result.question_count,
        duration_ms=result.duration_ms,
        prediction_error=result.prediction_error,
        attempts_left=(
            allowance.attempts_left(past, contest, round_, now)
            if round_.window.phase(now) is Phase.OPEN
            else None
        ),
        url=_page_url(contest.slug, round_.number, page) if page else None,
    )


def _actual(prediction: PredictionRule | None, round_: Round) -> str | None:
    if prediction is None or round_.actual_number is None:
        return None
    text = number(float(round_.actual_number), prediction.decimals)
    return f"{text} {TARGET_UNITS[prediction.target]}"
