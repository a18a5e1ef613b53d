"""The public boards as lines of a screen."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _

from quiz.contests.collective_labels import board_name
from quiz.contests.definition_collective import BoardKey
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import order_of
from quiz.screens.pages import BoardLine
from quiz.standings.boards import (
    PeopleRow,
    Scope,
    UnitPlace,
    people_slice,
    round_scope,
    unit_facts,
    unit_slice,
)
from quiz.standings.unit_standings import rule_of
from quiz.web.filters import duration, number


def people_lines(
    contest: Contest, scope: Scope, now: datetime, *, unit: ContestUnit | None, limit: int
) -> tuple[BoardLine, ...]:
    """The first people of a round or a combined list, of a unit and those below it where one is given."""
    division = unit.code if unit else ""
    board = people_slice(contest, scope, now=now, limit=limit, division=division)
    return tuple(_person(row) for row in board.rows)


def unit_lines(
    contest: Contest, round_: Round, now: datetime, *, unit: ContestUnit | None, limit: int
) -> tuple[tuple[BoardLine, ...], str]:
    """The first units that have a place, and the name of the figure that ranks them."""
    division = unit.code if unit else ""
    board = unit_slice(contest, round_scope(round_, now), now=now, limit=limit, division=division)
    return tuple(unit_line(row) for row in board.rows if row.rank is not None), order_of(contest, board.rule)


def unit_boards(
    contest: Contest, round_: Round, now: datetime, *, unit: ContestUnit | None, limit: int
) -> tuple[tuple[str, str, tuple[BoardLine, ...]], ...]:
    """Every board of units of every collective rule: name of rule and board, what ranks it, its first lines.

    The name is empty for a contest's only board. A board on which nobody has a place yet is not there, unless
    it is the only one.
    """
    division, scope = unit.code if unit else "", round_scope(round_, now)
    found = []
    for number_ in range(1, max(len(contest.collective), 1) + 1):
        rule = rule_of(contest, number_)
        # Lines of several boards follow each other: only then are all of them needed.
        most = None if rule.divisions or rule.bands else limit
        board = unit_slice(contest, scope, now=now, limit=most, division=division, number=number_)
        for key, lines in _by_board(board.rows, limit).items():
            words = " · ".join(filter(None, (board.rule.name, board_name(key) if key else "")))
            found.append((words, order_of(contest, board.rule), lines))
        if not found and number_ >= len(contest.collective):
            found.append(("", order_of(contest, board.rule), ()))
    return tuple((words if len(found) > 1 else "", order, lines) for words, order, lines in found)


def _by_board(rows: Iterable[UnitPlace], limit: int) -> dict[BoardKey | None, tuple[BoardLine, ...]]:
    """The first lines of each board, of units that have a place."""
    boards: dict[BoardKey | None, list[UnitPlace]] = {}
    for row in rows:
        if row.rank is not None and len(lines := boards.setdefault(row.board, [])) < limit:
            lines.append(row)
    return {key: tuple(map(unit_line, lines)) for key, lines in boards.items()}


def _person(row: PeopleRow) -> BoardLine:
    detail = duration(row.duration_ms)
    if row.prediction_error is not None:
        detail = _("lệch %(n)s", n=row.prediction_error) + " · " + detail
    return BoardLine(row.rank, row.name, row.unit, f"{row.correct}/{row.total}", detail, None)


def unit_line(row: UnitPlace) -> BoardLine:
    """A unit with its figure, and people of its headcount where that may be seen."""
    if row.trouble:
        return BoardLine(None, row.name, "", "", row.trouble, None)
    return BoardLine(
        row.rank, row.name, "", row.value, _people(row.people, row.headcount, row.value), row.share
    )


def _people(people: int | None, headcount: int | None, value: str) -> str:
    """People of the unit's headcount, unless they are what ranks it and stand there already."""
    if people is None:
        return ""
    if headcount:
        return f"{number(people)}/{number(headcount)}"
    return "" if number(people) == value else _("%(n)s người", n=number(people))


def unit_place(
    contest: Contest, round_: Round, unit: ContestUnit, now: datetime
) -> tuple[BoardLine, int, str]:
    """One unit's line, how many units are ranked, and the name of the figure that ranks them."""
    facts = unit_facts(contest, round_scope(round_, now), unit.code, now=now)
    place = facts.place
    detail = place.trouble or _people(place.people, place.headcount, place.value)
    line = BoardLine(place.rank, place.name, "", place.value, detail, place.share)
    return line, facts.ranked, order_of(contest, facts.rule)
