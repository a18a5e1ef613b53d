"""The characters of two old Vietnamese fonts, as Windows shows them, and what they stand for."""

from __future__ import annotations

import re
import unicodedata

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"


def _composed(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


# TCVN3 gives each small letter one code from A1 to FE; tones in the order that the standard uses.
_TCVN3_TONED = (
    ("a", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xB5, 0xB6, 0xB7, 0xB8, 0xB9)),
    ("ă", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xBB, 0xBC, 0xBD, 0xBE, 0xC6)),
    ("â", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xC7, 0xC8, 0xC9, 0xCA, 0xCB)),
    ("e", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xCC, 0xCE, 0xCF, 0xD0, 0xD1)),
    ("ê", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xD2, 0xD3, 0xD4, 0xD5, 0xD6)),
    ("i", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xD7, 0xD8, 0xDC, 0xDD, 0xDE)),
    ("o", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xDF, 0xE1, 0xE2, 0xE3, 0xE4)),
    ("ô", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xE5, 0xE6, 0xE7, 0xE8, 0xE9)),
    ("ơ", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xEA, 0xEB, 0xEC, 0xED, 0xEE)),
    ("u", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xEF, 0xF1, 0xF2, 0xF3, 0xF4)),
    ("ư", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xF5, 0xF6, 0xF7, 0xF8, 0xF9)),
    ("y", _GRAVE + _HOOK + _TILDE + _ACUTE + _DOT, (0xFA, 0xFB, 0xFC, 0xFD, 0xFE)),
)
_TCVN3_PLAIN = {
    0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ",
    0xA8: "ă", 0xA9: "â", 0xAA: "ê", 0xAB: "ô", 0xAC: "ơ", 0xAD: "ư", 0xAE: "đ",
}  # fmt: skip

TCVN3: dict[int, str] = _TCVN3_PLAIN | {
    code: _composed(letter, mark)
    for letter, marks, codes in _TCVN3_TONED
    for mark, code in zip(marks, codes, strict=True)
}

# VNI writes a plain vowel and behind it one character for its roof and tone together.
_VNI_TONES = {"": "", "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_ROOFED = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVED = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_VOWELS = (
    ("a", "a", _VNI_TONES), ("a", "â", _VNI_ROOFED), ("a", "ă", _VNI_BREVED),
    ("e", "e", _VNI_TONES), ("e", "ê", _VNI_ROOFED),
    ("o", "o", _VNI_TONES), ("o", "ô", _VNI_ROOFED), ("ô", "ơ", _VNI_TONES),
    ("u", "u", _VNI_TONES), ("ö", "ư", _VNI_TONES), ("y", "y", _VNI_TONES),
)  # fmt: skip


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for typed, letter, marks in _VNI_VOWELS:
        for sign, mark in marks.items():
            small = _composed(letter, mark)
            table[typed + sign] = small
            table[typed.upper() + sign.upper()] = small.upper()
            table[typed.upper() + sign] = small.upper()
    for sign, letter in _VNI_SINGLE.items():
        table[sign], table[sign.upper()] = letter, letter.upper()
    return {typed: letter for typed, letter in table.items() if typed != letter}


VNI: dict[str, str] = _vni_table()
VNI_PATTERN = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
