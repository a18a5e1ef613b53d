"""The people with a prize in a round that is frozen or published: a workbook for the check before prizes."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.errors import NotFound
from quiz.core.phones import national_form
from quiz.core.secrets import Keyring
from quiz.entries.queries import get_entry
from quiz.privacy.own_data import identity_of
from quiz.standings import queries as standings
from quiz.standings.boards import prize_of
from quiz.standings.prizes import find_award_list, list_awards
from quiz.standings.queries import PersonRow
from quiz.web.filters import day, duration

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIXED = (RoundState.FROZEN.value, RoundState.PUBLISHED.value)
_SHARING = 200  # people who are equal share the last prize


def has_winners(round_: Round) -> bool:
    """Whether prizes can be told."""
    return round_.state in _FIXED and bool(round_.settings.all_prizes)


def winners(contest: Contest, round_: Round) -> list[tuple[PersonRow, str]]:
    """Rows of the board with their prizes, by rank; whoever was erased has none. Raises NotFound."""
    if not has_winners(round_):
        raise NotFound("winners")
    decided = {one.entry_id: one for one in list_awards(contest.id, round_.number)}
    if decided or find_award_list(contest.id, round_.number) is not None:
        most = max((one.rank for one in decided.values()), default=0) + _SHARING
        rows = standings.list_people(contest.id, round_.number, limit=most)
        return [(row, decided[row.entry_id].prize) for row in rows if row.entry_id in decided]
    prizes = round_.settings.prizes
    most = sum(prize.count for prize in prizes) + _SHARING
    rows = standings.list_people(contest.id, round_.number, limit=most)
    found = [(row, prize_of(row.rank, prizes)) for row in rows if not row.is_erased]
    return [(row, prize) for row, prize in found if prize is not None]


def workbook(contest: Contest, rows: Sequence[tuple[PersonRow, str]], keyring: Keyring) -> bytes:
    """The people in clear, every cell a text: a phone keeps its zero, nothing is ever calculated."""
    units = {unit.id: unit.name for unit in contests.list_units(contest.id)}
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book: Any = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(_("Người đạt giải"))
    bold = book.add_format({"bold": True})
    for column, text in enumerate(_heads()):
        sheet.write_string(0, column, text, bold)
    for line, (row, prize) in enumerate(rows, start=1):
        for column, text in enumerate(_cells(contest, row, prize, units, keyring)):
            sheet.write_string(line, column, text)
    sheet.set_column(0, len(_heads()) - 1, 18)
    book.close()
    return out.getvalue()


def _heads() -> list[str]:
    return [
        *(_("Hạng"), _("Giải"), _("Họ và tên"), _("Ngày sinh"), _("Số điện thoại"), _("Số căn cước")),
        *(_("Đơn vị"), _("Số câu đúng"), _("Thời gian"), _("Đồng ý công bố")),
    ]


def _cells(
    contest: Contest, row: PersonRow, prize: str, units: dict[int, str], keyring: Keyring
) -> list[str]:
    who = identity_of(get_entry(contest.id, row.entry_id), keyring)
    return [
        str(row.rank),
        prize,
        who.name,
        day(who.birth_date) if who.birth_date else "",
        national_form(who.phone) if who.phone else "",
        who.national_id or "",
        units.get(row.unit_id, "") if row.unit_id is not None else "",
        f"{row.correct_count}/{row.question_count}",
        duration(row.duration_ms),
        _("có") if row.may_publish else _("không"),
    ]
