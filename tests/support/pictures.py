"""Small pictures of every kind, and what people put into them without knowing."""

import base64
import struct
import zlib

SECRET = b"GPS 21.3270 N 103.9140 E"

# 6 x 4 pixels each, the left half red.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7"
    "gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
    "fHx8fHx8fHz/wAARCAAEAAYDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAYEAEAAwEAAAAAAAAAAAAAAAAAAQQz"
    "cv/EABUBAQEAAAAAAAAAAAAAAAAAAAID/8QAGREAAgMBAAAAAAAAAAAAAAAAAAIBBDIz/9oADAMBAAIRAxEAPwCUu7RyAKZgvY6s"
    "f//Z"
)
WEBP = base64.b64decode(
    "UklGRjoAAABXRUJQVlA4IC4AAACwAQCdASoGAAQAA4BaJagCdEf/gkAAAP7vmsV8tubFUP94eXU5Jj5A6xrkAAAA"
)
_FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 6, 4, 0) + b"\x02\x02\x44\x01\x00"
_GIF_HEAD = b"GIF89a" + struct.pack("<HHBBB", 6, 4, 0x80, 0, 0) + b"\xff\xff\xff\xbb\x00\x00"
GIF = _GIF_HEAD + _FRAME + b"\x3b"
MOVING_GIF = _GIF_HEAD + _FRAME + _FRAME + b"\x3b"


def png(width: int = 6, height: int = 4, colour: tuple[int, int, int] = (187, 0, 0)) -> bytes:
    """A picture of one colour."""
    row = b"\0" + bytes(colour) * width
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            png_chunk(b"IDAT", zlib.compress(row * height, 9)),
            png_chunk(b"IEND", b""),
        )
    )


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk with its length and check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def telling_png() -> bytes:
    """With a comment and a time inside, and a note behind its end."""
    whole = png()
    told = png_chunk(b"tEXt", b"Comment\0" + SECRET) + png_chunk(b"eXIf", SECRET)
    return whole[:33] + told + whole[33:] + SECRET


def telling_jpeg(orientation: int = 1) -> bytes:
    """As a telephone makes it: position and camera in Exif, a comment, another picture behind the end."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + SECRET
    segments = b"".join(
        b"\xff" + marker + struct.pack(">H", len(body) + 2) + body
        for marker, body in ((b"\xe1", exif), (b"\xfe", SECRET), (b"\xed", b"Photoshop 3.0\0" + SECRET))
    )
    return JPEG[:2] + segments + JPEG[2:] + JPEG + SECRET


def telling_gif() -> bytes:
    """With a comment and an application's block."""
    comment = b"\x21\xfe" + bytes((len(SECRET),)) + SECRET + b"\0"
    application = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"
    return GIF[:19] + comment + application + GIF[19:] + SECRET


def telling_webp() -> bytes:
    """In the long form, with Exif and XMP."""
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x0c\0\0\0" + b"\x05\0\0\x03\0\0"
    told = b"".join(kind + struct.pack("<I", len(SECRET)) + SECRET for kind in (b"EXIF", b"XMP "))
    inside = b"WEBP" + extended + WEBP[12:] + told
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def moving_png() -> bytes:
    """An animated PNG's announcement."""
    whole = png()
    return whole[:33] + png_chunk(b"acTL", struct.pack(">II", 2, 0)) + whole[33:]


def moving_webp() -> bytes:
    """An animated WebP's announcement."""
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\x05\0\0\x03\0\0"
    inside = b"WEBP" + extended + b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside
