"""The formats that can be read, in one visible table.

A format is chosen by what the file holds: `sniff` looks at the content (it may be more lenient when
the extension is its own). `read` may raise `refusals.Refused` when it cannot go on; any other
exception is a fault, which `reading.read` reports as "corrupt-file" instead of crashing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from question_bank.formats import (
    aiken,
    delimited,
    docx,
    gift,
    lossless,
    moodle,
    packages,
    plain_text,
    qti2,
    qti12,
    spreadsheet,
)
from question_bank.source import Source
from question_bank.values import Findings


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table. `label` is what people call it."""

    name: str
    label: str
    extensions: tuple[str, ...]
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Findings]


# Earlier rows win when two of them recognise the content and the extension does not decide.
FORMATS: tuple[Format, ...] = (
    Format("xlsx", "Excel", ("xlsx", "xlsm"), spreadsheet.sniff_xlsx, spreadsheet.read_xlsx),
    Format("xls", "Excel 97–2003", ("xls",), spreadsheet.sniff_xls, spreadsheet.read_isolated),
    Format("ods", "OpenDocument", ("ods",), spreadsheet.sniff_ods, spreadsheet.read_isolated),
    Format("docx", "Word", ("docx",), docx.sniff, docx.read),
    Format("json", "JSON", ("json",), lossless.sniff, lossless.read),
    Format("csv", "CSV", delimited.EXTENSIONS, delimited.sniff, delimited.read),
    Format("moodle", "Moodle XML", moodle.EXTENSIONS, moodle.sniff, moodle.read),
    Format("qti12", "QTI 1.2", qti12.EXTENSIONS, qti12.sniff, qti12.read),
    Format("qti2", "QTI 2 và 3", qti2.EXTENSIONS, qti2.sniff, qti2.read),
    Format("package", "gói QTI, Common Cartridge", packages.EXTENSIONS, packages.sniff, packages.read),
    Format("aiken", "Aiken", aiken.EXTENSIONS, aiken.sniff, aiken.read),
    Format("gift", "GIFT", gift.EXTENSIONS, gift.sniff, gift.read),
    Format("text", "văn bản thường", plain_text.EXTENSIONS, plain_text.sniff, plain_text.read),
)


def find_format(name: str) -> Format | None:
    """The format with this name, or None."""
    return next((entry for entry in FORMATS if entry.name == name), None)
