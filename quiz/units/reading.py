"""Units from a CSV file: rows in the order of the tree, and every problem with its place. Pure.

Codes are text and the only keys: names repeat from district to district, and 03646 is not 3646. Parents may
stand after their children.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from quiz.units.csv_files import decoded, records
from quiz.units.ordering import order_tree
from quiz.units.rows import Severity, UnitProblem, UnitReading, UnitRow

MAX_ROWS = 50_000
MAX_CODE, MAX_KIND, MAX_TEXT = 40, 40, 300
MAX_HEADCOUNT = 10_000_000

REQUIRED = ("code", "parent_code", "name", "kind", "headcount")
OPTIONAL = ("short_name", "old_names", "division")
# Titles that organisers write instead.
_ALIASES = {
    "mã": "code",
    "mã_đơn_vị": "code",
    "mã_cấp_trên": "parent_code",
    "mã_đơn_vị_cấp_trên": "parent_code",
    "tên": "name",
    "tên_đơn_vị": "name",
    "loại": "kind",
    "loại_đơn_vị": "kind",
    "tổng_số_người": "headcount",
    "tên_ngắn": "short_name",
    "tên_viết_tắt": "short_name",
    "tên_cũ": "old_names",
    "khối": "division",
}
_CODE = re.compile(r"\w[\w.\-]*")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[. ][0-9]{3}){1,4}")
_WHOLE = re.compile(r"([0-9]{1,15})(?:[.,]0+)?")  # spreadsheets write 12.0
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_units(data: bytes, name: str) -> UnitReading:
    """Read a CSV file of units. Bad input never raises: what can be read is returned beside the problems.

    `name` is the file's name, kept for messages. Cells may be apart by comma, semicolon or tab.
    """
    text = decoded(data)
    if isinstance(text, UnitProblem):
        return UnitReading(name, (), (text,))
    sheet = _Sheet()
    for record in records(text):
        if isinstance(record, UnitProblem):
            sheet.problems.append(record)
        elif not sheet.titles:
            sheet.read_titles(*record)
        elif len(sheet.rows) >= MAX_ROWS:
            sheet.add(
                record[0], None, "too-many-rows", f"Tệp có hơn {MAX_ROWS} đơn vị.", "Chia thành nhiều cây."
            )
            break
        elif not sheet.misses_columns:
            sheet.read_row(*record)
    return _reading(name, sheet)


def _reading(name: str, sheet: "_Sheet") -> UnitReading:
    if not sheet.rows and not sheet.problems:
        sheet.add(2, None, "no-rows", "Tệp chỉ có dòng tiêu đề.", "Thêm mỗi đơn vị một dòng.")
    ordered, broken = order_tree(sheet.rows, sheet.title("parent_code") or "parent_code")
    problems = sorted([*sheet.problems, *broken], key=lambda problem: problem.line)
    return UnitReading(name, ordered, tuple(problems))


@dataclass(slots=True)
class _Sheet:
    """What has been read so far. `titles` as the file has them, `places` by the names of the columns."""

    titles: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    rows: list[UnitRow] = field(default_factory=list)
    lines_by_code: dict[str, int] = field(default_factory=dict)
    problems: list[UnitProblem] = field(default_factory=list)

    @property
    def misses_columns(self) -> bool:
        """Whether a required column is not there, so that rows cannot be read."""
        return any(name not in self.places for name in REQUIRED)

    def title(self, name: str) -> str | None:
        """The file's own title of a column."""
        return self.titles[self.places[name]] if name in self.places else None

    def add(self, line: int, name: str | None, code: str, message: str, mend: str) -> None:
        """Note an error; `name` is a column's."""
        self.problems.append(UnitProblem(line, self.title(name) if name else None, code, message, mend))

    def read_titles(self, line: int, cells: Sequence[str]) -> None:
        """Find the columns."""
        self.titles = [_clean(cell) for cell in cells]
        unknown: list[str] = []
        for place, title in enumerate(self.titles):
            name = _column_name(title)
            if name in self.places:
                self.add(line, name, "duplicate-column", f"Cột “{title}” có hai lần.", "Giữ một cột.")
            elif name in REQUIRED or name in OPTIONAL:
                self.places[name] = place
            elif title:
                unknown.append(title)
        for name in REQUIRED:
            if name not in self.places:
                self._add_missing(line, name, unknown)
        for title in unknown:
            mend = f"Các cột được đọc: {', '.join((*REQUIRED, *OPTIONAL))}."
            message = f"Cột “{title}” không được đọc."
            problem = UnitProblem(line, title, "unknown-column", message, mend, Severity.WARNING)
            self.problems.append(problem)

    def _add_missing(self, line: int, name: str, unknown: Sequence[str]) -> None:
        close = get_close_matches(name, [title.casefold() for title in unknown], n=1)
        mend = (
            f"Có phải cột “{close[0]}”? Đổi tên thành “{name}”."
            if close
            else f"Thêm cột “{name}” vào dòng này."
        )
        self.add(line, None, "missing-column", f"Thiếu cột “{name}”.", mend)

    def read_row(self, line: int, cells: Sequence[str]) -> None:
        """Check a record and keep it; one without a usable code cannot be kept."""
        # Spreadsheets write every row as wide as the titles: another width means cells in wrong columns.
        if len(cells) != len(self.titles):
            self.add(
                line,
                None,
                "cell-count",
                f"Dòng có {len(cells)} ô, tiêu đề có {len(self.titles)}.",
                'Tên có dấu phẩy đặt giữa hai dấu "; ô trống vẫn giữ dấu phẩy.',
            )
            return
        given = {name: _clean(cells[place]) for name, place in self.places.items()}
        self._check_texts(line, given)
        code = given["code"]
        if not self._takes_code(line, code):
            return
        self.rows.append(
            UnitRow(
                line=line,
                code=code,
                parent_code=given["parent_code"] or None,
                name=given["name"],
                kind=given["kind"],
                headcount=self._headcount(line, given["headcount"]),
                short_name=given.get("short_name") or None,
                old_names=_names(given.get("old_names", "")),
                division=given.get("division") or None,
            )
        )

    def _check_texts(self, line: int, given: Mapping[str, str]) -> None:
        if not given["name"]:
            self.add(line, "name", "empty-name", "Chưa có tên đơn vị.", "Điền tên đầy đủ, có dấu.")
        for name, text in given.items():
            most = {"code": MAX_CODE, "parent_code": MAX_CODE, "kind": MAX_KIND}.get(name, MAX_TEXT)
            if len(text) > most:
                self.add(line, name, "too-long", f"Ô dài {len(text)} ký tự.", f"Nhiều nhất {most} ký tự.")

    def _takes_code(self, line: int, code: str) -> bool:
        if not code:
            self.add(line, "code", "empty-code", "Chưa có mã đơn vị.", "Mỗi đơn vị một mã riêng.")
        elif not _CODE.fullmatch(code):
            self.add(
                line,
                "code",
                "bad-code",
                f"Mã “{code}” có dấu cách hoặc ký tự lạ.",
                "Mã chỉ gồm chữ, số, dấu chấm, gạch nối.",
            )
        elif code in self.lines_by_code:
            first = self.lines_by_code[code]
            self.add(
                line,
                "code",
                "duplicate-code",
                f"Mã “{code}” đã có ở dòng {first}.",
                "Mỗi đơn vị một mã riêng.",
            )
        else:
            self.lines_by_code[code] = line
            return True
        return False

    def _headcount(self, line: int, text: str) -> int | None:
        """The number of people; empty is not known yet."""
        if not text:
            return None
        if _THOUSANDS.fullmatch(text):
            count = int(re.sub(r"[. ]", "", text))
        elif match := _WHOLE.fullmatch(text):
            count = int(match[1])
        else:
            self.add(
                line,
                "headcount",
                "bad-headcount",
                f"Tổng số người “{text}” không phải số.",
                "Ghi số nguyên, ví dụ 120.",
            )
            return None
        if not 1 <= count <= MAX_HEADCOUNT:
            self.add(
                line,
                "headcount",
                "bad-headcount",
                f"Tổng số người là {text}.",
                "Ghi số từ 1; chưa biết thì để trống.",
            )
            return None
        return count


def _clean(cell: str) -> str:
    """A cell as text: composed, without control characters, single spaces."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", cell)).replace("\ufeff", "").split())


def _column_name(title: str) -> str:
    """The column that a title means."""
    plain = re.sub(r"[\s\-]+", "_", title.casefold())
    return _ALIASES.get(plain, plain)


def _names(text: str) -> tuple[str, ...]:
    """Old names, apart by ; or |"""
    return tuple(name for name in (" ".join(part.split()) for part in re.split(r"[;|]", text)) if name)
