"""What a line can begin with. Each function looks at one line only; meaning comes from the lines around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LETTERS = "ABCDEFGH"
# Vietnamese lists go a, b, c, d, đ, e, g, h.
VIETNAMESE_LETTERS = "ABCDĐEGH"

_STAR = r"(?:\*+\s*|\[\s*[xX]?\s*\]\s*)?"
_STRONG = re.compile(
    rf"\s*{_STAR}(?:câu\s*hỏi|cau\s*hoi|c[âa]u|question|quest|q)\s*(?:số\s*)?(?:(?P<major>\d{{1,2}})\.(?=\d{{1,3}}\s*[.:)]))?(?P<number>\d{{1,5}})"
    r"(?P<close>(?:\s*[\(\[][^)\]]{1,40}[)\]])?\s*[.:)\]/–—-]+|(?=\s*[\(\[])|\s*$|\s+(?=\S))\s*",
    re.IGNORECASE,
)
_WEAK = re.compile(rf"\s*{_STAR}(?P<number>\d{{1,5}})\s*(?:(?P<close>[.:/–—-])(?!\d)|\.?\))\s*(?=\S|$)")
_BRACKET = re.compile(r"\s*[\(\[<{]([^)\]>}]{1,40})[)\]>}]\s*[.:]?\s*")
_POINTS = re.compile(r"\d+(?:[.,]\d+)?\s*(?:điểm|đ|points?|pts?)\.?", re.IGNORECASE)
_LEVELS = {
    "nb": "Nhận biết",
    "th": "Thông hiểu",
    "vd": "Vận dụng",
    "vdt": "Vận dụng",
    "vdc": "Vận dụng cao",
}
_LEVEL_WORDS = re.compile(
    r"nhận biết|thông hiểu|vận dụng(?: thấp| cao)?|(?:rất )?dễ|(?:rất )?khó|trung bình|vừa|mức(?: độ)? \d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number; `strong` when a word such as "Câu" says that it is a question.

    `major` is the 2 of "Câu 2.5.", where parts are numbered too.
    """

    number: int
    end: int
    strong: bool
    level: str | None = None
    major: int = 0


def numbered(text: str) -> Numbered | None:
    """The question number at the beginning of a line, if there is one."""
    match = _STRONG.match(text)
    if match and (match["close"].strip() or _may_follow(text[match.end() :])):
        level, end = _after_number(text, match.start("close"), match.end())
        return Numbered(int(match["number"]), end, strong=True, level=level, major=int(match["major"] or 0))
    match = _WEAK.match(text)
    if match is None:
        return None
    level, end = _after_number(text, match.end(), match.end())
    return Numbered(int(match["number"]), end, strong=False, level=level)


def _may_follow(rest: str) -> bool:
    """Without a full stop or colon behind the number a sentence has to begin there."""
    first = rest[:1]
    return not first or first.isupper() or first in "\"“'‘([…"


def _after_number(text: str, close: int, end: int) -> tuple[str | None, int]:
    """Level and points in brackets, before or behind the full stop, belong to the number."""
    level = None
    for start in (close, end):
        while bracket := _BRACKET.match(text, start):
            found = level_named(bracket[1])
            if found is None and not _POINTS.fullmatch(bracket[1].strip()):
                break
            level, start, end = found or level, bracket.end(), max(end, bracket.end())
    return level, end


def level_named(text: str) -> str | None:
    """The level that a short word such as "NB" or "Vận dụng cao" names."""
    bare = " ".join(text.split()).strip(" .:")
    if bare.lower() in _LEVELS:
        return _LEVELS[bare.lower()]
    return bare if _LEVEL_WORDS.fullmatch(bare) else None


_MARK = r"\*+|\[\s*[xX*✓✔]\s*\]|[☑☒✓✔√]|[xX](?=\s+[\(\[]?[A-HĐ]\s*[.)])"
_NO_MARK = r"\[\s*\]|☐|□"
_CHOICE = re.compile(
    rf"\s*(?:(?P<mark>{_MARK})|{_NO_MARK})?\s*[(\[{{]?(?P<letter>[A-HĐa-hđ])\s?(?P<inner>\*)?\s?"
    r"(?:[.)\]}]+[.:,]?|[:/](?=\s|\S{2})|\s?[–—-](?=\s|\w))\s*"
)
_BARE_CHOICE = re.compile(r"\s*(?P<letter>[A-HĐa-hđ])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Lettered:
    """A choice letter: where it and the tick or bracket before it begin (`start`), where the letter stands
    (`at`), and where its text begins (`end`)."""

    letter: str
    start: int
    at: int
    end: int
    marked: bool
    small: bool


def lettered(text: str, start: int = 0) -> Lettered | None:
    """The choice letter at `start` of a line, if one stands there."""
    return _lettered(_CHOICE.match(text, start))


def bare_letter(text: str) -> Lettered | None:
    """A letter with only a blank behind it ("c 1898"); whether it is one has to be clear from the others."""
    return _lettered(_BARE_CHOICE.match(text))


def _lettered(match: re.Match[str] | None) -> Lettered | None:
    if match is None:
        return None
    groups = match.groupdict()
    letter = match["letter"]
    marked = bool(groups.get("mark") or groups.get("inner"))
    return Lettered(
        letter.upper(), match.start(), match.start("letter"), match.end(), marked, letter.islower()
    )


def letter_inside(text: str, letter: str, start: int, *, wide: bool = False) -> Lettered | None:
    """The next place behind `start` where this choice letter stands inside a line, behind a gap if `wide`."""
    for found in _inside(letter).finditer(text, start):
        match = lettered(text, found.start())
        if match and match.letter == letter and _stands_apart(text, found.start(), match, wide=wide):
            # "Vitamin B. B. Vitamin C.": the first is the end of the choice before.
            again = lettered(text, match.end)
            return again if again and again.letter == letter else match
    return None


@lru_cache(maxsize=len(VIETNAMESE_LETTERS) + len(LETTERS))
def _inside(letter: str) -> re.Pattern[str]:
    either = f"[{letter}{letter.lower()}]"
    return re.compile(rf"(?<![^\s;,.?!:…])(?=(?:(?:{_MARK})\s*)?[(\[{{]?{either}\s?\*?\s?[.)\]:/–—-])")


def _stands_apart(text: str, at: int, match: Lettered, *, wide: bool) -> bool:
    """`B.` behind a blank; "b-" or "C:" only where a wide gap or a bracket makes it plain."""
    if at == 0 or text[at - 1] == "\t" or (at > 1 and text[at - 2 : at].isspace()):
        return True
    sign = text[match.at + 1 : match.end].strip()[:1]
    return not wide and sign in (".", ")", "]")
