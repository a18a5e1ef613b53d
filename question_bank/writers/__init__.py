"""The formats that can be written, in one visible table, and what each cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from question_bank.values import Kind, Question
from question_bank.writers import aiken, csv, gift, json, moodle, qti, xlsx
from question_bank.writers.lookalikes import misleads

# Parts of a question that some formats have no place for, with their names for people.
FEATURES: dict[str, tuple[str, Callable[[Question], bool]]] = {
    "topic": ("chủ đề", lambda question: question.topic is not None),
    "level": ("mức độ", lambda question: question.level is not None),
    "source": ("nguồn", lambda question: question.source is not None),
    "explanation": ("giải thích", lambda question: question.explanation is not None),
    "multiple": ("nhiều đáp án đúng", lambda question: question.kind is Kind.MULTIPLE),
    "truefalse": ("loại câu Đúng/Sai", lambda question: question.kind is Kind.TRUE_FALSE),
    "images": ("hình ảnh", lambda question: bool(question.images)),
    "webp": ("hình WebP", lambda question: any(one.media_type == "image/webp" for one in question.images)),
    "pinned": ("vị trí cố định của phương án", lambda question: any(c.pinned for c in question.choices)),
    "feedback": ("phản hồi từng phương án", lambda question: any(c.feedback for c in question.choices)),
    "weights": (
        "tỷ lệ điểm từng phương án",
        lambda question: any(c.weight is not None for c in question.choices),
    ),
    "lines": ("xuống dòng trong câu hỏi", lambda question: "\n" in question.text),
    "choice_lines": ("xuống dòng trong phương án", lambda q: any("\n" in c.text for c in q.choices)),
    "lookalikes": ("chữ dễ lẫn với phương án, đáp án hoặc số câu", misleads),
    "one_of_several": (
        "câu nhiều đáp án mà chỉ có một đáp án đúng",
        lambda question: question.kind is Kind.MULTIPLE and len(question.correct) == 1,
    ),
    "tags": ("nhãn", lambda question: bool(question.tags)),
    "citation": ("vị trí và lời trích trong nguồn", lambda question: question.citation is not None),
    "translations": ("bản dịch", lambda question: bool(question.translations)),
    "key": ("đáp án", lambda _: True),
}
_ALL = frozenset(FEATURES)
_CARRIED = _ALL - {"tags", "citation", "translations"}  # what files of others know
_TABLE_FEATURES = _CARRIED - {"images", "webp", "weights"}
_TYPED = frozenset(
    {"topic", "level", "source", "explanation", "multiple", "truefalse", "images", "lines", "key"}
)
_PAPER = frozenset({"images", "lines", "truefalse"})


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that `count` questions have and the format cannot carry."""

    feature: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Writer:
    """One row of the table. `carries` names the features that survive writing and reading."""

    name: str
    label: str
    extension: str
    media_type: str
    write: Callable[[Sequence[Question]], bytes]
    carries: frozenset[str]

    def losses(self, questions: Sequence[Question]) -> tuple[Loss, ...]:
        """What would be lost, to be shown before export."""
        counted = (
            Loss(feature, label, sum(map(has, questions)))
            for feature, (label, has) in FEATURES.items()
            if feature not in self.carries
        )
        return tuple(loss for loss in counted if loss.count)


def _write_word(questions: Sequence[Question]) -> bytes:
    from question_bank.writers import docx

    return docx.write(questions)


def _write_word_without_answers(questions: Sequence[Question]) -> bytes:
    from question_bank.writers import docx

    return docx.write_without_answers(questions)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain; charset=utf-8"
WRITERS: tuple[Writer, ...] = (
    Writer("xlsx", "Excel", "xlsx", XLSX, xlsx.write, _TABLE_FEATURES),
    Writer("csv", "CSV", "csv", "text/csv; charset=utf-8", csv.write, _TABLE_FEATURES),
    Writer("docx", "Word, đề kèm đáp án", "docx", DOCX, _write_word, _TYPED),
    Writer("docx-paper", "Word, đề không có đáp án", "docx", DOCX, _write_word_without_answers, _PAPER),
    Writer("gift", "GIFT", "gift", TEXT, gift.write, _CARRIED - {"images", "webp", "pinned"}),
    Writer("aiken", "Aiken", "txt", TEXT, aiken.write, frozenset({"truefalse", "key"})),
    Writer("moodle", "Moodle XML", "xml", "application/xml", moodle.write, _CARRIED - {"pinned"}),
    Writer("qti", "QTI 2.1", "zip", "application/zip", qti.write, _CARRIED),
    Writer("json", "JSON", "json", "application/json", json.write, _ALL),
)


def find_writer(name: str) -> Writer | None:
    """The writer with this name or extension, or None."""
    return next((entry for entry in WRITERS if name in (entry.name, entry.extension)), None)
