"""Excel (xlsx, xls) and OpenDocument sheets."""

from __future__ import annotations

import io
import zipfile

from question_bank import archives, places, signatures
from question_bank.formats import sheets_isolated, sheets_xlsx
from question_bank.formats.sheet_fonts import modernised
from question_bank.formats.sheets import Sheet, as_grid
from question_bank.formats.tables.assembly import read_grids
from question_bank.formats.tables.grid import Grid
from question_bank.formats.tables.header import Header, Layout, find_header
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source, part
from question_bank.values import Findings, Problem

_LOADING_SHARE = 0.7
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MEDIA = ("xl/media/", "Pictures/")
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def sniff_xlsx(source: Source) -> bool:
    """A zip with a workbook in it."""
    return "xl/workbook.xml" in source.members


def sniff_xls(source: Source) -> bool:
    """An OLE file with a workbook in it."""
    data = source.data
    return data.startswith(signatures.OLE) and any(stream in data for stream in _STREAMS)


def sniff_ods(source: Source) -> bool:
    """A zip that says it is a sheet."""
    if not {"mimetype", "content.xml"} <= source.members:
        return False
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        return archive.read("mimetype").startswith(_ODS)


def read_xlsx(source: Source) -> Findings:
    """All questions of a workbook; a second look at the formatting if no column holds the key."""
    archives.check_xml(source.data)
    try:
        grids, problems = _grids(sheets_xlsx.load(source.data, part(source.progress, 0, 0.4)))
        if any(_needs_looks(grid) for grid in grids):
            looked = sheets_xlsx.load(
                source.data, part(source.progress, 0.4, _LOADING_SHARE), with_looks=True
            )
            grids, problems = _grids(looked)
    except Refused:
        raise
    except Exception:
        # Broken styles, drawings or properties stop this library, but not the other one.
        grids, problems = _grids(sheets_isolated.load(source.data))
    return _findings(grids, problems, source)


def read_isolated(source: Source) -> Findings:
    """All questions of an xls or ods file."""
    if source.members:
        archives.check_xml(source.data)
    grids, problems = _grids(sheets_isolated.load(source.data))
    return _findings(grids, problems, source)


def _grids(sheets: list[Sheet]) -> tuple[list[Grid], list[Problem]]:
    """Visible sheets as tables. A hidden one is named if it would hold questions."""
    sheets, problems = modernised(sheets)
    grids: list[Grid] = []
    for sheet in sheets:
        grid = as_grid(sheet)
        if sheet.is_visible:
            if sheet.rows:
                grids.append(grid)
        elif isinstance(find_header(grid), Header):
            problems.append(problem("hidden-sheet", places.sheet(sheet.name), sheet=sheet.name))
    return grids, problems


def _needs_looks(grid: Grid) -> bool:
    header = find_header(grid)
    return isinstance(header, Header) and header.layout is not Layout.STATEMENTS and not header.keys


def _findings(grids: list[Grid], problems: list[Problem], source: Source) -> Findings:
    if not grids:
        raise Refused(problem("no-questions", places.FILE))
    found = read_grids(grids, part(source.progress, _LOADING_SHARE, 1))
    problems += _pictures(source) if found.questions else []
    return Findings(found.questions, (*problems, *found.problems), found.skipped, found.drafts)


def _pictures(source: Source) -> list[Problem]:
    """Pictures float above the cells; that they are not read has to be said."""
    count = sum(name.startswith(_MEDIA) and not name.endswith("/") for name in source.members)
    return [problem("pictures-in-sheet", places.FILE, count=count)] if count else []
