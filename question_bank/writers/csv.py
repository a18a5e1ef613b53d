"""CSV as Excel opens it by double click: UTF-8 with a byte-order mark, commas, CRLF."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from question_bank.values import Question
from question_bank.writers import rows


def write(questions: Sequence[Question]) -> bytes:
    """One line per question; cells that would be calculated begin with an apostrophe."""
    names = rows.columns(questions)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows.row(question, names) for question in questions)
    return out.getvalue().encode("utf-8-sig")
