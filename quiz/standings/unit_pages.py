"""From totals to the units' board and the page of one unit."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from flask import url_for
from flask_babel import gettext as _

from question_bank.folding import fold
from quiz.contests import queries as contests
from quiz.contests.collective_labels import order_in_words
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of, round_facts
from quiz.core.errors import NotFound
from quiz.entries import queries as entries
from quiz.scoring.prediction import Counter
from quiz.standings.pages import UnitBoard, UnitLine, UnitPage
from quiz.standings.people_page import board_rounds, divisions_of
from quiz.standings.unit_boards import FROM_TOTALS, UnitRow, UnitTotals, board
from quiz.standings.unit_lines import RoundUnits, round_units, unit_line, value_text
from quiz.web.entrants import entrant_id
from quiz.web.filters import percent


def unit_board(contest: Contest, round_: Round, *, now: datetime, q: str, division: str) -> UnitBoard:
    """The units that compete, in order; `q` searches names and codes without diacritics."""
    of_round = round_units(contest, round_, now)
    lines = _lines(contest, round_, of_round, of_round.rows)
    by_code = {row.unit.code: row.unit for row in of_round.rows}
    wanted = fold(q)
    kept = tuple(
        line
        for line in lines
        if (not wanted or wanted in by_code[line.code].search_key or q == line.code)
        and (not division or f"/{division}/" in by_code[line.code].path)
    )
    return UnitBoard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        divisions=divisions_of(of_round.units),
        division=division,
        orders=(),
        order="",
        q=q,
        is_official=of_round.shown.is_official,
        as_of=now,
        formula=order_in_words(of_round.rule),
        rows=kept if of_round.may_rank else (),
        pages=None,
        mine=_own_line(contest, lines),
        level=_level(of_round),
        note=None
        if of_round.may_rank
        else _("Bảng đơn vị hiện sau khi vòng thi đóng, để giữ kín con số dự đoán."),
    )


def unit_page(contest: Contest, round_: Round, code: str, *, now: datetime) -> UnitPage:
    """One unit with its figures and the units right below it. Raises NotFound."""
    of_round = round_units(contest, round_, now)
    unit = next((row for row in of_round.units if row.code == code), None)
    if unit is None:
        raise NotFound("unit")
    shown, totals = of_round.shown, of_round.totals[unit.id]
    row = next((row for row in of_round.rows if row.unit.id == unit.id), None)
    line = unit_line(contest, round_, of_round, row, _best(of_round.rows)) if row else None
    below = _below(of_round, unit)
    return UnitPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parents=_parents(contest, round_, of_round.units, unit),
        as_of=now,
        is_official=shown.is_official,
        rank=line.rank if line else None,
        ranked=sum(1 for other in of_round.rows if other.rank is not None and other.totals.participants),
        value=value_text(of_round.formula, row.value) if row and of_round.may_rank else "",
        formula=order_in_words(of_round.rule),
        share=line.share if line else None,
        people=totals.participants if shown.shows(Counter.PARTICIPANTS) else None,
        headcount=unit.headcount,
        attempts=totals.attempts if shown.shows(Counter.ATTEMPTS) else None,
        mean=_mean(totals) if shown.board and shown.shows(Counter.SCORE_SPREAD) else None,
        all_correct=totals.all_correct if shown.board and shown.shows(Counter.PEOPLE_ALL_CORRECT) else None,
        trouble=line.trouble if line else None,
        children=_lines(contest, round_, of_round, below) if of_round.may_rank else (),
    )


def _below(of_round: RoundUnits, unit: ContestUnit) -> list[UnitRow]:
    """The units right below one, in order where their totals alone tell it, else as in the tree."""
    children = [child for child in of_round.units if child.parent_id == unit.id]
    if of_round.formula in FROM_TOTALS:
        return board(children, of_round.totals, of_round.formula)
    return [UnitRow(child, of_round.totals[child.id], None, None, None) for child in children]


def _lines(
    contest: Contest, round_: Round, of_round: RoundUnits, rows: Sequence[UnitRow]
) -> tuple[UnitLine, ...]:
    best = _best(rows)
    return tuple(unit_line(contest, round_, of_round, row, best) for row in rows)


def _best(rows: Sequence[UnitRow]) -> Fraction | None:
    return max((row.value for row in rows if row.value is not None), default=None)


def _mean(totals: UnitTotals) -> str | None:
    return percent(float(totals.mean_share)) if totals.mean_share is not None else None


def _level(of_round: RoundUnits) -> str:
    name = of_round.rule.level or _("đơn vị")
    return str(_("%(level)s (%(count)s đơn vị)", level=name[:1].upper() + name[1:], count=len(of_round.rows)))


def _own_line(contest: Contest, lines: Sequence[UnitLine]) -> UnitLine | None:
    entry_id = entrant_id(contest.id)
    entry = entries.find_entry(contest.id, entry_id) if entry_id else None
    if entry is None or entry.unit_id is None:
        return None
    by_id = {unit.id: unit for unit in contests.list_units(contest.id)}
    path = by_id[entry.unit_id].path if entry.unit_id in by_id else ""
    return next((line for line in lines if f"/{line.code}/" in path), None)


def _parents(
    contest: Contest, round_: Round, units: Sequence[ContestUnit], unit: ContestUnit
) -> tuple[tuple[str, str], ...]:
    names = {row.code: row.name for row in units}
    codes = [code for code in unit.path.split("/") if code and code != unit.code]
    return tuple(
        (names[code], url_for("standings.unit", slug=contest.slug, code=code, round=round_.number))
        for code in codes
        if code in names
    )
