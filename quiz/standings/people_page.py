"""From results to the people's board."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from quiz.attempts import allowance
from quiz.attempts import queries as attempts
from quiz.contests import queries as contests
from quiz.contests.definition import PredictionRule, Prize
from quiz.contests.labels import TARGET_UNITS
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of, criteria_words, result_decision, round_facts
from quiz.contests.phases import Phase
from quiz.contests.visibility import Visible, visible
from quiz.entries.public_people import public_person
from quiz.standings import queries
from quiz.standings.pages import Mine, Pages, PeopleBoard, PersonLine
from quiz.standings.queries import PersonRow
from quiz.web.entrants import entrant_id
from quiz.web.filters import number

PAGE = 50


def people_board(
    contest: Contest, round_: Round, *, now: datetime, page_number: int, q: str, division: str
) -> PeopleBoard:
    """One page of the board. `q` keeps phones ending in these three digits, `division` one block of units."""
    definition = round_.settings
    target = definition.prediction.target if definition.prediction else None
    shown = visible(round_.window.phase(now), target, definition.publish)
    units = {unit.id: unit for unit in contests.list_units(contest.id)}
    chosen = _ids_below(units, division)
    rows, pages, total = _rows(contest, round_, shown, page_number, q, chosen)
    me = entrant_id(contest.id)
    today = now.astimezone(contest.settings.zone).date()
    lines = tuple(_line(row, units, definition.prizes, shown, today, row.entry_id == me) for row in rows)
    return PeopleBoard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        divisions=divisions_of(list(units.values())),
        division=division,
        q=q,
        is_official=shown.is_official,
        decision=result_decision(round_),
        as_of=now,
        top_only=shown.most_rows,
        rows=lines,
        pages=pages,
        mine=_mine(contest, round_, shown, now) if shown.board else None,
        criteria=criteria_words(definition.ranking),
        actual=_actual(definition.prediction, round_),
        total=total,
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


def _ids_below(units: dict[int, ContestUnit], code: str) -> list[int] | None:
    if not code:
        return None
    return [unit.id for unit in units.values() if f"/{code}/" in unit.path]


def _rows(
    contest: Contest, round_: Round, shown: Visible, page_number: int, q: str, chosen: list[int] | None
) -> tuple[list[PersonRow], Pages | None, int | None]:
    if not shown.board:
        return [], None, None
    tail = q if len(q) == 3 and q.isdigit() else None
    listing = partial(queries.list_people, contest.id, round_.number, unit_ids=chosen, phone_tail=tail)
    if shown.most_rows is not None:
        # Search and blocks look only into the short board: more would tell how deep the whole one is.
        board = queries.list_people(contest.id, round_.number, limit=shown.most_rows)
        keep = None if chosen is None else set(chosen)
        rows = [
            row
            for row in board
            if (tail is None or row.phone_tail == tail) and (keep is None or row.unit_id in keep)
        ]
        return rows, None, None
    total = queries.count_people(contest.id, round_.number, unit_ids=chosen)
    if tail is not None:
        return listing(limit=PAGE), None, total
    count = max(1, -(-total // PAGE))
    current = min(page_number, count)
    url = partial(_page_url, contest.slug, round_.number)
    return listing(limit=PAGE, offset=(current - 1) * PAGE), Pages(current, count, url), total


def _page_url(slug: str, round_number: int, page: int) -> str:
    return url_for("standings.people", slug=slug, round=round_number, page=page)


def _line(
    row: PersonRow,
    units: dict[int, ContestUnit],
    prizes: Sequence[Prize],
    shown: Visible,
    today: date,
    is_me: bool,
) -> PersonLine:
    prize = prize_of(row.rank, prizes) if shown.is_official else None
    unit = units.get(row.unit_id) if row.unit_id is not None else None
    person = public_person(
        row.name,
        row.phone_tail,
        row.birth_date,
        today=today,
        has_prize=prize is not None,
        may_publish=row.may_publish,
    )
    return PersonLine(
        rank=row.rank,
        name=_("Đã xóa dữ liệu") if row.is_erased else person.name,
        phone=person.phone,
        prize=prize,
        unit=unit.name if unit else "",
        correct=row.correct_count,
        total=row.question_count,
        duration_ms=row.duration_ms,
        prediction_error=row.prediction_error,
        is_me=is_me,
    )


def prize_of(rank: int, prizes: Sequence[Prize]) -> str | None:
    """The prize of a place, the prizes being given in their order; None below the last."""
    last = 0
    for prize in prizes:
        last += prize.count
        if rank <= last:
            return prize.name
    return None


def _mine(contest: Contest, round_: Round, shown: Visible, now: datetime) -> Mine | None:
    entry_id = entrant_id(contest.id)
    result = attempts.find_result(contest.id, round_.number, entry_id) if entry_id else None
    if result is None or entry_id is None:
        return None
    rank = (result.rank or attempts.place_of(result)) if shown.own_rank else None
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
