"""Which paragraphs are headings and how deep: "Chương II", "Điều 3.", "I. …", "1. …", capitals, styles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from question_bank.passages.values import Paragraph

_MOST = 160
_ENDS_LIKE_A_SENTENCE = (".", ";", ",", ":", "…", "?", "!")

# The words for parts of laws and reports, from the outermost; below the levels that a file's styles give.
_PARTS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (20 + depth, re.compile(rf"({words}\s+{number})\s*(?:[.:–—-]\s*|$)(.*)", re.IGNORECASE | re.DOTALL))
    for depth, (words, number) in enumerate(
        (
            ("phần", r"(?:thứ\s+\w+(?:\s+\w+)?|[IVXLC]+|\d{1,2})"),
            ("chương", r"(?:thứ\s+\w+|[IVXLC]+|\d{1,3})"),
            ("mục", r"(?:[IVXLC]+|\d{1,3})"),
            ("tiểu\\s+mục", r"\d{1,3}"),
            ("điều", r"\d{1,4}[a-zđ]?"),
        )
    )
)
_CAPITALS, _LETTER, _ROMAN, _ARABIC, _BOLD = 10, 30, 31, 32, 40
_LETTERED = re.compile(r"[A-HĐ][.)]\s+\S")
_ROMAN_NUMBER = re.compile(r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})[.)\-–]\s*\S")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})[.)-]?\s+\S")
# "3." and "2.1" begin parts, "3.000" and "27/3" do not.
_SECTION_NUMBER = re.compile(r"\d{1,3}(?:\.[1-9]\d?)*[.)-]\s|\d{1,3}(?:\.[1-9]\d?)+\s")
_ITEM = re.compile(r"(?:[-–—•*+●▪o]\s+|\d{1,3}(?:\.\d{1,3})*[.)-]\s|[a-zđ]\)\s|\([a-zđ0-9]{1,2}\)\s)")
_MARKED = re.compile(r"(#{1,6})\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: smaller ranks are further out. `starts_text`: the words behind the label are text."""

    rank: int
    text: str
    is_label: bool = False
    starts_text: bool = False


def heading_of(paragraph: Paragraph, following: Paragraph | None) -> Heading | None:
    """The heading that a paragraph is, or None. `following` decides where a number could be a list's."""
    text = " ".join(paragraph.text.split())
    if marked := _MARKED.fullmatch(text):
        return Heading(len(marked[1]), marked[2].rstrip(" #"))
    if part := _part(text):
        return part
    if not text or len(text) > _MOST:
        return None
    if paragraph.level is not None:
        return Heading(paragraph.level, text)
    if text.endswith(_ENDS_LIKE_A_SENTENCE) and not _is_capitals(text):
        return None
    return _numbered(text, paragraph, following) or _unnumbered(text, paragraph, following)


def is_item(text: str) -> bool:
    """Whether a paragraph is one of a list: "- …", "a) …", "1. …"."""
    return _ITEM.match(text) is not None


def starts_anew(text: str) -> bool:
    """Whether a line surely begins a paragraph: an item of a list or the label of a part."""
    return is_item(text) or bool(_MARKED.match(text)) or _part(text) is not None or _is_roman(text)


def is_capitals(text: str) -> bool:
    """Whether a short line is written in capitals, as titles are."""
    return _is_capitals(text) and len(text) <= _MOST


def _part(text: str) -> Heading | None:
    for rank, pattern in _PARTS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        label, rest = found[1], found[2].strip()
        if not rest:
            return Heading(rank, label, is_label=True)
        if len(text) <= _MOST and not rest.endswith(_ENDS_LIKE_A_SENTENCE):
            return Heading(rank, text)
        # "Điều 3. Công dân có quyền …": the label is the heading, the sentence is the text.
        return Heading(rank, label, starts_text=True)
    return None


def _numbered(text: str, paragraph: Paragraph, following: Paragraph | None) -> Heading | None:
    if _is_roman(text):
        return Heading(_ROMAN, text)
    if _LETTERED.match(text) and (paragraph.is_bold or _is_capitals(text[2:])):
        return Heading(_LETTER, text)
    found = _DECIMAL.match(text)
    if found is None or not _opens_a_section(text, paragraph, following):
        return None
    return Heading(_ARABIC + found[1].count("."), text)


def _opens_a_section(text: str, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a number begins a part: one that another number follows is an item of a list."""
    if not _SECTION_NUMBER.match(text):
        return False
    if paragraph.is_bold or _is_capitals(text.lstrip("0123456789.)- ")):
        return True
    if following is None:
        return False
    after = following.text.strip()
    deeper = re.match(r"\d{1,3}\.\d{1,3}", after) is not None
    return deeper or (_DECIMAL.match(after) is None and len(after) > len(text) // 2)


def _unnumbered(text: str, paragraph: Paragraph, following: Paragraph | None) -> Heading | None:
    if _is_capitals(text) and len(text.split()) > 1:
        return Heading(_CAPITALS, text)
    if paragraph.is_bold and following is not None and not is_item(text):
        return Heading(_BOLD, text)
    return None


def _is_roman(text: str) -> bool:
    return _ROMAN_NUMBER.match(text) is not None


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters)
