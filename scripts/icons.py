"""Draw the icons of the installed site from static/img/favicon.svg, whose star is woven of whole squares.

Usage: PYTHONPATH=. .venv/bin/python scripts/icons.py
"""

import re
import struct
import sys
import zlib
from pathlib import Path

from quiz.core.settings import ROOT

IMAGES = ROOT / "static" / "img"
# Name, size, pixels of one square: a whole number, so that every edge is sharp. On a maskable icon the star
# stays within the inner circle of 80 %, whatever shape a phone cuts.
ICONS = (
    ("icon-180.png", 180, 10),
    ("icon-192.png", 192, 12),
    ("icon-512.png", 512, 32),
    ("icon-maskable.png", 512, 24),
)
_SQUARES = 13  # of the star, each way
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
_FILLS = re.compile(r'<path fill="#([0-9a-f]{6})" d="([^"]+)"')


def star(svg: str) -> tuple[bytes, bytes, set[tuple[int, int]]]:
    """Ground, thread, and the squares that the thread covers."""
    (ground, _), (thread, path) = _FILLS.findall(svg)
    squares = {(int(x) + step, int(y)) for x, y, width, _ in _RUN.findall(path) for step in range(int(width))}
    return bytes.fromhex(ground), bytes.fromhex(thread), squares


def draw(svg: str, size: int, square: int) -> bytes:
    """The star in the middle of its ground, as a PNG of three bytes a pixel."""
    ground, thread, squares = star(svg)
    edge = (size - square * _SQUARES) // 2
    rows = []
    for y in range(size):
        row = (y - edge) // square
        line = b"".join(thread if ((x - edge) // square, row) in squares else ground for x in range(size))
        rows.append(b"\0" + line)
    return png(size, b"".join(rows))


def png(size: int, lines: bytes) -> bytes:
    """The file around the pixels."""
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def main() -> int:
    """Write all of them."""
    svg = (IMAGES / "favicon.svg").read_text(encoding="utf-8")
    for name, size, square in ICONS:
        Path(IMAGES / name).write_bytes(draw(svg, size, square))
    return 0


if __name__ == "__main__":
    sys.exit(main())
