"""Units from CSV files: the real ones, odd ones, broken ones."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.units.reading import read_units
from quiz.units.rows import Severity, UnitReading, UnitRow

DEMO = Path(__file__).parents[3] / "demo"
HEAD = "code,parent_code,name,kind,headcount\n"


def read(text: str) -> UnitReading:
    return read_units(text.encode(), "units.csv")


def found(reading: UnitReading) -> list[tuple[int, str | None, str]]:
    return [(problem.line, problem.column, problem.code) for problem in reading.problems]


@pytest.mark.parametrize("file,units,communes", [("son-la", 115, 75), ("lang-son", 106, 65)])
def test_the_units_of_real_provinces(file: str, units: int, communes: int) -> None:
    reading = read_units((DEMO / f"units-{file}.csv").read_bytes(), f"units-{file}.csv")
    assert reading.problems == ()
    assert len(reading.rows) == units
    assert sum(row.kind in {"xã", "phường"} for row in reading.rows) == communes
    assert [row.depth for row in reading.rows[:3]] == [0, 1, 2]
    assert {row.depth for row in reading.rows if row.kind in {"xã", "phường"}} == {3}


def test_codes_keep_their_zeros() -> None:
    reading = read_units((DEMO / "units-son-la.csv").read_bytes(), "units-son-la.csv")
    assert next(row for row in reading.rows if row.name == "Phường Tô Hiệu").code == "03646"


def test_depth_first_with_parents_after_children() -> None:
    reading = read(
        HEAD
        + "c,b,Chi bộ bản Hốc,chi bộ,\n"
        + "b,a,Xã Mường La,xã,1.200\n"
        + "x,,Tỉnh khác,tỉnh,\n"
        + "d,a,Xã Ngọc Chiến,xã,12.0\n"
        + "a,,Tỉnh Sơn La,tỉnh,\n"
        + "e,b,Chi bộ bản Bó,chi bộ,40\n"
    )
    assert reading.problems == ()
    assert [(row.depth, row.code, row.headcount) for row in reading.rows] == [
        (0, "x", None),
        (0, "a", None),
        (1, "b", 1200),
        (2, "c", None),
        (2, "e", 40),
        (1, "d", 12),
    ]


def test_all_columns() -> None:
    reading = read(
        "division,old_names,name,kind,headcount,short_name,code,parent_code\n"
        'Khối xã,"xã Nặm Păm; xã Chiềng San|thị trấn Ít Ong",Xã Mường La,xã,900,Mường La,03808,\n'
    )
    assert reading.rows == (
        UnitRow(
            line=2,
            code="03808",
            parent_code=None,
            name="Xã Mường La",
            kind="xã",
            headcount=900,
            short_name="Mường La",
            old_names=("xã Nặm Păm", "xã Chiềng San", "thị trấn Ít Ong"),
            division="Khối xã",
            depth=0,
        ),
    )


PLAIN = HEAD + 'a,,"Sở Văn hóa, Thể thao và Du lịch",sở,120\n'


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8"),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        ("\n\n" + PLAIN + "\n,,,,\n").encode(),
        'code;parent_code;name;kind;headcount\na;;"Sở Văn hóa, Thể thao và Du lịch";sở;120\n'.encode(),
        "code\tparent_code\tname\tkind\theadcount\na\t\tSở Văn hóa, Thể thao và Du lịch\tsở\t120\n".encode(
            "utf-16"
        ),
        PLAIN.replace(HEAD, " Code , Parent-Code,NAME,Kind,Headcount,,\n").replace("120", " 120,,").encode(),
        PLAIN.replace(HEAD, "Mã đơn vị,Mã cấp trên,Tên đơn vị,Loại,Tổng số người\n").encode(),
    ],
)
def test_one_file_saved_in_many_ways(data: bytes) -> None:
    reading = read_units(data, "units.csv")
    assert reading.problems == ()
    assert [(row.code, row.name, row.headcount) for row in reading.rows] == [
        ("a", "Sở Văn hóa, Thể thao và Du lịch", 120)
    ]


@pytest.mark.parametrize(
    "data,line,code,said",
    [
        (b"", 1, "empty-file", "Tệp trống"),
        (b" \r\n \n", 1, "empty-file", "Tệp trống"),
        (b"\xef\xbb\xbf", 1, "empty-file", "Tệp trống"),
        (b"PK\x03\x04" + b"\x00" * 50, 1, "not-csv", "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, 1, "not-csv", "Excel"),
        (b"%PDF-1.7", 1, "not-csv", "PDF"),
        (b"code\x00,name", 1, "not-csv", "nhị phân"),
        (HEAD.encode() + "a,,Xã,xã,\n".encode() + b"b,,X\xe3,x\xe3,\n", 3, "not-utf8", "UTF-8"),
        (b"a" * (5 * 2**20 + 1), 1, "too-large", "5 MB"),
        (HEAD.encode(), 2, "no-rows", "tiêu đề"),
        (HEAD.encode() + b'a,,"X,x,\nb,,Y,y,\n', 2, "broken-quotes", "ngoặc kép"),
        (HEAD.encode() + b'a,,X,x,\nb,,"Y"y,y,\n', 3, "broken-quotes", "ngoặc kép"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, line: int, code: str, said: str) -> None:
    reading = read_units(data, "units.csv")
    (problem,) = reading.problems
    assert (problem.line, problem.code) == (line, code)
    assert said in problem.message + problem.mend
    assert reading.has_errors


@pytest.mark.parametrize(
    "rows,line,column,code,said",
    [
        ("a,,Xã A,xã,\na,,Xã B,xã,\n", 3, "code", "duplicate-code", "đã có ở dòng 2"),
        (",,Xã A,xã,\nb,,Xã B,xã,\n", 2, "code", "empty-code", "Chưa có mã"),
        ("a b,,Xã A,xã,\n", 2, "code", "bad-code", "dấu cách"),
        ("a/b,,Xã A,xã,\n", 2, "code", "bad-code", "ký tự lạ"),
        ("a,,,xã,\n", 2, "name", "empty-name", "Chưa có tên"),
        ("a,,Xã A,xã,nhiều\n", 2, "headcount", "bad-headcount", "“nhiều” không phải số"),
        ("a,,Xã A,xã,-5\n", 2, "headcount", "bad-headcount", "không phải số"),
        ('a,,Xã A,xã,"12,5"\n', 2, "headcount", "bad-headcount", "không phải số"),
        ("a,,Xã A,xã,0\n", 2, "headcount", "bad-headcount", "để trống"),
        ("a,,Xã A,xã,99999999999999999999\n", 2, "headcount", "bad-headcount", ""),
        (f"a,,{'A' * 301},xã,\n", 2, "name", "too-long", "301"),
        (f"a,,A,{'x' * 41},\n", 2, "kind", "too-long", "40"),
        ("a,,Sở Văn hóa, Thể thao,sở,\n", 2, None, "cell-count", "Dòng có 6 ô"),
        ("a,,Xã A\n", 2, None, "cell-count", "Dòng có 3 ô"),
        ("a,b,Xã A,xã,\n", 2, "parent_code", "unknown-parent", "mã cấp trên “b”"),
        ("SL-XA,,Các xã,nhóm,\na,SL-AX,Xã A,xã,\n", 3, "parent_code", "unknown-parent", "Có phải “SL-XA”?"),
        ("03646,,Tô Hiệu,phường,\na,3646,Tổ 1,tổ,\n", 3, "parent_code", "unknown-parent", "số 0 ở đầu"),
        ("a,a,Xã A,xã,\n", 2, "parent_code", "cycle", "cấp trên của chính nó"),
        ("x,,X,x,\na,c,A,x,\nb,a,B,x,\nc,b,C,x,\n", 3, "parent_code", "cycle", "a → c → b → a"),
    ],
)
def test_rows_that_must_be_mended(rows: str, line: int, column: str | None, code: str, said: str) -> None:
    reading = read(HEAD + rows)
    assert found(reading) == [(line, column, code)]
    assert said in reading.problems[0].message + reading.problems[0].mend
    assert reading.problems[0].mend
    assert reading.has_errors


def test_what_hangs_on_a_circle_is_not_told_apart() -> None:
    reading = read(HEAD + "d,a,D,x,\na,b,A,x,\nb,a,B,x,\ne,d,E,x,\nf,f,F,x,\nr,,R,x,\n")
    assert found(reading) == [(3, "parent_code", "cycle"), (6, "parent_code", "cycle")]
    assert [row.code for row in reading.rows] == ["r"]


def test_rows_with_a_mistake_still_hold_their_children() -> None:
    reading = read(HEAD + "a,,Xã A,xã,nhiều\nb,a,Bản B,bản,\n")
    assert found(reading) == [(2, "headcount", "bad-headcount")]
    assert [(row.code, row.depth) for row in reading.rows] == [("a", 0), ("b", 1)]


@pytest.mark.parametrize(
    "title,found_problems,said",
    [
        ("code,parent_code,name,kind", [(1, None, "missing-column")], "Thiếu cột “headcount”"),
        (
            "code,parent_code,name,kind,headcont",
            [(1, None, "missing-column"), (1, "headcont", "unknown-column")],
            "Có phải cột “headcont”?",
        ),
        ("code,parent_code,name,kind,headcount,name", [(1, "name", "duplicate-column")], "hai lần"),
    ],
)
def test_titles(title: str, found_problems: list[tuple[int, str | None, str]], said: str) -> None:
    reading = read(title + "\na,,Xã A,xã,5" + "," * title.endswith(",name") + "\n")
    assert found(reading) == found_problems
    assert said in reading.problems[0].message + reading.problems[0].mend
    assert reading.has_errors


def test_a_column_nobody_knows_is_only_a_warning() -> None:
    reading = read("code,parent_code,name,kind,headcount,ghi chú\na,,Xã A,xã,5,gần suối\n")
    assert [problem.severity for problem in reading.problems] == [Severity.WARNING]
    assert not reading.has_errors
    assert len(reading.rows) == 1


def test_lines_count_the_lines_of_the_file() -> None:
    reading = read(HEAD + '\na,,"Xã\nA",xã,\n\nb,x,Xã B,xã,\n')
    assert found(reading) == [(6, "parent_code", "unknown-parent")]
    assert [row.name for row in reading.rows] == ["Xã A", "Xã B"]


def test_a_very_deep_tree() -> None:
    deep = HEAD + "".join(f"{n},{n - 1 if n else ''},U{n},x,\n" for n in range(5000))
    reading = read(deep)
    assert reading.problems == ()
    assert reading.rows[-1].depth == 4999


def test_too_many_rows_stop_the_reading() -> None:
    reading = read(HEAD + "".join(f"{n},,U,x,\n" for n in range(50_002)))
    assert [problem.code for problem in reading.problems] == ["too-many-rows"]


@given(
    st.binary(max_size=200) | st.text(max_size=100).map(lambda text: (HEAD + text).encode("utf-8", "ignore"))
)
def test_any_bytes_give_rows_or_problems(data: bytes) -> None:
    reading = read_units(data, "units.csv")
    assert reading.rows or reading.problems


codes = st.integers(0, 9)


@given(st.dictionaries(codes, st.none() | codes, min_size=1))
def test_every_row_is_in_the_tree_or_in_a_problem(parents: dict[int, int | None]) -> None:
    lines = [f"{code},{'' if parent is None else parent},U{code},x,\n" for code, parent in parents.items()]
    reading = read(HEAD + "".join(lines))
    before: set[str] = set()
    for row in reading.rows:
        assert (
            row.parent_code is None or row.parent_code in before or row.parent_code not in map(str, parents)
        )
        before.add(row.code)
    if len(reading.rows) < len(parents):
        assert "cycle" in {problem.code for problem in reading.problems}
