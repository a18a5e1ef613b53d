"""Pictures of pages made small: the same colours, a palette."""

import struct
import zlib

import pytest

from scripts.small_png import shrink

_LINES = [
    [(0, 0, 0), (250, 10, 10), (250, 10, 10)],
    [(0, 0, 0), (20, 200, 30), (250, 10, 10)],
    [(90, 90, 90), (20, 200, 30), (0, 0, 0)],
    [(90, 90, 90), (90, 90, 90), (250, 10, 10)],
    [(20, 200, 30), (0, 0, 0), (90, 90, 90)],
]


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _picture(depth=8):
    """Five lines, each written down in another of the five ways."""
    flat = [[part for colour in line for part in colour] for line in _LINES]
    packed = b""
    for way, line in enumerate(flat):
        above = flat[way - 1] if way else [0] * 9
        packed += bytes([way])
        for place, value in enumerate(line):
            left = line[place - 3] if place >= 3 else 0
            corner = above[place - 3] if place >= 3 else 0
            up = above[place]
            nearest = min((left, up, corner), key=lambda one, sum_=left + up - corner: abs(sum_ - one))
            packed += bytes([(value - (0, left, up, (left + up) // 2, nearest)[way]) & 255])
    header = struct.pack(">IIBBBBB", 3, 5, depth, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(packed)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_every_pixel_keeps_its_colour():
    small = shrink(_picture())
    at = small.index(b"PLTE")
    (size,) = struct.unpack(">I", small[at - 4 : at])
    palette = [tuple(small[at + 4 + place : at + 7 + place]) for place in range(0, size, 3)]
    at = small.index(b"IDAT")
    (size,) = struct.unpack(">I", small[at - 4 : at])
    lines = zlib.decompress(small[at + 4 : at + 4 + size])
    assert small[24:26] == b"\x08\x03"
    assert [[palette[one] for one in lines[row * 4 + 1 : row * 4 + 4]] for row in range(5)] == _LINES


def test_a_picture_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="as browsers take"):
        shrink(_picture(depth=16))
