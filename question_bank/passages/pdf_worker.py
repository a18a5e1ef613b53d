"""A program of its own: a PDF file on standard input, the text of its pages as JSON on standard output.

A PDF from a stranger can make its reader unpack gigabytes or turn for ever, which no exception handler
can prevent. So it is read here, under limits of memory and time, never inside a server; see `pdf.read`.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

import pypdf
from pypdf.errors import FileNotDecryptedError, WrongPasswordError

try:
    import resource
except ImportError:  # not on Windows; there the time limit of the caller is the only one
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read, take out the text, print; an exception ends the program with a non-zero status."""
    memory, most_pages, most_characters = (int(argument) for argument in sys.argv[1:4])
    logging.disable(logging.CRITICAL)  # the library tells of every small damage
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_answer(sys.stdin.buffer.read(), most_pages, most_characters), sys.stdout)


def _answer(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"trouble": "password"}
        count = len(reader.pages)
    except (FileNotDecryptedError, WrongPasswordError):
        return {"trouble": "password"}
    if count > most_pages:
        return {"trouble": "pdf-too-many-pages", "count": count}
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        size += len(text)
        if size > most_characters:
            return {"trouble": "pdf-took-too-long"}
        pages.append(text.encode("utf-8", "replace").decode("utf-8"))
    return {"pages": pages}


if __name__ == "__main__":
    main()
