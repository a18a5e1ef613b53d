"""Where two wordings differ, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*\S+")
_MOST = 400  # words; longer texts are shown without marks


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that the other wording has too, or has not."""

    text: str
    differs: bool


def differences(a: str, b: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings in pieces, with what the other lacks marked."""
    left, right = _WORDS.findall(a), _WORDS.findall(b)
    if len(left) > _MOST or len(right) > _MOST:
        return (Piece(a, False),), (Piece(b, False),)
    matcher = SequenceMatcher(
        None, [word.strip().casefold() for word in left], [word.strip().casefold() for word in right], False
    )
    codes = matcher.get_opcodes()
    return (
        tuple(_pieces(left, ((tag, i1, i2) for tag, i1, i2, _, _ in codes))),
        tuple(_pieces(right, ((tag, j1, j2) for tag, _, _, j1, j2 in codes))),
    )


def _pieces(words: list[str], spans: Iterator[tuple[str, int, int]]) -> Iterator[Piece]:
    for tag, start, end in spans:
        if start < end:
            yield Piece("".join(words[start:end]), tag != "equal")
