"""Which numbers a wording names: in digits, in Roman letters, or in words behind "thứ".

"Đại hội VI" and "Đại hội VII" are two questions; "Đại hội VI" and "Đại hội lần thứ sáu" may be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"x{0,3}(?:i[xv]|v?i{1,3}|v|x)|x{1,3}")
_VALUES = {"i": 1, "v": 5, "x": 10}
# As `folding.loose_words` writes them: tones stand behind the word.
_WORDS = {
    word + tone: str(value)
    for word, tone, value in (
        *(("nhât", "\u0301", 1), ("nhi", "\u0300", 2), ("hai", "", 2), ("ba", "", 3), ("tư", "", 4)),
        *(("bôn", "\u0301", 4), ("năm", "", 5), ("sau", "\u0301", 6), ("bay", "\u0309", 7)),
        *(("tam", "\u0301", 8), ("chin", "\u0301", 9), ("mươi", "\u0300", 10)),
    )
}
_ORDINAL = "thư\u0301"


def numerals(words: Sequence[str]) -> frozenset[str]:
    """The numbers in the words of `folding.loose_words`; `3/2/1930` are three."""
    found: set[str] = set()
    for place, word in enumerate(words):
        if _ROMAN.fullmatch(word):
            found.add(_roman(word))
        elif place and words[place - 1] == _ORDINAL and word in _WORDS:
            found.add(_ordinal(words[place : place + 2]))
        else:
            found.update(digits.lstrip("0") or "0" for digits in _DIGITS.findall(word))
    return frozenset(found)


def _roman(word: str) -> str:
    values = [_VALUES[letter] for letter in word]
    signed = [
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    ]
    return str(sum(signed))


def _ordinal(words: Sequence[str]) -> str:
    """`sáu`, `mười`, `mười ba`."""
    first, *rest = (int(_WORDS.get(word, "0")) for word in words)
    return str(first + sum(rest) if first == 10 else first)
