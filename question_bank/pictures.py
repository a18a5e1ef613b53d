"""Which pictures a bank keeps: four kinds, of a size that phones can take, without what tells of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from question_bank import picture_parsing
from question_bank.problems import problem
from question_bank.values import Problem, Question

MAX_BYTES = 2 * 1024 * 1024
MAX_SIDE = 4000  # a picture of 4,000 × 4,000 takes a browser 64 MB
MAX_PICTURES = 8  # of one question
HEAVY_BYTES = 150 * 1024  # three seconds at 400 kbit/s

# What people have instead, by how it begins.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"BM", "BMP"),
    (b"\x01\x00\x00\x00", "EMF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\x00\x09\x00", "WMF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
)


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture that can be kept; `data` are its bytes without camera, position, author and comments."""

    media_type: str
    extension: str
    width: int
    height: int
    data: bytes

    @property
    def digest(self) -> str:
        """Hex SHA-256 of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


class PictureRefused(ValueError):
    """The picture is not kept: `code` is one of `question_bank.problems`, `values` fill its words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def check(data: bytes) -> PictureFacts:
    """What the picture is and what is kept of it, by its bytes alone. Raises PictureRefused."""
    kind = picture_parsing.kind_of(data)
    if kind is None:
        raise PictureRefused("picture-kind", kind=name_of_other(data))
    if len(data) > MAX_BYTES:
        raise PictureRefused("picture-heavy", size=_megabytes(len(data)), limit=MAX_BYTES // 1024**2)
    try:
        parsed = kind.parse(data)
    except picture_parsing.Damaged as error:
        raise PictureRefused("picture-damaged") from error
    if not min(parsed.width, parsed.height) > 0:
        raise PictureRefused("picture-damaged")
    if max(parsed.width, parsed.height) > MAX_SIDE:
        raise PictureRefused("picture-large", width=parsed.width, height=parsed.height, limit=MAX_SIDE)
    if parsed.moves:
        raise PictureRefused("picture-moves")
    return PictureFacts(kind.media_type, kind.extension, parsed.width, parsed.height, parsed.data)


def prepare(question: Question) -> tuple[Question, tuple[Problem, ...]]:
    """The question with its pictures as they are kept, and what stands against them.

    A picture that cannot be kept stays as it is and is an error; one without a description is a warning.
    Pictures that are stored already (they have a digest and no bytes) are not looked at again.
    """
    images, problems = [], list(_number_of(question))
    for image in question.images:
        if image.digest:
            images.append(image)
            continue
        name = image.name[:80]
        try:
            facts = check(image.data)
        except PictureRefused as refused:
            images.append(image)
            problems.append(_problem(refused.code, question, name=name, **refused.values))
            continue
        images.append(replace(image, media_type=facts.media_type, data=facts.data))
        if not image.alt.strip():
            problems.append(_problem("picture-no-alt", question, name=name))
        if len(facts.data) > HEAVY_BYTES:
            size = round(len(facts.data) / 1024)
            problems.append(_problem("picture-slow", question, name=name, size=size))
    return replace(question, images=tuple(images)), tuple(problems)


def called_after_letter(text: str, index: int) -> bool:
    """Whether a choice has the name that readers give to one which is nothing but a picture."""
    return text == f"Hình {chr(ord('A') + index)}"


def name_of_other(data: bytes) -> str:
    """What the bytes are called that are no picture a bank keeps."""
    if b"<svg" in data[:2000].lower():
        return "SVG"
    if data[4:8] == b"ftyp":
        return "HEIC" if data[8:11] in (b"hei", b"mif", b"msf") else "AVIF"
    return next((name for beginning, name in _OTHERS if data.startswith(beginning)), "không rõ")


def _number_of(question: Question) -> Iterator[Problem]:
    if len(question.images) > MAX_PICTURES:
        yield _problem("pictures-many", question, count=len(question.images), limit=MAX_PICTURES)


def _problem(code: str, question: Question, **values: object) -> Problem:
    return problem(code, question.place, question.number, **values)


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}".replace(".", ",")
