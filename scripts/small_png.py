"""Make a picture of a page small: 256 colours in a palette, which is what flat pages need."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256
_ALIKE = 10  # colours that differ by less over all channels become one
Colour = tuple[int, int, int]


def shrink(data: bytes) -> bytes:
    """The picture (eight bits, RGB or RGBA, not interlaced, as browsers take them) with a palette."""
    width, height, channels, packed = _read(data)
    raw = b"".join(_rows(zlib.decompress(packed), width * channels, channels))
    pixels = list(zip(raw[0::channels], raw[1::channels], raw[2::channels], strict=True))
    counted = Counter(pixels)
    palette = _palette(counted)
    place = {colour: _nearest(colour, palette) for colour in counted}
    flat = bytes(place[pixel] for pixel in pixels)
    lines = b"".join(b"\0" + flat[at : at + width] for at in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette))
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _read(data: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, channels and the packed lines. Raises ValueError for a picture of another kind."""
    width, height, depth, kind, _packing, _filter, is_laced = struct.unpack(">IIBBBBB", data[16:29])
    if (depth, is_laced) != (8, 0) or kind not in (2, 6):
        raise ValueError("not a picture as browsers take them")
    packed, at = b"", len(_SIGNATURE)
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    return width, height, 3 if kind == 2 else 4, packed


def _rows(data: bytes, size: int, step: int) -> Iterator[bytes]:
    """The lines as they are shown: each says by its first byte how it was written down."""
    above = bytearray(size)
    for at in range(0, len(data), size + 1):
        way, row = data[at], bytearray(data[at + 1 : at + 1 + size])
        for place in range(size if way else 0):
            left = row[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            row[place] = (row[place] + _guess(way, left, above[place], corner)) & 255
        yield bytes(row)
        above = row


def _guess(way: int, left: int, up: int, corner: int) -> int:
    if way == 1:
        return left
    if way == 2:
        return up
    if way == 3:
        return (left + up) // 2
    by_left, by_up, by_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if by_left <= by_up and by_left <= by_corner:
        return left
    return up if by_up <= by_corner else corner


def _palette(counted: Counter[Colour]) -> list[Colour]:
    """The most frequent colours that are not alike."""
    chosen: list[Colour] = []
    for colour, _count in counted.most_common():
        if len(chosen) == _COLOURS:
            break
        if all(_distance(colour, other) >= _ALIKE for other in chosen):
            chosen.append(colour)
    return chosen


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    return min(range(len(palette)), key=lambda place: _distance(colour, palette[place]))


def _distance(one: Colour, other: Colour) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
