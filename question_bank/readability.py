"""Text that no conversion can save: what is left where a PDF lost its character map."""

from __future__ import annotations

import unicodedata
from collections import Counter

_FEW = 3
_LATIN = "LATIN"


def is_unreadable(text: str) -> bool:
    """Whether the characters are ones that only a broken character map or a picture leaves behind."""
    counts = Counter(text)
    visible = sum(count for character, count in counts.items() if not character.isspace())
    lost = sum(count for character, count in counts.items() if _is_lost(character)) + 6 * text.count("(cid:")
    if visible and lost * 12 > visible:
        return True
    if not any(_alphabet(character) != _LATIN for character in counts if character.isalpha()):
        return False
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    mixed = sum(1 for word in words if not word.isascii() and _is_mixed(word))
    return mixed >= _FEW and mixed * 8 > len(words)


def _is_lost(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs")


def _is_mixed(word: str) -> bool:
    """Letters of two alphabets in one word: Latin ones with Cyrillic ones between them."""
    alphabets = {_alphabet(character) for character in word if character.isalpha()}
    return len(alphabets) > 1


def _alphabet(letter: str) -> str:
    if letter in "ªºµ" or letter.isascii():
        return _LATIN
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
