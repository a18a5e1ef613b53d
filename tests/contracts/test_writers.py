"""Whatever writes spreadsheets keeps formulas out of them."""

import re

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, python_files


@for_every_file(python_files("quiz", "question_bank"))
def test_every_writer_is_told_so(path) -> None:
    """A workbook is made with formulas off; a CSV writer guards its cells."""
    text = path.read_text(encoding="utf-8")
    for made in re.finditer(r"xlsxwriter\.Workbook\(", text):
        near = text[max(0, made.start() - 300) : made.end() + 300]
        assert '"strings_to_formulas": False' in near, path.relative_to(ROOT)
    if "csv.writer(" in text:
        assert re.search(r"guard|harmless|rows\.row", text), path.relative_to(ROOT)
