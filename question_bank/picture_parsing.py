"""The four kinds of pictures that every browser shows, taken apart by their own rules.

Each parser finds the size and leaves out what tells of people or places: camera, position, author, comments,
and whatever was put behind the picture's end. Nothing is decompressed.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class Damaged(ValueError):
    """The bytes end too soon or contradict themselves."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The size as shown, the bytes that are kept, and whether the picture moves."""

    width: int
    height: int
    data: bytes
    moves: bool = False


def parse_png(data: bytes) -> Parsed:
    """Chunks between signature and end; texts, times and Exif go."""
    kept, size, moves = [data[:8]], (0, 0), False
    for kind, whole in _png_chunks(data):
        if kind == b"IHDR":
            size = _pair(">II", whole[8:16])
        moves = moves or kind == b"acTL"
        if kind in _PNG_KEPT:
            kept.append(whole)
        if kind == b"IEND":
            return Parsed(*size, b"".join(kept), moves)
    raise Damaged("png")


_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end > len(data) or (at == 8) != (kind == b"IHDR") or (kind == b"IHDR" and end != 33):
            raise Damaged("png")
        yield kind, data[at:end]
        at = end


def parse_jpeg(data: bytes) -> Parsed:
    """Segments up to the end of the image; of Exif only how the picture is turned remains."""
    kept, size, turned = [data[:2]], None, 1
    at = 2
    while True:
        marker, end = _jpeg_segment(data, at)
        whole = data[at:end]
        if marker == 0xD9:
            break
        if marker in _JPEG_FRAMES:
            height, width = _pair(">HH", _exactly(whole, 5, 9))
            size = (width, height)
        if marker == 0xE1 and whole[4:10] == b"Exif\0\0":
            turned = _orientation(whole[10:])
        elif marker not in _JPEG_TELLING and not (marker == 0xE2 and whole[4:16] != b"ICC_PROFILE\0"):
            kept.append(whole)
        if marker == 0xDA:
            after = _end_of_scan(data, end)
            kept.append(data[end:after])
            end = after
        at = end
    if size is None or 0 in size:
        raise Damaged("jpeg")
    if 2 <= turned <= 8:
        kept.insert(1, _turned_segment(turned))
    width, height = reversed(size) if 5 <= turned <= 8 else size
    return Parsed(width, height, b"".join((*kept, b"\xff\xd9")))


_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Comments and the applications' own segments; 0xE0 is JFIF, 0xE2 may be a profile, 0xEE is Adobe's colours.
_JPEG_TELLING = frozenset((0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF))


def _jpeg_segment(data: bytes, at: int) -> tuple[int, int]:
    """The marker at a place and where its segment ends."""
    while data[at : at + 2] == b"\xff\xff":
        at += 1  # fill bytes
    if data[at : at + 1] != b"\xff" or at + 2 > len(data):
        raise Damaged("jpeg")
    marker = data[at + 1]
    if marker in (0x01, 0xD8, 0xD9) or 0xD0 <= marker <= 0xD7:
        return marker, at + 2
    length = int.from_bytes(_exactly(data, at + 2, at + 4), "big")
    if length < 2 or at + 2 + length > len(data):
        raise Damaged("jpeg")
    return marker, at + 2 + length


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the compressed lines end: at the next marker that is no stuffing and no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Damaged("jpeg")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0x00 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _orientation(exif: bytes) -> int:
    """How the camera was held (1–8); 1 where Exif does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for place in range(start + 2, start + 2 + 12 * min(count, 200), 12):
            tag, kind = struct.unpack_from(f"{order}HH", exif, place)
            if (tag, kind) == (0x0112, 3):
                return int(struct.unpack_from(f"{order}H", exif, place + 8)[0])
    except struct.error:
        pass
    return 1


def _turned_segment(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def parse_gif(data: bytes) -> Parsed:
    """Blocks up to the trailer; comments and applications' blocks go."""
    width, height, flags = struct.unpack("<HHB", _exactly(data, 6, 11))
    at = 13 + _gif_colours(flags)
    kept, frames = [_exactly(data, 0, at)], 0
    while data[at : at + 1] != b"\x3b":
        if data[at : at + 1] == b"\x21":
            end = _gif_sub_blocks(data, at + 2)
            if data[at + 1] == 0xF9:
                kept.append(data[at:end])
        elif data[at : at + 1] == b"\x2c":
            frames += 1
            right, bottom = _gif_frame(_exactly(data, at, at + 10))
            width, height = max(width, right), max(height, bottom)
            end = _gif_sub_blocks(data, at + 11 + _gif_colours(data[at + 9]))
            kept.append(data[at:end])
        else:
            raise Damaged("gif")
        at = end
    if not frames:
        raise Damaged("gif")
    return Parsed(width, height, b"".join((*kept, b"\x3b")), moves=frames > 1)


def _gif_colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_frame(block: bytes) -> tuple[int, int]:
    left, top, width, height = struct.unpack("<HHHH", block[1:9])
    return left + width, top + height


def _gif_sub_blocks(data: bytes, at: int) -> int:
    while True:
        (length,) = _exactly(data, at, at + 1)
        at += 1 + length
        if not length:
            return at


def parse_webp(data: bytes) -> Parsed:
    """Chunks of the container; Exif and XMP go."""
    kept, size, moves = [], (0, 0), False
    for kind, body in _webp_chunks(data):
        if kind == b"VP8X" and len(body) == 10:
            moves = bool(body[0] & 0x02)
            size = (1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
            body = bytes((body[0] & ~0x0C,)) + body[1:]  # neither Exif nor XMP follows any more
        elif kind == b"VP8 " and size == (0, 0) and body[3:6] == b"\x9d\x01\x2a":
            width, height = _pair("<HH", _exactly(body, 6, 10))
            size = (width & 0x3FFF, height & 0x3FFF)
        elif kind == b"VP8L" and size == (0, 0) and body[:1] == b"\x2f":
            bits = int.from_bytes(_exactly(body, 1, 5), "little")
            size = (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        if kind in (b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"):
            kept.append(kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2))
    if not moves and not any(chunk[:4] in (b"VP8 ", b"VP8L") for chunk in kept):
        raise Damaged("webp")
    inside = b"WEBP" + b"".join(kept)
    return Parsed(*size, b"RIFF" + struct.pack("<I", len(inside)) + inside, moves)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = 8 + int.from_bytes(_exactly(data, 4, 8), "little")
    if end > len(data):
        raise Damaged("webp")
    at = 12
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > end:
            raise Damaged("webp")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _pair(form: str, data: bytes) -> tuple[int, int]:
    first, second = struct.unpack(form, data)
    return first, second


def _exactly(data: bytes, start: int, end: int) -> bytes:
    part = data[start:end]
    if len(part) != end - start:
        raise Damaged("short")
    return part


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A kind of picture: how it begins, its media type and extension, and what reads it."""

    beginning: bytes
    media_type: str
    extension: str
    parse: Callable[[bytes], Parsed]


KINDS = (
    PictureKind(b"\x89PNG\r\n\x1a\n", "image/png", "png", parse_png),
    PictureKind(b"\xff\xd8\xff", "image/jpeg", "jpg", parse_jpeg),
    PictureKind(b"GIF87a", "image/gif", "gif", parse_gif),
    PictureKind(b"GIF89a", "image/gif", "gif", parse_gif),
    PictureKind(b"RIFF", "image/webp", "webp", parse_webp),
)


def kind_of(data: bytes) -> PictureKind | None:
    """The kind that the bytes begin like, or None."""
    found = next((kind for kind in KINDS if data.startswith(kind.beginning)), None)
    return None if found and found.extension == "webp" and data[8:12] != b"WEBP" else found
