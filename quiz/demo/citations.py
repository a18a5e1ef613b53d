"""The demo's documents, and which of its questions quote them."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from question_bank.values import Citation, Report
from quiz.audit.actors import Actor
from quiz.documents.queries import get_document, list_passages
from quiz.documents.service import Particulars, load_document

DOCUMENTS = (
    ("lich-su-cac-ky-dai-hoi.docx", "Lịch sử các kỳ Đại hội đại biểu toàn quốc của Đảng"),
    ("hai-dang-bo-tinh.txt", "Hai đảng bộ tỉnh: Sơn La và Lạng Sơn"),
)


def load_documents(folder: Path, *, actor: Actor, now: datetime) -> int:
    """Load the documents of a folder; how many passages they have."""
    count = 0
    for file, title in DOCUMENTS:
        path = folder / file
        particulars = Particulars(title, issuer="Ban Tổ chức cuộc thi mẫu")
        loading = load_document(path.read_bytes(), file, path.stem, particulars, actor=actor, now=now)
        count += loading.plan.count
    return count


def cited(report: Report, bank: str, table: Path) -> Report:
    """The report with citations for the questions of a bank that quote a document.

    The table names bank, question, document and the words quoted; the passage is the one that has them.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row["question"]: row for row in csv.DictReader(file) if row["bank"] == bank}
    citations = {number: _citation(row["document"], row["quote"]) for number, row in rows.items()}
    questions = (
        replace(question, citation=citations[question.number]) if question.number in citations else question
        for question in report.questions
    )
    return replace(report, questions=tuple(questions))


def _citation(slug: str, quote: str) -> Citation:
    passages = list_passages(get_document(slug))
    (passage,) = (one for one in passages if quote in one.text)
    return Citation(where=passage.heading, quote=quote, passage=passage.address)
