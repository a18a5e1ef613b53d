"""How near two names, two birth dates or two numbers are. Pure.

Names and dates are judged as people mistype them on purpose or by accident: a letter more or less, a middle
name left out, day and month exchanged, one digit off.
"""

import unicodedata
from collections.abc import Callable
from datetime import date

from rapidfuzz.distance import OSA

from quiz.vetting.values import Entrant, Signal

_LONG_ENOUGH = 6  # letters; one letter off in a shorter name is another name


def name_nearness(one: Entrant, other: Entrant, is_own_name: Callable[[str], bool]) -> Signal | None:
    """How alike two names are, None for different ones.

    `is_own_name` says of a word that many people bear it: Lan and Loan are two names, Lan and Lann are one.
    """
    a, b = one.name_key, other.name_key
    if a == b:
        return Signal.NAME_MARKS if _differ_in_marks(one.name, other.name) else Signal.NAME_SAME
    words_a, words_b = a.split(), b.split()
    if sorted(words_a) == sorted(words_b):
        return Signal.NAME_ORDER
    if _is_slip(a, b) and not _are_own_names(words_a, words_b, is_own_name):
        return Signal.NAME_SLIP
    if _leaves_out(words_a, words_b) or _leaves_out(words_b, words_a):
        return Signal.NAME_PART
    return None


def birth_nearness(one: date | None, other: date | None) -> Signal | None:
    """How alike two birth dates are, None for different ones.

    1 January stands for a year whose day is not known or not asked for: another year is another person.
    """
    if one is None or other is None:
        return None
    if (one.month, one.day) == (other.month, other.day) == (1, 1):
        return Signal.BIRTH_YEAR if one == other else None
    if one == other:
        return Signal.BIRTH_SAME
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Signal.BIRTH_SWAPPED
    parts = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    different = [f"{a:04}{b:04}" for a, b in parts if a != b]
    if len(different) > 1:
        return None
    return Signal.BIRTH_SLIP if one_digit_apart(different[0][:4], different[0][4:]) else Signal.BIRTH_PART


def one_digit_apart(one: str, other: str) -> bool:
    """Whether exactly one digit differs, or two neighbours changed places."""
    if len(one) != len(other):
        return False
    off = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(off) == 1:
        return True
    if len(off) != 2 or off[1] != off[0] + 1:
        return False
    return one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]


def _differ_in_marks(one: str, other: str) -> bool:
    """Both were typed with diacritics, and not the same ones; where the tone stands does not matter."""
    marks = [_marked(name) for name in (one, other)]
    return all(marks) and marks[0] != marks[1]


def _marked(name: str) -> tuple[tuple[str, ...], ...]:
    """The marks of each word, those of tone and letter together; empty for a name typed without any."""
    words = []
    for word in unicodedata.normalize("NFD", name.casefold()).split():
        marks = [c for c in word if unicodedata.combining(c)] + ["đ"] * word.count("đ")
        words.append(tuple(sorted(marks)))
    return tuple(words) if any(words) else ()


def _is_slip(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _LONG_ENOUGH and OSA.distance(a, b, score_cutoff=1) == 1


def _are_own_names(words_a: list[str], words_b: list[str], is_own_name: Callable[[str], bool]) -> bool:
    """Whether the words that differ are each a name that others bear too."""
    differing = [word for word in words_a if word not in words_b] + [
        word for word in words_b if word not in words_a
    ]
    return bool(differing) and all(is_own_name(word) for word in differing)


def _leaves_out(short: list[str], long: list[str]) -> bool:
    """A middle name is missing: first and last word are there, and nothing else stands in between."""
    if not 2 <= len(short) < len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(word in rest for word in short)
