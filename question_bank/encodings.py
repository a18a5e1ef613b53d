"""Bytes to text: UTF-8, UTF-16 and Windows-1258 are told apart by what the bytes can mean."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC with \\n line ends, and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """The text of a file, or None when the bytes are not text in any encoding known here."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    if wide := _utf16_without_bom(data):
        return _strictly(data, wide)
    return _strictly(data, "utf-8") or _windows_1258(data)


def clean(text: str) -> str:
    """NFC, \\n line ends, without byte-order marks, soft hyphens, control characters, half characters."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).translate(_UNSEEN)


def tidy(text: str) -> str:
    """Text as it goes into a question: clean, single blanks, no blanks at the ends of lines."""
    lines = (_BLANKS.sub(" ", line).strip(_ENDS) for line in clean(text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip(_ENDS)


_UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(
    [0x7F, 0xAD, 0x2060, 0xFEFF, *range(0x80, 0xA0), *range(0xD800, 0xE000)]
)
# Word writes a line break inside a paragraph as a vertical tab.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Zero-width joiners mean something inside words of some languages, at the ends they only hide.
_ENDS = " \n\u200b\u200c\u200d"


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # A text with NUL characters, or with many control characters, is something else that happens to decode.
    if "\x00" in text or 50 * len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]):
        return None
    return Decoded(clean(text), encoding)


def _utf16_without_bom(data: bytes) -> str | None:
    """Spaces, digits and line ends make every second byte of real UTF-16 text zero now and then."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 4 * low and high * 8 > len(sample):
        return "utf-16-le"
    if low > 4 * high and low * 8 > len(sample):
        return "utf-16-be"
    return None


def _windows_1258(data: bytes) -> Decoded | None:
    """Windows-1258 writes tones as separate characters, which in real text stand behind a vowel."""
    decoded = _strictly(data, "cp1258")
    if decoded is None:
        return None
    marks = sum(1 for character in decoded.text if unicodedata.combining(character))
    letters = sum(1 for character in decoded.text if ord(character) > 127)
    # After NFC no tone is left over in Vietnamese; a few may be, in a damaged file.
    if marks * 20 > letters or _strange(decoded.text):
        return None
    return decoded


def _strange(text: str) -> bool:
    """Whether many characters are ones that Vietnamese text hardly has (a sign of another encoding)."""
    odd = sum(1 for character in text if ord(character) > 127 and not _usual(character))
    return odd * 5 > sum(1 for character in text if ord(character) > 127)


def _usual(character: str) -> bool:
    base = unicodedata.normalize("NFD", character)[0]
    return base.lower() in "aeiouyđ₫" or character in "“”‘’–—…•«»°§×÷€ \u00a0"
