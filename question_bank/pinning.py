"""Choices that lose their meaning when choices are shuffled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from question_bank.folding import fold
from question_bank.values import Choice

_THINGS = r"(?:dap an|phuong an|lua chon|cau tra loi|cau|y kien|y|noi dung|truong hop|dieu|yeu to|muc|tren)"
_ALL_THINGS = rf"(?:(?:cac|ca|nhung|\d+|hai|ba|bon|nam) )*{_THINGS}"
_LAST = re.compile(
    r"^(?:"
    # Tất cả các đáp án trên · Tất cả đều đúng · Tất cả các phương án đều sai
    rf"tat ca(?: (?:{_ALL_THINGS}))?(?: (?:tren|neu tren|o tren|da neu|noi tren))?"
    r"(?: (?:deu |la )?(?:dung|sai|khong dung))?"
    # Cả ba phương án trên · Cả 3 ý đều đúng · Cả hai đáp án trên
    rf"|ca (?:\d+|hai|ba|bon|nam)(?: {_THINGS})?(?: (?:tren|neu tren|da neu))?(?: (?:deu |la )?(?:dung|sai))?"
    # Các đáp án trên đều sai · Các phương án đều đúng
    rf"|(?:cac|nhung) {_THINGS}(?: (?:tren|neu tren|da neu|con lai))?(?: (?:deu |la )?(?:dung|sai))?"
    # Không có đáp án nào đúng · Không phương án nào · Không câu nào trong các câu trên
    rf"|khong(?: co)?(?: {_THINGS})? nao(?: .{{0,40}})?"
    rf"|deu (?:dung|sai)(?: ca)?|(?:dap an|phuong an|y kien|cau tra loi) khac|khac"
    r"|all (?:of )?(?:the )?(?:above|these)(?: .{0,20})?|none (?:of )?(?:the )?(?:above|these)(?: .{0,20})?"
    r"|other(?: answer)?"
    r")$"
)
# "Cả A và B", "A, B, C đều đúng", "Chỉ A và C": names other choices by their letters.
_LETTER = r"\(?\b[A-H]\b\)?"
_NAMES_LETTERS = re.compile(
    rf"^(?:(?:cả|chỉ|gồm|đáp án|phương án|câu|ý|both|only)\s+)*{_LETTER}"
    rf"(?:\s*(?:,|;|&|\+|và|hoặc|and|or)\s*(?:(?:cả|đáp án|phương án|câu|ý)\s+)*{_LETTER})+"
    r"(?:\s+(?:đều\s+|là\s+|are\s+)?(?:đúng|sai|correct|wrong|right))?\s*\.?$",
    re.IGNORECASE,
)
_ONE_LETTER_WORDS = re.compile(
    rf"^(?:cả|chỉ|đáp án|phương án|câu|ý|both|only)\s+{_LETTER}(?:\s+(?:là\s+)?(?:đúng|sai))?\s*\.?$",
    re.IGNORECASE,
)


def stays_last(text: str) -> bool:
    """Whether a choice speaks of the others: "Tất cả các đáp án trên" and its like."""
    return bool(_LAST.match(fold(text)))


def names_letters(text: str) -> bool:
    """Whether a choice names others by letter: "Cả A và B đều đúng"."""
    stripped = text.strip()
    return bool(_NAMES_LETTERS.match(stripped) or _ONE_LETTER_WORDS.match(stripped))


def pinned_places(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The 0-based choices that keep their place when a paper is drawn.

    Where one choice names others by letter none may move.
    """
    if any(names_letters(choice.text) for choice in choices):
        return tuple(range(len(choices)))
    return tuple(index for index, choice in enumerate(choices) if choice.pinned or stays_last(choice.text))
