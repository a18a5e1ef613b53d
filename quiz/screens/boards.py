"""The public boards as lines of a screen."""

from datetime import datetime

from flask_babel import gettext as _

from quiz.contests.models import Contest, ContestUnit, Round
from quiz.screens.pages import BoardLine
from quiz.standings.pages import PersonLine, UnitLine
from quiz.standings.people_page import people_board
from quiz.standings.unit_pages import unit_board, unit_page
from quiz.web.filters import duration, number


def people_lines(
    contest: Contest, round_: Round, now: datetime, *, unit: ContestUnit | None, limit: int
) -> tuple[BoardLine, ...]:
    """The first people, of a unit and those below it where one is given."""
    board = people_board(contest, round_, now=now, page_number=1, q="", division=unit.code if unit else "")
    return tuple(_person(row) for row in board.rows[:limit])


def unit_lines(
    contest: Contest, round_: Round, now: datetime, *, unit: ContestUnit | None, limit: int
) -> tuple[tuple[BoardLine, ...], str]:
    """The first units that have a place, and the name of the figure that ranks them."""
    board = unit_board(contest, round_, now=now, q="", division=unit.code if unit else "")
    ranked = [row for row in board.rows if row.rank is not None]
    return tuple(unit_line(row) for row in ranked[:limit]), board.formula


def _person(row: PersonLine) -> BoardLine:
    detail = duration(row.duration_ms)
    if row.prediction_error is not None:
        detail = _("lệch %(n)s", n=row.prediction_error) + " · " + detail
    return BoardLine(row.rank, row.name, row.unit, f"{row.correct}/{row.total}", detail, None)


def unit_line(row: UnitLine) -> BoardLine:
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
    page = unit_page(contest, round_, unit.code, now=now)
    detail = page.trouble or _people(page.people, page.headcount, page.value)
    line = BoardLine(page.rank, page.name, "", page.value, detail, page.share)
    return line, page.ranked, page.formula
