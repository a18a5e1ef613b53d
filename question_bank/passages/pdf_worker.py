"""A program of its own: a PDF file on standard input, the lines of its pages as JSON on standard output.

A PDF from a stranger can make its reader unpack gigabytes or turn for ever, and the library behind this is
not written in Python: what goes wrong there ends the process. So it is read here, under limits of memory and
time, never inside a server; see `pdf.read`. A line is [text, size of its letters, weight, top, bottom].
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

try:
    import resource
except ImportError:  # not on Windows; there the time limit of the caller is the only one
    resource = None  # type: ignore[assignment]

_PASSWORD_ERROR = 4


def main() -> None:
    """Read, take out the text, print; an exception ends the program with a non-zero status."""
    memory, most_pages, most_characters = (int(argument) for argument in sys.argv[1:4])
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_answer(sys.stdin.buffer.read(), most_pages, most_characters), sys.stdout)


def _answer(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            return {"trouble": "password"}
        raise
    if len(document) > most_pages:
        return {"trouble": "pdf-too-many-pages", "count": len(document)}
    pages: list[list[list[Any]]] = []
    size = 0
    for page in document:
        text = page.get_textpage()
        size += text.count_chars()
        if size > most_characters:
            return {"trouble": "pdf-took-too-long"}
        pages.append(list(_lines(text)))
    return {"pages": pages}


def _lines(page: Any) -> Iterator[list[Any]]:
    """The lines of a page with the look of their first letter."""
    start = 0
    for line in page.get_text_range().split("\r\n"):
        seen = next((index for index, sign in enumerate(line) if not sign.isspace()), None)
        text = line.encode("utf-8", "replace").decode("utf-8")
        if seen is not None and start + seen < page.count_chars():
            at = start + seen
            _left, bottom, _right, top = page.get_charbox(at, loose=True)
            size, weight = raw.FPDFText_GetFontSize(page, at), raw.FPDFText_GetFontWeight(page, at)
            yield [text, round(size * 2) / 2, weight, top, bottom]
        start += len(line) + 2


if __name__ == "__main__":
    main()
