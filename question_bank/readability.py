"""Text that no conversion can save: what is left where a PDF lost its character map."""

from __future__ import annotations

import unicodedata

_FEW = 3


def is_unreadable(text: str) -> bool:
    """Whether the characters are ones that only a broken character map or a picture leaves behind."""
    words = [word for word in text.split() if any(character.isalpha() for character in word)]
    visible = sum(1 for character in text if not character.isspace())
    lost = sum(1 for character in text if _is_lost(character)) + 6 * text.count("(cid:")
    if visible and lost * 12 > visible:
        return True
    mixed = sum(1 for word in words if _is_mixed(word))
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
        return "LATIN"
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
