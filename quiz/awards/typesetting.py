"""From data to PDF with typst: templates and fonts of ours alone, nothing of the machine's.

Data goes in as JSON and is never read as markup, so that no name and no unit can change a paper.
"""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import segno

FONT = "Source Serif 4"
TEMPLATES = Path(__file__).parents[2] / "templates" / "papers"
_FONT_PACKAGE = "fontpkg_source_serif_4"


def font_folder() -> Path:
    """Where the font's package has its files."""
    spec = find_spec(_FONT_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files"


def pdf_of(template: str, data: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """The template filled with the data. The file says nothing of who made it or when.

    `tagged`: with the structure that screen readers use; it takes half of the room and time.
    """
    import typst

    made = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**data, "font": FONT}, ensure_ascii=False)},
        pdf_tags=tagged,
    )
    assert isinstance(made, bytes)
    return made


def qr_rows(address: str) -> list[str]:
    """A QR code as rows of zeros and ones. One fixed mask: trying all eight takes most of the time."""
    code = segno.make(address, error="m", mask=3)
    return ["".join("1" if cell else "0" for cell in row) for row in code.matrix]
