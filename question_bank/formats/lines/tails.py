"""What stands behind the choices: the answer, an explanation, a source, a level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Part(Enum):
    """What a line behind the choices begins."""

    ANSWER = auto()
    EXPLANATION = auto()
    SOURCE = auto()
    LEVEL = auto()
    TOPIC = auto()


@dataclass(frozen=True, slots=True)
class Tail:
    """A line behind the choices and what follows its label.

    `sure` answers must be understood ("Đáp án: …"); others ("Trả lời: …") may be ordinary text.
    `number` is the question that an answer names itself ("Đáp án câu 5: C").
    """

    part: Part
    rest: str
    sure: bool = True
    number: int | None = None


_DASH = r"\s*[(\[{]?\s*(?:[-+*•>→=⇒–—✓☞]+\s*)?"
_ANSWER = re.compile(
    _DASH + r"(?P<lead>đáp\s*án|đ\s?[./]?\s?[aá]\.?n?|phương\s*án(?:\s*trả\s*lời)?(?=\s*(?:đúng|chính xác))"
    r"|câu\s*trả\s*lời(?=\s*đúng)|trả\s*lời|(?:correct\s+)?answers?|ans|key"
    r"|chọn(?:\s*(?:đáp|phương)\s*án|\s*câu)?|vậy\s+(?:đáp\s*án|chọn))"
    r"(?P<true>\s*(?:trả lời\s*)?(?:đúng(?:\s*nhất)?|chính xác|correct)\b)?"
    r"(?:\s*(?:của\s*|cho\s*)?câu\s*(?:hỏi\s*)?(?P<number>\d{1,5}))?"
    r"(?P<equals>\s*(?:\blà\b|\bis\b)?\s*[:=]+|\s*\blà\b|\s*\bis\b)?\s*(?P<dash>[.–—-]\s*)?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
# Lines that are nothing but an answer: "=> B", "Phương án B", "Đáp án: “B”", "Đáp án B là đúng".
_ONLY_ANSWER = re.compile(
    r"\s*(?:(?:→|⇒|=>|->)\s*(?:(?:chọn|đáp\s*án)\s*:?\s*)?|(?:phương|đáp)\s*án\s+"
    r"|(?:trả\s*lời|đáp\s*án)\s*[:=]\s*(?:(?:đáp|phương)\s*án\s+)?)"
    r"[\"“”'‘’]*(?P<key>(?-i:[A-H]))[\"“”'‘’]*"
    r"(?:\s+là\s+(?:(?:đáp|phương)\s*án\s+)?(?:đúng|chính\s*xác)(?:\s*nhất)?)?\s*\.?\s*$",
    re.IGNORECASE,
)
_KEY_LIKE = re.compile(
    r"[(\[]?[A-HĐ](?:\s?[,;+&/]\s?[A-HĐ]|\s+(?:và|and)\s+[A-HĐ]|[A-H])*(?![^\W_])[)\]]?\s*(?:[.:)–—-].*)?$",
    re.DOTALL,
)
_SMALL_KEY = re.compile(
    r"[(\[]?[a-hđ](?:\s?[,;+&/]\s?[a-hđ])*[)\]]?\.?|[1-8]\.?|đúng\.?|sai\.?", re.IGNORECASE
)
_SURE = re.compile(r"đáp|đ\s?[./]?\s?[aá]|phương|câu|answers?|correct|ans|key", re.IGNORECASE)

_LABELS: tuple[tuple[Part, str], ...] = (
    (
        Part.EXPLANATION,
        _DASH + r"(?:lời\s*giải(?:\s*chi\s*tiết)?|giải\s*thích(?:\s*(?:đáp\s*án|chi\s*tiết|thêm))?"
        r"|hướng\s*dẫn\s*(?:giải|trả\s*lời)|giải(?=\s*:)|phân\s*tích|vì\s*sao|explanation|rationale|feedback)"
        r"\s*(?:[:.–—-]+\s*|$|(?=\s+[A-ZĐ]))",
    ),
    (
        Part.SOURCE,
        _DASH + r"(?:(?:nguồn|tài\s*liệu|xuất\s*xứ)(?:\s*(?:tham\s*khảo|trích\s*dẫn|trích|tài\s*liệu|dẫn))?"
        r"|tham\s*khảo|trích\s*(?:dẫn|nguồn)|cơ\s*sở\s*pháp\s*lý|căn\s*cứ(?:\s*pháp\s*lý)?|sources?|references?)"
        r"\s*:+\s*",
    ),
    (Part.SOURCE, r"\s*[(\[]?(?=(?:căn\s*cứ|trích)\s+\S)"),
    (
        Part.LEVEL,
        r"\s*[(\[]?(?:mức(?:\s*độ)?|độ\s*khó|cấp\s*độ|level|difficulty)(?:\s*nhận\s*thức)?\s*:\s*",
    ),
    (Part.TOPIC, r"\s*[(\[]?(?:chủ\s*đề|chuyên\s*đề|lĩnh\s*vực|topic)\s*:\s*"),
)
_OTHERS = tuple(
    (part, re.compile(label + r"(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)) for part, label in _LABELS
)
# An answer behind the last choice on the same line: "D. 1930   (Đáp án: C)".
_INLINE = re.compile(
    r"(?<=[\s.;)])[(\[]?\s*(?=(?:đáp\s*án|đ/?a|answer|phương\s*án\s*đúng)(?:\s*đúng)?(?:\s*là)?\s*[:=]\s*[(\[]?[A-HĐ]\s*[)\].]*\s*$)",
    re.IGNORECASE,
)


def tail(text: str) -> Tail | None:
    """What a line behind the choices begins, if it begins something."""
    if plain := _ONLY_ANSWER.match(text):
        return Tail(Part.ANSWER, plain["key"])
    match = _ANSWER.match(text)
    if match and (answer := _answer(match)):
        return answer
    for part, pattern in _OTHERS:
        if found := pattern.match(text):
            return Tail(part, _unwrapped(text, found["rest"]))
    return None


def is_key_like(text: str) -> bool:
    """Whether a text begins as a key does: "C", "A, C", "(B)", "C. text"."""
    return _KEY_LIKE.match(text) is not None or _SMALL_KEY.fullmatch(text) is not None


def inline_answer(text: str) -> int | None:
    """Where an answer begins behind other text on the same line."""
    match = _INLINE.search(text)
    return match.start() if match and match.start() > 0 else None


def _answer(match: re.Match[str]) -> Tail | None:
    """A colon or "là" makes it an answer; without one the rest has to look like a key."""
    rest = _unwrapped(match.string, match["rest"])
    number = int(match["number"]) if match["number"] else None
    named = bool(_SURE.match(match["lead"])) and not match["lead"].lower().startswith("chọn")
    if match["equals"] and match["equals"].strip():
        return Tail(Part.ANSWER, rest, sure=named, number=number)
    if is_key_like(rest) or (
        not rest and named and bool(match["true"] or match["dash"] or "p" in match["lead"].lower())
    ):
        return Tail(Part.ANSWER, rest, sure=named, number=number)
    return None


def _unwrapped(line: str, rest: str) -> str:
    """Without the bracket that closes one opened before the label."""
    rest = rest.strip()
    opened = line.lstrip()[:1]
    closing = {"(": ")", "[": "]", "{": "}"}.get(opened)
    if closing and rest.rstrip(".").endswith(closing) and rest.count(opened) < rest.count(closing):
        rest = rest.rstrip(".")[:-1]
    return rest.strip()
