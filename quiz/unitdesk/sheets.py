"""A unit's figures as files: text stays text, codes keep their zeros, nothing is ever calculated."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from flask_babel import gettext as _

from question_bank.formats.tables.grid import guard
from quiz.unitdesk.absent import AbsentPage
from quiz.unitdesk.pages import UnitDeskPage
from quiz.unitdesk.reporting import ReportLine, WeekReport
from quiz.web.filters import day, full_time

Cell = str | int | float | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE, _NAME_WIDTH, _WIDTH = 60, 44, 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with words above it. Of `shares` columns the numbers are shares of one."""

    name: str
    above: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    shares: frozenset[int] = frozenset()


def workbook(*sheets: Sheet) -> bytes:
    """The sheets as an Excel file."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    whole = book.add_format({"num_format": "#,##0.##", "valign": "top", "border": 1})
    share = book.add_format({"num_format": "0.0%", "valign": "top", "border": 1})
    for one in sheets:
        page = book.add_worksheet(one.name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, _WIDTH)
        page.set_column(1, 1, _NAME_WIDTH)
        page.set_column(2, max(2, len(one.heads) - 1), _WIDTH)
        for line, words in enumerate(one.above):
            page.write_string(line, 0, words, book.add_format({"bold": line == 0}))
        first = len(one.above) + 1
        page.write_row(first, 0, one.heads, bold)
        page.repeat_rows(first)
        for place, row in enumerate(one.rows, start=first + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float):
                    page.write_number(place, column, cell, share if column in one.shares else whole)
                elif cell is None:
                    page.write_blank(place, column, None, plain)
                else:
                    page.write_string(place, column, cell, plain)
    book.close()
    return out.getvalue()


def comma_separated(sheet: Sheet) -> bytes:
    """As Excel opens it by double click: UTF-8 with a byte-order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.heads)
    writer.writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def figure_sheets(page: UnitDeskPage) -> tuple[Sheet, ...]:
    """What the page of a unit shows: the units below, then the days."""
    above = (page.name, page.contest_title, _("Số liệu lúc %(moment)s", moment=full_time(page.as_of)))
    below = Sheet(
        _("Cơ sở trực thuộc"),
        (*above, f"{page.hero_label}: {page.hero}", *(f"{one.label}: {one.value}" for one in page.tiles)),
        (_("Mã"), _("Đơn vị"), _("Tổng số người"), _("Người dự thi"), _("Lượt thi"), _("Tỷ lệ dự thi")),
        [
            (line.code, line.name, line.headcount, line.people, line.attempts, line.share)
            for line in page.below
        ],
        frozenset({5}),
    )
    days = Sheet(
        _("Theo ngày"),
        above,
        (_("Ngày"), _("Lượt thi")),
        [(day(line.day), line.attempts) for line in page.days],
    )
    return below, days


def absent_sheet(page: AbsentPage, moment: datetime) -> Sheet:
    """Who has not taken part, as the page shows them: a name and a year, no code that is a way in."""
    return Sheet(
        _("Người chưa dự thi"),
        (
            _("Người chưa dự thi: %(unit)s", unit=page.name),
            page.contest_title,
            page.round_name,
            _("Số liệu lúc %(moment)s", moment=full_time(moment)),
        ),
        (_("STT"), _("Họ và tên"), _("Năm sinh"), _("Đơn vị"), _("Vòng đã dự thi")),
        [
            (place, line.name, line.born, line.unit, line.earlier)
            for place, line in enumerate(page.lines, start=1)
        ],
    )


def report_sheet(report: WeekReport) -> Sheet:
    """The weekly report as one table."""
    return Sheet(
        _("Báo cáo tuần"),
        (
            _("Báo cáo tuần: %(unit)s", unit=report.name),
            report.contest_title,
            _("Từ %(monday)s đến %(sunday)s", monday=day(report.monday), sunday=day(report.sunday)),
            _("Số liệu lúc %(moment)s", moment=full_time(report.as_of)),
        ),
        (
            *(_("Mã"), _("Đơn vị"), _("Tổng số người"), _("Người dự thi"), _("Lượt thi"), _("Tỷ lệ dự thi")),
            *(_("Chỉ tiêu"), _("Tính theo"), _("Đạt được"), _("Tỷ lệ đạt"), _("Đúng tất cả các câu")),
            _("Số câu đúng trung bình mỗi lượt"),
        ),
        [_report_row(line) for line in (*report.lines, report.total)],
        frozenset({5, 9}),
    )


def _report_row(line: ReportLine) -> Sequence[Cell]:
    reached = line.reached / line.target if line.target and line.reached is not None else None
    rate: Cell = _("sai số liệu") if line.is_over else line.rate
    mean = round(line.mean, 2) if line.mean is not None else None
    return (
        *(line.code, line.name, line.headcount, line.people, line.attempts, rate),
        *(line.target, line.target_of or None, line.reached, reached, line.all_correct, mean),
    )
