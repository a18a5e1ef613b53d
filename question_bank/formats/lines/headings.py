"""Lines between the questions: headings of parts, rulers, lists of sources, titles of answer tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(
    r"\s*(?P<word>phần|chương|chủ đề|chuyên đề|mục|nội dung|lĩnh vực|bài|đề(?: thi)?|tuần|đợt|vòng"
    r"|part|chapter|section|topic|test|week)\s*(?:thi\s*)?(?:số\s*|thứ\s*)?"
    r"(?P<number>[IVXLC]{1,6}|\d{1,3}|[A-H]|một|hai|ba|bốn|năm|nhất)?\s*"
    r"(?P<close>[.:)–—-]+|$|(?=\())\s*(?P<title>.*)$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<word>phần|đề|chương|tuần|đợt|vòng)\s*(?:số\s*)?(?P<number>[IVXLC]{1,6}|\d{1,3})\b", re.IGNORECASE
)
_ROMAN = re.compile(r"\s*(?P<number>[IVX]{1,5})\s*[.:)/–—-]+\s*(?P<title>\S.*)$")
_SECTION = re.compile(r"\s*(?P<letter>[A-E])\s*[.:)/–—-]+\s*(?P<title>\S+\s.{0,150})")
_KIND = re.compile(r"\s*(?:phần\s+)?(?:câu\s+hỏi\s+)?(?:trắc\s+nghiệm|tự\s+luận)\b.{0,120}", re.IGNORECASE)
_ESSAYS = re.compile(r"\btự\s+luận\b|\bessay", re.IGNORECASE)
_TOPIC_WORDS = ("chủ đề", "chuyên đề", "topic", "lĩnh vực", "nội dung")
_INSTRUCTION = re.compile(
    r"đáp án|phương án|câu hỏi|trắc nghiệm|tự luận|lựa chọn|đánh dấu|khoanh|thời gian|\bdone\b|đúng sai",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between questions: `key` tells parts apart, `topic` is what it names, if it names one.

    Below a heading of essays ("TỰ LUẬN") questions have no choices.
    """

    key: str
    topic: str | None
    essays: bool = False


def heading(text: str, *, stands_out: bool = False) -> Heading | None:
    """A heading such as "PHẦN II. …", "Chủ đề: …", "I. …"; `stands_out` is emphasis or a heading style."""
    essays = _ESSAYS.search(text) is not None
    match = _HEADING.match(text)
    if match and (match["number"] or match["close"].startswith(":")) and len(text) <= 200:
        word = match["word"].lower()
        if match["number"] or word in _TOPIC_WORDS:
            return Heading(
                f"{word} {(match['number'] or '').upper()}".strip(), topic_named(match["title"]), essays
            )
    match = _ROMAN.match(text)
    if match and len(text) <= 200 and (match["title"].isupper() or stands_out):
        return Heading(match["number"], topic_named(match["title"]), essays)
    if _KIND.fullmatch(text) and (text.isupper() or stands_out):
        return Heading(text.strip().lower(), None, essays)
    return None


def section(text: str) -> Heading | None:
    """`B. TỰ LUẬN`: a heading that looks like a choice; that it is none has to be clear from the others."""
    match = _SECTION.fullmatch(text)
    if match is None or not match["title"].isupper():
        return None
    return Heading(match["letter"], topic_named(match["title"]), _ESSAYS.search(text) is not None)


def part_named(text: str) -> str | None:
    """The key of the part that a title such as "BẢNG ĐÁP ÁN PHẦN III" names."""
    match = _PART.search(text)
    return f"{match['word'].lower()} {match['number'].upper()}" if match else None


def topic_named(title: str) -> str | None:
    """The topic in a heading, unless the words only tell people what to do."""
    bare = title.strip(" .:()–—-[]")
    return None if not bare or _INSTRUCTION.search(bare) else bare


_FURNITURE = re.compile(
    r"\W*(?:hết|the end|end)\W*|[\s\-_=*.~–—]{3,}|(?:trang|page)\s*\d+(?:\s*(?:/|of)\s*\d+)?", re.IGNORECASE
)


_END = re.compile(r"\W*(?:hết|the end)\W*", re.IGNORECASE)


def is_end(text: str) -> bool:
    """`--- HẾT ---`: what stands below belongs to no question above."""
    return _END.fullmatch(text.strip()) is not None


def is_furniture(text: str) -> bool:
    """`--- HẾT ---`, rulers and page numbers: not part of any question."""
    return _FURNITURE.fullmatch(text.strip()) is not None


_REFERENCES = re.compile(
    r"(?:danh mục\s+)?(?:nguồn(?:\s+tham khảo|\s+tài liệu|\s+trích dẫn)?|tài liệu(?:\s+tham khảo)?"
    r"|references?|sources?)\s*:?",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\s*\[(?P<number>\d{1,5})\]\s*(?P<text>\S.*)$")


def is_references_heading(text: str) -> bool:
    """`NGUỒN THAM KHẢO` alone on a line."""
    return _REFERENCES.fullmatch(text.strip()) is not None


def reference(text: str) -> tuple[int, str] | None:
    """`[12] source` → (12, "source")."""
    match = _REFERENCE.match(text)
    return (int(match["number"]), match["text"].strip()) if match else None


_ANSWERS_HEADING = re.compile(
    r"(?:bảng\s+|phần\s+)?(?:đáp\s*án|answers?(?:\s*key)?|keys?|hướng dẫn (?:giải|chấm)|lời giải)"
    r"(?:\s+(?!đúng|là)[^:]{0,60})?\s*:?",
    re.IGNORECASE,
)


def is_answers_heading(text: str) -> bool:
    """`BẢNG ĐÁP ÁN`, "HƯỚNG DẪN GIẢI" and the like alone on a line."""
    return _ANSWERS_HEADING.fullmatch(text.strip().strip("-–—=*. ")) is not None
