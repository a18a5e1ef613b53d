"""Pictures that come in files: kept when every browser can show them, whatever their name says."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from question_bank import limits
from question_bank.formats.building import Stated
from question_bank.formats.markup import Picture
from question_bank.pictures import name_of_other
from question_bank.values import Choice, Image

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)
_DATA = re.compile(r"data:[\w/+.-]+;base64,(.*)", re.DOTALL)

# Finds the bytes of a picture by its `src`; None if there are none.
Lookup = Callable[[str], bytes | None]


def image(name: str, data: bytes, alt: str = "") -> Image | None:
    """The picture, or None if it is of a kind that browsers do not show (or that could run scripts)."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or "hinh"
    for beginning, media_type, extension in _BEGINNINGS:
        if data.startswith(beginning):
            return Image(f"{stem}.{extension}", media_type, data, alt[: limits.MAX_TEXT])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Image(f"{stem}.webp", "image/webp", data, alt[: limits.MAX_TEXT])
    return None


def lost(kind: str) -> Image:
    """Stands in a reader for a picture of a kind that cannot be kept, until its question can say so."""
    return Image(kind, "", b"")


def is_lost(picture: Image) -> bool:
    """Whether only the kind of the picture is known."""
    return not picture.media_type


def kept(pictures: Iterable[Image]) -> tuple[Image, ...]:
    """Those that are there: whoever mends a question by hand has been told of the lost ones."""
    return tuple(picture for picture in pictures if not is_lost(picture))


def from_base64(text: str) -> bytes | None:
    """The bytes behind base64 text; None if it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def collect(stated: Stated, pictures: Sequence[Picture], lookup: Lookup, choice: int | None = None) -> None:
    """Add the pictures of the wording, or of a choice, to a question; say which are missing."""
    for picture in pictures:
        inline = _DATA.match(picture.src)
        name = "hinh" if inline else unquote(picture.src.rsplit("/", 1)[-1])
        data = from_base64(inline[1]) if inline else lookup(picture.src)
        found = image(name, data, picture.alt) if data else None
        if found is not None:
            stated.images.append(replace(found, choice=choice))
        elif data:
            stated.note("picture-kind", name=name[:80], kind=name_of_other(data))
        else:
            stated.note("picture-missing", name=name[:80])


def add_choice(stated: Stated, choice: Choice, pictures: Sequence[Picture], lookup: Lookup) -> None:
    """Add a choice with its pictures; one that is only a picture is named after its letter."""
    index = len(stated.choices)
    before = len(stated.images)
    collect(stated, pictures, lookup, index)
    if not choice.text and len(stated.images) > before:
        choice = replace(choice, text=f"Hình {chr(ord('A') + index)}")
    stated.choices.append(choice)
