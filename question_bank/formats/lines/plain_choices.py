"""Choices that have no letters: numbers, bullets, tick boxes, or nothing but a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from question_bank.formats.lines.choices import Cut, Option
from question_bank.formats.lines.markers import numbered
from question_bank.formats.lines.model import Piece
from question_bank.values import MAX_CHOICES, MIN_CHOICES

_BULLET = re.compile(r"\s*[-–—•▪●○◦o+·](?:\s+|(?=[A-ZĐÀ-Ỹ\d]))")
_BOX = re.compile(r"\s*(?:\[\s*(?P<tick>[xX*✓✔]?)\s*\]|(?P<full>[☑☒✓✔√])|☐|□)\s*")
_STEM_ENDS = ("?", ":", "…", "...", "là", "là:")


def cut_without_letters(pieces: Sequence[Piece]) -> Cut:
    """Cut at numbers 1, 2, 3, at bullets or boxes, or at the lines below "…?"; no options if none fits."""
    options = _by_boxes(pieces) or _by_numbers(pieces) or _by_bullets(pieces) or _by_lines(pieces)
    if not MIN_CHOICES <= len(options) <= MAX_CHOICES:
        return Cut(list(pieces), lettered=False)
    count = sum(len(option.pieces) for option in options)
    return Cut(list(pieces[: len(pieces) - count]), options, lettered=False)


def _by_numbers(pieces: Sequence[Piece]) -> list[Option]:
    """The lines 1, 2, 3 … with which the question ends; they stand where letters were lost."""
    marks = [numbered(piece.text) if piece.start == 0 else None for piece in pieces]
    begin = next(
        (index for index in range(len(marks) - 1, 0, -1) if (mark := marks[index]) and mark.number == 1), 0
    )
    if not begin:
        return []
    options: list[Option] = []
    for piece, mark in zip(pieces[begin:], marks[begin:], strict=True):
        if mark is None or mark.strong or mark.number != len(options) + 1:
            return []
        options.append(_option(piece, mark.end))
    return options


def _by_bullets(pieces: Sequence[Piece]) -> list[Option]:
    found: list[Option] = []
    for piece in reversed(pieces[1:]):
        bullet = _BULLET.match(piece.text)
        if bullet is None:
            break
        found.insert(0, _option(piece, piece.start + bullet.end()))
    return found if len(found) >= MIN_CHOICES else []


def _by_boxes(pieces: Sequence[Piece]) -> list[Option]:
    found: list[Option] = []
    for piece in reversed(pieces[1:]):
        box = _BOX.match(piece.text)
        if box is None:
            break
        ticked = bool(box["tick"] or box["full"])
        found.insert(0, _option(piece, piece.start + box.end(), ticked=ticked))
    return found if len(found) >= MIN_CHOICES else []


def _by_lines(pieces: Sequence[Piece]) -> list[Option]:
    """A wording that ends with its own line, and one line for each choice below it."""
    if not pieces or not pieces[0].text.strip():
        pieces = pieces[1:]
    if not pieces or not pieces[0].text.rstrip().endswith(_STEM_ENDS):
        return []
    below = [piece for piece in pieces[1:] if piece.text.strip()]
    return [_option(piece, piece.start) for piece in below]


def _option(piece: Piece, start: int, *, ticked: bool = False) -> Option:
    return Option("", None, (Piece(piece.line, start, piece.end),), ticked)
