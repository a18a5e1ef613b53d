"""Rosters and lists of the barred from sheets and text: what is understood, what is said otherwise."""

import io
from datetime import date

import pytest
import xlsxwriter

from quiz.entries.barred_reading import BarredRow, read_barred, read_typed
from quiz.entries.roster_reading import RosterRow, code_key, read_roster
from quiz.units.rows import Severity

TODAY = date(2026, 11, 22)
TITLES = ["Mã dự thi", "Họ và tên", "Ngày sinh", "Đơn vị"]


def sheet(*rows: list[object], number_format: str = "") -> bytes:
    """A workbook with these rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet()
        style = book.add_format({"num_format": number_format}) if number_format else None
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(line, place, value, dates)
                else:
                    page.write(line, place, value, style)
    return file.getvalue()


def said(problems: object) -> list[tuple[int, str]]:
    """Line and message of each."""
    return [(one.line, one.message) for one in problems]  # type: ignore[attr-defined]  # a tuple of problems


def test_a_sheet_as_organisers_have_it() -> None:
    data = sheet(
        TITLES,
        ["00123", "Lò Thị Hương", date(1962, 8, 15), "Phường Tô Hiệu"],
        ["hs-7", " Nguyễn  Văn An ", "1/2/2010", ""],
        ["A.9", "Lê Bình", "1999", None],
    )
    found = read_roster(data, TODAY)
    assert found.rows == (
        RosterRow(2, "00123", "Lò Thị Hương", date(1962, 8, 15), False, "Phường Tô Hiệu"),
        RosterRow(3, "hs-7", "Nguyễn Văn An", date(2010, 2, 1)),
        RosterRow(4, "A.9", "Lê Bình", date(1999, 1, 1), True),
    )
    assert not found.problems


def test_the_same_as_text() -> None:
    text = "Mã;Họ tên;Năm sinh\n00123;Lò Thị Hương;1962\n00124;Lê Bình;\n"
    found = read_roster(text.encode("utf-8-sig"), TODAY)
    assert [(row.code, row.birth_date, row.only_year) for row in found.rows] == [
        ("00123", date(1962, 1, 1), True),
        ("00124", None, False),
    ]
    assert not found.problems


def test_zeros_that_a_sheet_took_away_are_told() -> None:
    found = read_roster(sheet(TITLES[:2], ["00123", "An"], [124, "Bình"], [125, "Cường"]), TODAY)
    assert [row.code for row in found.rows] == ["00123", "124", "125"]
    (problem,) = found.problems
    assert (problem.line, problem.column, problem.severity) == (3, "Mã dự thi", Severity.WARNING)
    assert "“124” và 1 mã nữa" in problem.message
    assert "Văn bản" in problem.mend


def test_zeros_that_only_the_format_shows_are_kept() -> None:
    found = read_roster(sheet(TITLES[:2], [123, "An"], [45678, "Bình"], number_format="00000"), TODAY)
    assert [row.code for row in found.rows] == ["00123", "45678"]


@pytest.mark.parametrize(
    "text,line,message",
    [
        ("", 1, "Tệp trống."),
        ("Mã,Họ tên\n", 2, "Chỉ có dòng tiêu đề."),
        ("Họ tên\nAn\n", 1, "Thiếu cột “Mã dự thi”."),
        ("Mã,Tên,Mã\n1,An,2\n", 1, "Cột “Mã” có hai lần."),
        ("Mã,Tên,Lương\n1,An,2\n", 1, "Cột “Lương” không được đọc."),
        ("Mã,Tên\n,An\n", 2, "Chưa có mã dự thi."),
        ("Mã,Tên\n1,\n", 2, "Chưa có họ và tên."),
        ("Mã,Tên\n1 2!,An\n", 2, "Mã “1 2!” có ký tự lạ."),
        ("Mã,Tên\nA1,An\na 1,Bình\n", 3, "Mã “a 1” đã có ở dòng 2."),
        ("Mã,Tên,Ngày sinh\n1,An,31/2/1990\n", 2, "“31/2/1990” không phải ngày sinh."),
        ("Mã,Tên,Ngày sinh\n1,An,mai\n", 2, "“mai” không phải ngày sinh."),
    ],
)
def test_what_is_wrong_has_its_line_and_a_mend(text: str, line: int, message: str) -> None:
    found = read_roster(text.encode(), TODAY)
    assert (line, message) in said(found.problems)
    assert all(problem.mend for problem in found.problems)


@pytest.mark.parametrize(
    "data,word",
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04broken", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        (b"\xff\xd8\xff\xe0 picture", "ảnh"),
    ],
)
def test_other_files_are_refused_in_words(data: bytes, word: str) -> None:
    found = read_roster(data, TODAY)
    assert found.has_errors
    assert not found.rows
    assert word in found.problems[0].message


@pytest.mark.parametrize("typed", ["AB-1", "ab-1", " ab - 1 "])
def test_capitals_and_spaces_of_a_code_do_not_count(typed: str) -> None:
    assert code_key(typed) == "ab-1"
    assert code_key("0012") != code_key("12")


def test_people_who_may_not_enter_as_they_are_typed() -> None:
    text = (
        "Nguyễn Văn An; 15/8/1980; 0912 345 678; tổ ra đề\nLê Bình; 1975\nTrần Thị Hoa\nVũ Hải;;0168 1234567"
    )
    found = read_typed(text, TODAY)
    assert found.rows == (
        BarredRow(1, "Nguyễn Văn An", date(1980, 8, 15), False, "+84912345678", "tổ ra đề"),
        BarredRow(2, "Lê Bình", date(1975, 1, 1), True),
        BarredRow(3, "Trần Thị Hoa"),
        BarredRow(4, "Vũ Hải", phone="+84381234567"),  # a number of eleven digits of before 2018
    )
    assert "chỉ được nêu tên để xem" in found.problems[0].message


def test_a_number_cell_lost_the_zero_of_a_phone() -> None:
    data = sheet(["Họ và tên", "Số điện thoại"], ["An", 912345678])
    assert read_barred(data, TODAY).rows[0].phone == "+84912345678"


@pytest.mark.parametrize(
    "text,line,word",
    [
        (";15/8/1980", 1, "Chưa có họ và tên."),
        ("An;15/8/1980;12", 1, "“12” không phải số di động."),
        ("An;1/1/1980\nBình;hôm qua", 2, "“hôm qua” không phải ngày sinh."),
    ],
)
def test_typed_lines_that_are_wrong(text: str, line: int, word: str) -> None:
    found = read_typed(text, TODAY)
    assert found.has_errors
    assert (line, word) in said(found.problems)
