"""CSV and TSV files: any of comma, semicolon and tab, any of the encodings that Excel writes."""

from __future__ import annotations

import csv
import io
import re

from question_bank import limits, places, signatures
from question_bank.formats.tables.assembly import read_grids
from question_bank.formats.tables.grid import Grid, Row
from question_bank.formats.tables.header import Header, find_header
from question_bank.formats.typed import Typed, readable_text_of
from question_bank.legacy import Script, Survey
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.source import Source
from question_bank.values import Findings, Problem

EXTENSIONS = ("csv", "tsv", "tab", "txt")
_OWN_EXTENSIONS = ("csv", "tsv", "tab")
_SEPARATORS = ",;\t"
# Excel understands a first line that names the separator.
_NAMED = re.compile(r"^\s*sep=(.)\s*\n")
_HEAD = 40
# Lines and characters looked at for old fonts and for characters that nobody can read.
_SURVEYED = 500
_READ = 100_000
# Appended to see whether the last quotation was closed.
_END = "\x01end"


def sniff(source: Source) -> bool:
    """Text that is not a web page; under a foreign name only with a header that can be read."""
    text = source.text
    is_own = source.extension in _OWN_EXTENSIONS
    if text is None:
        # Bytes that no encoding fits are refused by name when they are read.
        return is_own and not signatures.is_binary(source.data)
    if signatures.is_web_page(text) or text.lstrip().startswith(("{\\rtf", "%PDF", "<?xml")):
        return False
    if is_own:
        return True
    first = "\n".join(text.split("\n", _HEAD)[:_HEAD])
    return any(isinstance(find_header(_grid(first, separator)), Header) for separator in _SEPARATORS)


def read(source: Source) -> Findings:
    """All questions of the file."""
    typed = _typed(source)
    text, separator = _separator(typed.text)
    found = read_grids([_grid(text, separator)], source.progress)
    return Findings(found.questions, (*typed.problems, *found.problems), found.skipped, found.drafts)


def _typed(source: Source) -> Typed:
    """The text as Unicode. In a file that is Unicode already no single line is taken for an old font."""
    text = source.text
    if text is not None and source.decoded is not None and source.decoded.encoding != "cp1258":
        lines = text.split("\n")
        script = Survey.of(lines[:: len(lines) // _SURVEYED + 1]).main
        if script is Script.UNICODE and not is_unreadable(text[:_READ]):
            return Typed(text)
    return readable_text_of(source)


def _separator(text: str) -> tuple[str, str]:
    """The text and what separates its cells: as named, or what gives the best header."""
    if named := _NAMED.match(text):
        # The line stays, as an empty one, so that line numbers are right.
        return "\n" + text[named.end() :], named[1]
    first = "\n".join(text.split("\n", _HEAD)[:_HEAD])

    def quality(separator: str) -> tuple[int, int]:
        found = find_header(_grid(first, separator))
        signs = 100 + len(found.names) if isinstance(found, Header) else found.signs
        return signs, first.count(separator)

    return text, max(_SEPARATORS, key=quality)


def _grid(text: str, separator: str) -> Grid:
    """The rows with the line each begins on. A quotation that swallows other lines is a problem."""
    lines = io.StringIO(f"{text.rstrip()}\n{_END}", newline="\n")
    reader = csv.reader(lines, delimiter=separator)
    rows: list[Row] = []
    problems: list[Problem] = []
    line = 1
    try:
        for cells in reader:
            if cells == [_END]:
                break
            if _swallows_lines(cells, separator):
                problems.append(problem("unclosed-quote", places.line(line)))
            else:
                rows.append(
                    Row(number=line, cells=tuple(cell.strip() for cell in cells[: limits.MAX_COLUMNS]))
                )
            line = reader.line_num + 1
    except csv.Error:
        # Only a single cell of more than 128 KB gets here: a quotation that never ends.
        problems.append(problem("unclosed-quote", places.line(line)))
    return Grid(rows=rows, problems=tuple(problems))


def _swallows_lines(cells: list[str], separator: str) -> bool:
    """A cell with the end of the file in it, or with lines that look like rows of this file."""
    for cell in cells:
        if _END in cell:
            return True
        inner = cell.split("\n")[1:]
        if any(line.count(separator) >= max(3, len(cells) - 2) for line in inner):
            return True
    return False
