"""One door for every document: `read_document` always gives a reading, whatever is in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from defusedxml.common import DefusedXmlException

from question_bank import archives, encodings, limits, places, signatures
from question_bank.passages import pdf, typed_text
from question_bank.passages.splitting import split
from question_bank.passages.values import DocumentReading, Paragraph
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Problem, Severity

_MEGABYTE = 1024 * 1024
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """One row of the table. `label` is what people call it."""

    name: str
    label: str
    extensions: tuple[str, ...]
    sniff: Callable[[Source], bool]
    read: Callable[[Source], tuple[list[Paragraph], list[Problem]]]


def _is_word(source: Source) -> bool:
    return "word/document.xml" in source.members


def _is_pdf(source: Source) -> bool:
    # The signature may stand behind a few bytes of something else.
    return b"%PDF-" in source.data[:1024]


def _is_text(source: Source) -> bool:
    return not signatures.is_binary(source.data) or (source.text is not None and not source.members)


def _read_word(source: Source) -> tuple[list[Paragraph], list[Problem]]:
    from question_bank.passages import word

    return word.read(source)


DOCUMENT_FORMATS: tuple[DocumentFormat, ...] = (
    DocumentFormat("docx", "Word", ("docx",), _is_word, _read_word),
    DocumentFormat("pdf", "PDF", ("pdf",), _is_pdf, pdf.read),
    DocumentFormat("text", "văn bản thuần", ("txt", "text", "md"), _is_text, typed_text.read),
)


def read_document(data: bytes, name: str) -> DocumentReading:
    """Read a document and split it into passages. What the file holds decides, not what it is called.

    A refused file is a reading with no passages and an error whose code says why.
    """
    source = Source(name=name, data=data)
    chosen = ""
    try:
        _check_size(source)
        archives.check(data)
        format_ = _choose(source)
        chosen = format_.name
        paragraphs, problems = format_.read(source)
        return _reading(source, chosen, paragraphs, problems)
    except Refused as refusal:
        return DocumentReading(name, chosen, problems=(refusal.problem,))
    except DefusedXmlException:
        return DocumentReading(name, chosen, problems=(problem("unsafe-xml", places.FILE),))
    except Exception:
        # Readers stand on libraries that were not written for hostile files.
        return DocumentReading(name, chosen, problems=(problem("corrupt-file", places.FILE),))


def _check_size(source: Source) -> None:
    if len(source.data) > limits.MAX_FILE_BYTES:
        size = f"{len(source.data) / _MEGABYTE:.1f}".replace(".", ",")
        limit = limits.MAX_FILE_BYTES // _MEGABYTE
        raise Refused(problem("too-large", places.FILE, size=size, limit=limit))
    if not source.data.strip(_BLANK):
        raise Refused(problem("document-empty", places.FILE))
    if signatures.is_locked(source.data):
        raise Refused(problem("password", places.FILE))


def _choose(source: Source) -> DocumentFormat:
    for entry in DOCUMENT_FORMATS:
        if entry.sniff(source):
            return entry
    raise Refused(
        problem("document-unknown", places.FILE, name=source.name, found=signatures.describe(source))
    )


def _reading(
    source: Source, chosen: str, paragraphs: list[Paragraph], problems: list[Problem]
) -> DocumentReading:
    tidy = [
        Paragraph(text, one.level, one.is_bold) for one in paragraphs if (text := encodings.tidy(one.text))
    ]
    if sum(len(one.text) for one in tidy) > limits.MAX_DOCUMENT_CHARACTERS:
        most = limits.MAX_PASSAGES
        raise Refused(problem("document-too-long", places.FILE, count=f"hơn {most}", limit=most))
    found = split(tidy)
    if not found.passages:
        raise Refused(problem("document-empty", places.FILE))
    if len(found.passages) > limits.MAX_PASSAGES:
        count = len(found.passages)
        raise Refused(problem("document-too-long", places.FILE, count=count, limit=limits.MAX_PASSAGES))
    if not found.has_headings and len(found.passages) > 1:
        problems = [*problems, problem("document-no-headings", places.FILE)]
    order = sorted(problems, key=lambda one: one.severity is not Severity.ERROR)
    return DocumentReading(source.name, chosen, found.title, found.passages, tuple(order))
