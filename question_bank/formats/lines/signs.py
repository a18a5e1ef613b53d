"""Signs of the right choice on the choices themselves: ticks, and emphasis that sets some of them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.formats.lines.choices import Option
from question_bank.formats.lines.model import ATTRIBUTES, Piece, uniform

# A large X is a Roman number: "Đại hội X", "(X)".
_TICK_BEFORE = re.compile(r"\s*(?:\*+|\[\s*[xX*✓✔]\s*\]|\(\s*[x*✓✔]\s*\)|[☑☒✓✔√])\s*")
_NO_TICK_BEFORE = re.compile(r"\s*(?:\[\s*\]|[☐□])\s*")
_TICK_BEHIND = re.compile(
    r"\s*(?:\*+|\[\s*[xX*✓✔]\s*\]|\(\s*[x*✓✔]\s*\)|[☑☒✓✔√]|<--?|←|\sx"
    r"|[(\[]\s*(?i:đúng|đáp án(?: đúng)?|correct|true)\s*[)\]])\s*$"
)

HOW = {
    "bold": "in đậm",
    "underline": "gạch chân",
    "colour": "tô màu chữ",
    "highlight": "tô nền",
    "italic": "in nghiêng",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """Choices set apart by one attribute."""

    attribute: str
    choices: tuple[int, ...]


def take_ticks(options: Sequence[Option]) -> tuple[list[Option], tuple[int, ...]]:
    """The choices without their ticks, and which of them were ticked."""
    found = [_without_tick(option) for option in options]
    ticked = tuple(index for index, option in enumerate(found) if option.ticked)
    # A star behind every choice is decoration.
    return found, ticked if len(ticked) < len(found) else ()


def ticked_text(text: str) -> bool:
    """Whether a text of a choice begins or ends with what reads as a tick."""
    return any(pattern.match(text) for pattern in (_TICK_BEFORE, _NO_TICK_BEFORE)) or bool(
        _TICK_BEHIND.search(text)
    )


def _without_tick(option: Option) -> Option:
    if not option.pieces:
        return option
    first, ticked = option.pieces[0], option.ticked
    before = _TICK_BEFORE.match(first.text) or _NO_TICK_BEFORE.match(first.text)
    if before and before.end() < len(first.text):
        ticked = ticked or _TICK_BEFORE.match(first.text) is not None
        first = replace(first, start=first.start + before.end())
    pieces = (first, *option.pieces[1:])
    last = pieces[-1]
    behind = _TICK_BEHIND.search(last.text)
    if behind and behind.start() > 0:
        ticked = True
        pieces = (*pieces[:-1], replace(last, end=last.start + behind.start()))
    return replace(option, pieces=pieces, ticked=ticked)


def looks(options: Sequence[Option]) -> list[Looks]:
    """What sets some choices apart from the others: on the whole choice, or on its letter."""
    found: list[Looks] = []
    for attribute in ATTRIBUTES:
        texts = _set_apart([uniform(option.pieces, attribute) for option in options])
        letters = _set_apart([_letter_value(option.letter, attribute) for option in options])
        # Where one choice is set apart, its letter usually is too; one that differs is a second sign.
        found += [Looks(attribute, choices) for choices in dict.fromkeys(filter(None, (texts, letters)))]
    return found


def _letter_value(letter: Piece | None, attribute: str) -> str:
    return uniform((letter,), attribute) if letter else ""


def _set_apart(values: Sequence[str]) -> tuple[int, ...]:
    """The choices that differ: from plain ones, or one from all the others."""
    kinds = set(values)
    if len(kinds) < 2:
        return ()
    if "" in kinds:
        return tuple(index for index, value in enumerate(values) if value)
    single = [index for index, value in enumerate(values) if values.count(value) == 1]
    # All are coloured, one of them in another colour.
    return (
        (single[0],)
        if len(kinds) == 2 and len(single) == 1 and len(values) > 2
        else tuple(range(len(values)))
    )
