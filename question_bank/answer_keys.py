"""What a key such as `C`, `A, C`, `3`, `AC` or the text of a choice points at.

Every reading of a key is tried. Two readings that disagree are never decided here: the organiser is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.folding import fold, loose_key

LETTERS = "ABCDEFGH"

# “Đáp án: C”, “Phương án C”, “Câu C”, “Answer: C”
_LEAD = re.compile(
    r"^\s*(?:đáp\s*án(?:\s*đúng)?(?:\s*là)?|đ/?a|phương\s*án(?:\s*đúng)?(?:\s*là)?|lựa\s*chọn|trả\s*lời"
    r"|chọn|câu|ý|answer|option|choice|correct)\s*[:=.\-–]?\s+(?=\S)|^\s*(?:đáp\s*án|answer)\s*[:=]\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;/&+|\n]|\bvà\b|\band\b)\s*|\s+", re.IGNORECASE)
_ONE_LETTER = re.compile(r"^[(\[]?([A-Ha-h])[)\].:]?$")
_ONE_NUMBER = re.compile(r"^[(\[]?([1-8])(?:\.0+)?[)\].:]?$")
_LETTER_RUN = re.compile(r"^[A-H]{2,8}$|^[a-h]{2,8}$")
_LETTER_AND_TEXT = re.compile(r"^[(\[]?([A-Ha-h])\s*[)\].:\-–]\s*(\S.*)$", re.DOTALL)
_NUMBER_AND_TEXT = re.compile(r"^[(\[]?([1-8])\s*[)\]:]\s*(\S.*)$", re.DOTALL)

# D and F are missing on purpose: they are letters of choices.
_TRUE = frozenset({"dung", "true", "t", "yes", "co", "right"})
_FALSE = frozenset({"sai", "false", "s", "no", "khong", "wrong"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """`correct` if the key is clear; otherwise `trouble` is the code of a problem.

    That is "no-key", "unknown-key", "ambiguous-key" or "two-keys"; `readings` are what it may mean.
    """

    correct: tuple[int, ...] = ()
    trouble: str | None = None
    readings: tuple[tuple[int, ...], ...] = ()


def read_key(key: str, choices: Sequence[str], *, letters_only: bool = False) -> Verdict:
    """Which of the choices (by 0-based index) a key means.

    `letters_only` is for files that declare it, where a choice may itself read "B".
    """
    text = unicodedata.normalize("NFC", key).strip()
    if not text:
        return Verdict(trouble="no-key")
    if letters_only:
        marked = _by_marks(text, len(choices)) or _by_run(text, len(choices))
        return Verdict(correct=marked, readings=(marked,)) if marked else Verdict(trouble="unknown-key")
    readings = _readings(text, choices)
    bare = _LEAD.sub("", text)
    if not readings and bare != text:
        readings = _readings(bare, choices)
    if contradiction := _letter_against_text(bare, choices):
        return Verdict(trouble="two-keys", readings=contradiction)
    if not readings:
        return Verdict(trouble="unknown-key")
    if len(readings) > 1:
        return Verdict(trouble="ambiguous-key", readings=readings)
    return Verdict(correct=readings[0], readings=readings)


def is_true(text: str) -> bool | None:
    """Whether a cell says "right" or "wrong", in the words organisers use; None if neither."""
    folded, stripped = fold(text), text.strip()
    if folded in _TRUE or stripped in ("1", "Đ", "đ"):
        return True
    if folded in _FALSE or stripped == "0":
        return False
    return None


def letters(indexes: Sequence[int]) -> str:
    """(0, 2) → `A, C`"""
    return ", ".join(LETTERS[index] for index in indexes)


def _readings(text: str, choices: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """All different sets of choices that the key may mean."""
    found = {
        reading
        for reading in (
            _by_text(text, choices),
            _by_marks(text, len(choices)),
            _by_run(text, len(choices)),
            _by_letter_and_text(text, choices),
            _by_truth(text, choices),
        )
        if reading
    }
    return tuple(sorted(found))


def _by_text(text: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    exact = tuple(index for index, choice in enumerate(choices) if choice.strip() == text)
    if len(exact) == 1:
        return exact
    wanted = loose_key(text)
    loose = tuple(index for index, choice in enumerate(choices) if loose_key(choice) == wanted)
    if len(loose) == 1:
        return loose
    return _by_several_texts(text, choices)


def _by_several_texts(text: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """“Hà Nội; Huế”: every part has to be a choice."""
    parts = [part for part in re.split(r"[;\n|]", text) if part.strip()]
    if len(parts) < 2:
        return None
    keys = [loose_key(choice) for choice in choices]
    wanted = [loose_key(part) for part in parts]
    if any(keys.count(part) != 1 for part in wanted):
        return None
    return tuple(sorted({keys.index(part) for part in wanted}))


def _by_marks(text: str, count: int) -> tuple[int, ...] | None:
    """`C`, `(c)`, `3.0`, `A, C`, `1;3`, `A và C`: letters or numbers, never a mixture."""
    parts = [part for part in _BETWEEN.split(text) if part]
    found: list[int] = []
    for pattern, base in ((_ONE_LETTER, ord("A")), (_ONE_NUMBER, ord("1"))):
        marks = [pattern.match(part) for part in parts]
        if all(marks):
            found = [ord(mark[1].upper()) - base for mark in marks if mark]
    return _within(found, count)


def _by_run(text: str, count: int) -> tuple[int, ...] | None:
    """`AC`: all capital or all small, no letter twice."""
    if not _LETTER_RUN.match(text):
        return None
    return _within([ord(letter) - ord("A") for letter in text.upper()], count)


def _by_letter_and_text(text: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """`C. Hà Nội`, `3) Hà Nội`; what stands behind the letter has to be that choice."""
    for pattern, base in ((_LETTER_AND_TEXT, ord("A")), (_NUMBER_AND_TEXT, ord("1"))):
        if match := pattern.match(text):
            index = ord(match[1].upper()) - base
            if index < len(choices) and loose_key(choices[index]) == loose_key(match[2]):
                return (index,)
    return None


def _letter_against_text(text: str, choices: Sequence[str]) -> tuple[tuple[int, ...], ...] | None:
    """`C. Hà Nội` where Hà Nội is choice B: the two contradict each other."""
    match = _LETTER_AND_TEXT.match(text)
    if not match:
        return None
    named = ord(match[1].upper()) - ord("A")
    written = [index for index, choice in enumerate(choices) if loose_key(choice) == loose_key(match[2])]
    if named < len(choices) and written and named not in written:
        return ((named,), tuple(written))
    return None


def _by_truth(text: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """`TRUE` or `Đ` for a question whose two choices are Đúng and Sai."""
    said = is_true(text)
    if said is None or len(choices) != 2:
        return None
    offered = [is_true(choice) for choice in choices]
    return (offered.index(said),) if sorted(map(str, offered)) == ["False", "True"] else None


def _within(found: Sequence[int], count: int) -> tuple[int, ...] | None:
    """The indexes in order, or None when there is none, one twice or one too high."""
    if not found or len(set(found)) != len(found) or max(found) >= count:
        return None
    return tuple(sorted(found))
