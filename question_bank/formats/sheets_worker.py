"""A program of its own: a sheet file on standard input, its cells as JSON on standard output.

The library behind it keeps a sheet as a full rectangle and ends the whole process when memory runs out,
which no exception handler can prevent: two cells in opposite corners are enough. So it runs here, under
a memory limit, and never inside a server. Started by `sheets_isolated.load`.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any

import python_calamine

try:
    import resource
except ImportError:  # not on Windows; there the time limit of the caller is the only one
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read, convert, print; an exception ends the program with a non-zero status."""
    memory, rows, columns, sheets = (int(argument) for argument in sys.argv[1:5])
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    except python_calamine.PasswordError:
        json.dump({"trouble": "password"}, sys.stdout)
        return
    out = []
    for index, about in enumerate(book.sheets_metadata[:sheets]):
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        out.append(
            {
                "name": about.name,
                "visible": about.visible is python_calamine.SheetVisibleEnum.Visible,
                "merged": sheet.merged_cell_ranges or [],
                "rows": [
                    [written(value) for value in row[:columns]]
                    for row in sheet.to_python(skip_empty_area=False, nrows=rows)
                ],
            }
        )
    json.dump({"sheets": out}, sys.stdout)


def written(value: Any) -> Any:
    """A value as JSON; dates and times as {"type": …, "iso": …}."""
    if isinstance(value, datetime.timedelta):
        return {"type": "duration", "seconds": value.total_seconds()}
    if isinstance(value, datetime.date | datetime.time):
        return {"type": type(value).__name__, "iso": value.isoformat()}
    return value


if __name__ == "__main__":
    main()
