"""Text typed before Unicode: TCVN3 (.VnTime) and VNI fonts, and UTF-8 that was read as Latin.

Such text is made of ordinary Latin characters, so a table alone cannot tell it from real text
("Hoà" is a word in Unicode and "Hồ" in VNI). What decides is which reading has more words that can
be Vietnamese syllables, first for the whole text and then for each line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from question_bank.encodings import clean
from question_bank.legacy_tables import TCVN3, VNI, VNI_PATTERN
from question_bank.syllables import is_syllable


class Script(StrEnum):
    """How the characters of a text have to be understood."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    VNI = "VNI"
    MISREAD = "UTF-8"


_WORD = re.compile(r"[^\s\d.,;:!?\"()\[\]{}/\\…–—\-“”*|=_<>]+")
# Dashes and quotation marks stand where Latin-1 has control characters.
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
# Words needed before a whole text, or a single line of a Unicode text, counts as typed in an old font.
_MIN_WORDS = 3
_MIN_LINE_WORDS = 2
_SURVEYED = 2_000


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
    """A piece of a line that is known to be in `script`, as Unicode."""
    return text if script is Script.UNICODE else _CONVERTERS[script](text)


def decode(data: bytes) -> str | None:
    """The text of a file of single bytes that were typed in an old font; None if they were not."""
    text = data.decode("latin-1").translate(_WINDOWS)
    return text if "\x00" not in text and recognise(text) is not Script.UNICODE else None


def recognise(text: str) -> Script:
    """The script that most words of a text with diacritics agree with; Unicode when in doubt."""
    best, score = Script.UNICODE, _score(text)
    for script, converter in _CONVERTERS.items():
        found = _score(converter(text))
        if found.valid >= _MIN_WORDS and found.share > 0.6 and found.valid > 2 * score.valid:
            best, score = script, found
    return best


@dataclass(frozen=True, slots=True)
class Survey:
    """What the lines of a text are typed in: most of them (`main`), and some (`others`).

    Files are put together from several sources. `lines` counts those that have to be converted.
    """

    main: Script = Script.UNICODE
    others: frozenset[Script] = frozenset()
    lines: int = 0

    @classmethod
    def of(cls, lines: Sequence[str]) -> Survey:
        """Look at all lines of a text."""
        first = cls(recognise("\n".join(_some(lines))), lines=1)
        scripts = [first.script_of(line) for line in lines]
        others = frozenset(scripts) - {first.main, Script.UNICODE}
        if others:
            survey = cls(first.main, others, lines=1)
            scripts = [survey.script_of(line) for line in lines]
        return cls(first.main, others, sum(script is not Script.UNICODE for script in scripts))

    @property
    def named(self) -> str:
        """The scripts that were found, for a message."""
        found = ({self.main} | self.others) - {Script.UNICODE}
        return ", ".join(sorted(script.value for script in found))

    def script_of(self, line: str) -> Script:
        """What one line is typed in."""
        if not self.lines or line.isascii():
            return Script.UNICODE
        before = _score(line)
        if self.main is Script.UNICODE and before.valid == before.words:
            return Script.UNICODE
        scores = {
            script: _score(converted)
            for script, converter in _CONVERTERS.items()
            if (converted := converter(line)) != line
        }
        most = max((found.valid for found in scores.values()), default=0)
        main = scores.get(self.main)
        # Where both readings are words ("Hoà" and "Hồ"), the rest of the text decides.
        if main and main.valid and main.valid >= max(most, before.valid):
            return self.main
        fitting = [script for script, found in scores.items() if self._fits(script, found, before)]
        return max(fitting, key=lambda script: scores[script].valid, default=Script.UNICODE)

    def _fits(self, script: Script, found: _Score, before: _Score) -> bool:
        # A single foreign word in a Unicode line proves nothing.
        enough = found.valid - before.valid >= (1 if script in self.others else _MIN_LINE_WORDS)
        clear = found.valid == found.words or (found.share > 0.7 and found.valid > 2 * before.valid)
        return enough and clear

    def convert(self, line: str) -> str:
        """One line as Unicode."""
        return convert(line, self.script_of(line))


def words_before(text: str, script: Script) -> dict[str, str] | None:
    """Each word of a converted text and what was typed for it; None where two became the same."""
    found: dict[str, str] = {}
    for word in (match[0] for match in _WORD.finditer(text)):
        if found.setdefault(clean(convert(word, script)), word) != word:
            return None
    return found


def as_typed(text: str, words: Mapping[str, str]) -> str:
    """A converted text with its words as they were typed."""
    return _WORD.sub(lambda found: words.get(found[0], found[0]), text)


def _some(lines: Sequence[str]) -> Sequence[str]:
    """Lines from all over a long text, enough to tell what it is typed in."""
    return lines[:: max(1, len(lines) // _SURVEYED)]


@dataclass(frozen=True, slots=True)
class _Score:
    words: int
    valid: int

    @property
    def share(self) -> float:
        return self.valid / self.words if self.words else 0.0


def _score(text: str) -> _Score:
    """How many words with diacritics there are, and how many can be Vietnamese; one letter says nothing."""
    words = [word for word in _words(text) if len(word) > 1 and not word.isascii()]
    return _Score(len(words), sum(1 for word in words if is_syllable(word)))


def _words(text: str) -> Iterable[str]:
    return (found.strip("'’‘`") for found in _WORD.findall(text))


def _tcvn3_word(word: str) -> str:
    """Capitals with tones do not exist in the font: in capitals people typed the small letter."""
    converted = word.translate(TCVN3)
    large = sum(1 for letter in converted if letter.isupper())
    small = sum(1 for letter in word if letter.isascii() and letter.islower())
    return converted.upper() if large > 1 and not small else converted


def _windows_byte(character: str) -> bytes:
    """The byte shown as this character; five bytes have no character and stay themselves."""
    if character in "\x81\x8d\x8f\x90\x9d":
        return bytes([ord(character)])
    return character.encode("cp1252")
