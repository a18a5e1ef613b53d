"""Files with numbers of units: what is read, what is told."""

from decimal import Decimal

import pytest

from quiz.collective.fact_reading import parse_points, parse_whole, read_facts
from quiz.collective.values import UnitFact

UNITS = {"03646": "Phường Tô Hiệu", "03688": "Xã Mường Chiên"}
GROUPS = {"can-bo": "Cán bộ, công chức"}


def read(text: str) -> tuple[list[UnitFact], list[str]]:
    reading = read_facts(text.encode(), UNITS, GROUPS)
    said = [f"{one.line} {one.severity.value}: {one.message} {one.mend}" for one in reading.problems]
    return list(reading.rows), said


def test_every_column_and_empty_cells() -> None:
    facts, said = read(
        "Mã đơn vị;Tên đơn vị;Tổng số người;Số người: Cán bộ, công chức;Chỉ tiêu người;Chỉ tiêu lượt;"
        "Điểm thành tích;Lý do\n"
        "03646;Phường Tô Hiệu;2.044;60;1900;;8,5;Tổ chức tốt\n"
        "03688;Xã Mường Chiên;;;;0;;\n"
    )
    assert said == []
    assert facts == [
        UnitFact("03646", {"": 2044, "can-bo": 60}, 1900, None, Decimal("8.5"), "Tổ chức tốt", 2),
        UnitFact("03688", {}, None, 0, None, "", 3),
    ]


@pytest.mark.parametrize(
    "rows,line,said",
    [
        ("3646;12;\n", 2, "Có phải “03646”? Định dạng cột mã là Văn bản"),
        ("99999;12;\n", 2, "không có đơn vị mã “99999”"),
        (";12;\n", 2, "Chưa có mã đơn vị"),
        ("03646;12;\n03646;13;\n", 3, "đã có ở dòng 2"),
        ("03646;mười hai;\n", 2, "không phải số nguyên"),
        ("03646;-1;\n", 2, "không phải số nguyên"),
        ("03646;12,5;\n", 2, "không phải số nguyên"),
        ("03646;99999999999;\n", 2, "không phải số nguyên"),
        ("03646;;9\n", 2, "chưa có lý do"),
        ("03646;;nhiều\n", 2, "không phải điểm"),
        ("03646;;\n", 2, "Không có số liệu nào"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(rows: str, line: int, said: str) -> None:
    _, problems = read("Mã đơn vị;Tổng số người;Điểm thành tích\n" + rows)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{line} error: ")
    assert said in problems[0]


def test_titles_that_nobody_knows_are_told_and_the_code_is_needed() -> None:
    facts, said = read("Mã đơn vị;Màu;Tổng số người\n03646;đỏ;12\n")
    assert [fact.headcounts for fact in facts] == [{"": 12}]
    assert said[0].startswith("1 warning: Cột “Màu” không được đọc.")
    facts, said = read("Tổng số người\n12\n")
    assert (facts, said[0][:20]) == ([], "1 error: Thiếu cột “")


@pytest.mark.parametrize(
    "typed,number",
    [
        ("0", 0),
        ("641", 641),
        ("1.234", 1234),
        ("1 234 567", 1234567),
        ("1.23", None),
        ("", None),
        ("٣", None),
    ],
)
def test_whole_numbers(typed: str, number: int | None) -> None:
    assert parse_whole(typed) == number


@pytest.mark.parametrize(
    "typed,points", [("8", "8"), ("8,5", "8.5"), ("8.50", "8.5"), ("100", "100"), ("-1", None), ("8,", None)]
)
def test_points(typed: str, points: str | None) -> None:
    assert parse_points(typed) == (None if points is None else Decimal(points))
