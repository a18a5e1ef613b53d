"""From the units' board to the small page inside other sites."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import Phase
from quiz.screens.boards import unit_lines, unit_place
from quiz.screens.options import ScreenOptions
from quiz.screens.pages import BoardLine, Embedded
from quiz.screens.showing import shown_round, shown_unit

_ROWS = 5


def embedded(contest: Contest, options: ScreenOptions, now: datetime) -> Embedded:
    """The unit's own place, or the first units. Raises NotFound for a unit or round that there is not."""
    round_, unit = shown_round(contest, options.round_number, now), shown_unit(contest, options.unit)
    has_board = round_ is not None and round_.counts and round_.window.phase(now) is not Phase.SCHEDULED
    rows, note, formula = _rows(contest, round_, unit, now) if round_ and has_board else ((), "", "")
    number = round_.number if round_ else None
    return Embedded(
        slug=contest.slug,
        title=contest.settings.display_title,
        round_name=round_.settings.name if round_ else "",
        is_official=round_ is not None and round_.window.phase(now) is Phase.PUBLISHED,
        heading=unit.name if unit else _("Đơn vị dẫn đầu"),
        formula=formula,
        is_own=unit is not None,
        rows=rows,
        note=note if has_board else _("Vòng thi chưa mở."),
        contest_url=url_for("public.contest", slug=contest.slug, _external=True),
        board_url=url_for("standings.unit", slug=contest.slug, code=unit.code, _external=True, round=number)
        if unit
        else url_for("standings.units", slug=contest.slug, _external=True, round=number),
        as_of=(round_.held_since(now) if round_ else None) or now,
    )


def _rows(
    contest: Contest, round_: Round, unit: ContestUnit | None, now: datetime
) -> tuple[tuple[BoardLine, ...], str, str]:
    if unit is None:
        lines, formula = unit_lines(contest, round_, now, unit=None, limit=_ROWS)
        return lines, "" if lines else _("Chưa có bảng đơn vị."), formula
    line, ranked, formula = unit_place(contest, round_, unit, now)
    return (line,), _("trong %(n)s đơn vị được xếp hạng", n=ranked) if line.rank else "", formula
