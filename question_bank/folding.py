"""Comparing Vietnamese text: `fold` for searching, `loose_key` for "is this the same wording?"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Grave, acute, tilde, hook above, dot below: the five written tones.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = dict.fromkeys(range(0x0300, 0x0370))
_TONE_MARKS = {ord(tone): None for tone in _TONES}
_D = str.maketrans({"đ": "d", "Đ": "D"})

_BETWEEN_WORDS = re.compile(r"[\W_]+")
# Between digits these belong to the number: 1.930, 87,65, 3/2/1930, 7:30.
_NUMBER_JOINT = re.compile(r"(?<=\d)[.,/:](?=\d)")
# Symbols with a meaning stay: 5% and 5, C and C#, x > 1 and x < 1, -5 and 5 are different answers.
_SIGN = re.compile(r"[^\w\s\ue000-\ue003-]|_")
_KEPT_PUNCTUATION = frozenset("%‰#&@*°")
_HYPHEN = re.compile(r"-(?!\d)|(?<=\w)-")
_JOINT_MARKS = {".": "\ue000", ",": "\ue001", "/": "\ue002", ":": "\ue003"}
_JOINTS_BACK = str.maketrans({mark: joint for joint, mark in _JOINT_MARKS.items()})

# lý/lí, kỹ/kĩ, Mỹ/Mĩ, quý/quí: y alone after consonants sounds as i (but not in tay/tai, thúy/thúi).
_LONE_Y = re.compile(r"^([bcdghklmnpqrstvx]+|qu)y$")


def fold(text: str) -> str:
    """Text for searching without regard to case, diacritics and punctuation: `Đại hội VI!` → `dai hoi vi`."""
    plain = unicodedata.normalize("NFD", text.casefold()).translate(_MARKS).translate(_D)
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def loose_key(text: str) -> str:
    """Text for comparing wordings.

    Case, Unicode form, punctuation, tone placement (hoà/hòa) and i/y (lý/lí) do not count; numbers,
    signs and diacritics do, because "dấu" and "đầu" are different words.
    """
    return " ".join(loose_words(text)) or unicodedata.normalize("NFC", text.strip().casefold())


def loose_words(text: str) -> list[str]:
    """The words of `loose_key`, in order; empty if the text is punctuation only."""
    lowered = unicodedata.normalize("NFC", text.casefold())
    joined = _NUMBER_JOINT.sub(lambda found: _JOINT_MARKS[found[0]], lowered)
    spaced = _HYPHEN.sub(" ", _SIGN.sub(_sign, joined)).translate(_JOINTS_BACK)
    return [_loose_word(word) for word in spaced.split()]


def _sign(found: re.Match[str]) -> str:
    """Mathematics, currency and the like are words of their own; other punctuation only separates."""
    sign = found[0]
    if sign in _KEPT_PUNCTUATION:
        return sign
    return f" {sign} " if unicodedata.category(sign).startswith("S") else " "


@lru_cache(maxsize=50_000)
def _loose_word(word: str) -> str:
    """One word with its tones moved behind it, so that their place cannot differ."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(character for character in decomposed if character in _TONES)
    base = unicodedata.normalize("NFC", decomposed.translate(_TONE_MARKS))
    return _LONE_Y.sub(r"\1i", base) + tones
