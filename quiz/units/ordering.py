"""From rows in any order to a tree: depth first, depths worked out, broken links told. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from quiz.units.rows import UnitProblem, UnitRow


def order_tree(
    rows: Sequence[UnitRow], parent_column: str = "parent_code"
) -> tuple[tuple[UnitRow, ...], tuple[UnitProblem, ...]]:
    """The rows of a tree, parents before children and those in the order given; codes must differ already.

    A row whose parent is unknown is shown as a root beside the problem; rows in a circle are left out.
    """
    by_code = {row.code: row for row in rows}
    children: dict[str | None, list[UnitRow]] = {}
    problems: list[UnitProblem] = []
    for row in rows:
        parent = row.parent_code
        if parent is not None and parent not in by_code:
            problems.append(_unknown_parent(row, parent, by_code, parent_column))
            parent = None
        children.setdefault(parent, []).append(row)
    ordered = _depth_first(children)
    if len(ordered) < len(rows):
        reached = {row.code for row in ordered}
        left = [row for row in rows if row.code not in reached]
        problems.extend(_circles(left, by_code, parent_column))
    return tuple(ordered), tuple(problems)


def _depth_first(children: dict[str | None, list[UnitRow]]) -> list[UnitRow]:
    """Everything that hangs on a root. A stack, not recursion: files may be deep."""
    ordered: list[UnitRow] = []
    stack = [(row, 0) for row in reversed(children.get(None, []))]
    while stack:
        row, depth = stack.pop()
        ordered.append(replace(row, depth=depth))
        stack.extend((child, depth + 1) for child in reversed(children.get(row.code, [])))
    return ordered


def _circles(left: Sequence[UnitRow], by_code: dict[str, UnitRow], column: str) -> list[UnitProblem]:
    """One problem for each circle, at its first line; what only hangs on it needs no word of its own."""
    problems = []
    seen: set[str] = set()
    for row in left:
        way: dict[str, None] = {}
        code = row.code
        while code not in seen and code not in way:
            way[code] = None
            code = by_code[code].parent_code or ""
        if code in way:
            codes = list(way)
            problems.append(_circle(codes[codes.index(code) :], by_code, column))
        seen.update(way)
    return problems


def _circle(codes: list[str], by_code: dict[str, UnitRow], column: str) -> UnitProblem:
    first = min(range(len(codes)), key=lambda index: by_code[codes[index]].line)
    turned = codes[first:] + codes[:first]
    line = by_code[turned[0]].line
    if len(codes) == 1:
        message = f"Đơn vị {turned[0]} là cấp trên của chính nó."
    else:
        message = f"Các đơn vị là cấp trên của nhau thành vòng: {' → '.join([*turned, turned[0]])}."
    return UnitProblem(line, column, "cycle", message, "Sửa mã cấp trên; đơn vị cao nhất để trống ô này.")


def _unknown_parent(row: UnitRow, parent: str, by_code: dict[str, UnitRow], column: str) -> UnitProblem:
    bare = parent.lstrip("0")
    near = next((code for code in by_code if code != parent and code.lstrip("0") == bare), None)
    if near is not None:
        mend = f"Có phải “{near}”? Phần mềm bảng tính hay bỏ số 0 ở đầu mã."
    else:
        close = get_close_matches(parent, by_code, n=1) if len(by_code) <= 5000 else []
        mend = f"Có phải “{close[0]}”?" if close else "Thêm đơn vị đó, hoặc để trống nếu là cấp cao nhất."
    message = f"Không có đơn vị nào mang mã cấp trên “{parent}” của “{row.name}”."
    return UnitProblem(row.line, column, "unknown-parent", message, mend)
