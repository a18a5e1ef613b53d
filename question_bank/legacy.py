"""Text typed before Unicode: TCVN3 (.VnTime) and VNI fonts, and UTF-8 that was read as Latin.

Such text is made of ordinary Latin characters, so a table alone cannot tell it from real text
("Hoà" is a word in Unicode and "Hồ" in VNI). What decides is which reading has more words that can
be Vietnamese syllables, first for the whole text and then for each line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from question_bank.legacy_tables import TCVN3, VNI, VNI_PATTERN
from question_bank.syllables import is_syllable


class Script(StrEnum):
    """How the characters of a text have to be understood."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    VNI = "VNI"
    MISREAD = "UTF-8"


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text after conversion, where it came from, and how many lines had to be converted."""

    text: str
    script: Script
    lines: int = 0


_WORD = re.compile(r"[^\s\d.,;:!?\"()\[\]{}/\\…–—\-“”*|=_<>]+")
# Words needed before a whole text, or a single line of a Unicode text, counts as typed in an old font.
_MIN_WORDS = 3
_MIN_LINE_WORDS = 2


def from_tcvn3(text: str) -> str:
    """Text typed in a TCVN3 (ABC, .Vn…) font as Unicode."""
    return _WORD.sub(lambda found: _tcvn3_word(found[0]), text) if not text.isascii() else text


def from_vni(text: str) -> str:
    """Text typed in a VNI font as Unicode."""
    return VNI_PATTERN.sub(lambda found: VNI[found[0]], text) if not text.isascii() else text


def from_misread(text: str) -> str:
    """UTF-8 that was shown as Windows-1252 ("Äáº£ng") as Unicode; unchanged where that cannot be."""
    if text.isascii():
        return text
    try:
        return unicodedata.normalize("NFC", b"".join(map(_windows_byte, text)).decode("utf-8"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


_CONVERTERS: dict[Script, Callable[[str], str]] = {
    Script.TCVN3: from_tcvn3,
    Script.VNI: from_vni,
    Script.MISREAD: from_misread,
}


def convert(text: str, script: Script) -> str:
    """A piece of a line that is known to be in `script`."""
    return text if script is Script.UNICODE else _CONVERTERS[script](text)


def decode(data: bytes) -> str | None:
    """The text of a file of single bytes that were typed in an old font; None if they were not."""
    text = data.decode("latin-1")
    return text if "\x00" not in text and recognise(text) is not Script.UNICODE else None


def recognise(text: str) -> Script:
    """The script that most words of a text with diacritics agree with; Unicode when in doubt."""
    plain = _score(text)
    best, score = Script.UNICODE, plain
    for script, convert in _CONVERTERS.items():
        found = _score(convert(text))
        if found.valid >= _MIN_WORDS and found.share > 0.6 and found.valid > 2 * score.valid:
            best, score = script, found
    return best


def repair(text: str) -> Repaired:
    """The whole text as Unicode, line by line, because files are put together from several sources."""
    lines = text.split("\n")
    script = recognise(text)
    fixed = [repair_line(line, script) for line in lines]
    scripts = [entry.script for entry in fixed if entry.script is not Script.UNICODE]
    found = scripts[0] if scripts else Script.UNICODE
    return Repaired("\n".join(entry.text for entry in fixed), found, len(scripts))


def repair_line(line: str, script: Script) -> Repaired:
    """One line of a text whose other lines are in `script`."""
    if line.isascii():
        return Repaired(line, Script.UNICODE)
    if script is not Script.UNICODE:
        converted = _CONVERTERS[script](line)
        if converted != line and _score(converted).valid >= _score(line).valid:
            return Repaired(converted, script)
        return Repaired(line, Script.UNICODE)
    before = _score(line)
    if before.words < _MIN_LINE_WORDS or before.share > 0.5:
        return Repaired(line, Script.UNICODE)
    return _best_line(line, before)


def is_unreadable(text: str) -> bool:
    """Whether the characters are ones that only a broken character map or a picture leaves behind."""
    words = [word for word in text.split() if any(character.isalpha() for character in word)]
    visible = sum(1 for character in text if not character.isspace())
    lost = sum(1 for character in text if _is_lost(character)) + 6 * text.count("(cid:")
    if visible and lost * 12 > visible:
        return True
    mixed = sum(1 for word in words if _is_mixed(word))
    return mixed >= _MIN_WORDS and mixed * 8 > len(words)


@dataclass(frozen=True, slots=True)
class _Score:
    words: int
    valid: int

    @property
    def share(self) -> float:
        return self.valid / self.words if self.words else 0.0


def _score(text: str) -> _Score:
    """How many words with diacritics there are, and how many of them can be Vietnamese."""
    words = [word for word in _words(text) if not word.isascii()]
    return _Score(len(words), sum(1 for word in words if is_syllable(word)))


def _words(text: str) -> Iterable[str]:
    return (found.strip("'’‘`") for found in _WORD.findall(text))


def _best_line(line: str, before: _Score) -> Repaired:
    best = Repaired(line, Script.UNICODE)
    score = before
    for script, convert in _CONVERTERS.items():
        converted = convert(line)
        found = _score(converted)
        enough = found.valid >= _MIN_LINE_WORDS and found.share > 0.7
        if converted != line and enough and found.valid > 2 * score.valid:
            best, score = Repaired(converted, script), found
    return best


def _tcvn3_word(word: str) -> str:
    """Capitals with tones do not exist in the font: in capitals people typed the small letter."""
    converted = word.translate(TCVN3)
    typed = [letter for letter in word if letter.isascii() and letter.isalpha()]
    if len(typed) > 1 and all(letter.isupper() for letter in typed):
        return converted.upper()
    return converted


def _windows_byte(character: str) -> bytes:
    """The byte shown as this character; five bytes have no character and stay themselves."""
    if character in "\x81\x8d\x8f\x90\x9d":
        return bytes([ord(character)])
    return character.encode("cp1252")


def _is_lost(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs")


def _is_mixed(word: str) -> bool:
    """Letters of two alphabets in one word, or signs between its letters."""
    alphabets = {_alphabet(character) for character in word if character.isalpha()}
    return len(alphabets) > 1


def _alphabet(letter: str) -> str:
    if letter in "ªºµ" or letter.isascii():
        return "LATIN"
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
