"""Files as they arrive after a bad stick, a bad mail program, or somebody who means harm. All by seed."""

import io
import random
import zipfile
from collections.abc import Iterator

_LITTLE_BOMBS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"<", b">", b"&", b"]]>", b"<!--", b"%", b"{", b"}", b"\\",
    b"\n\n", b"\r", b"-1", b"99999999999999999999", b"1e999", b"NaN", b"AAAA1", b"XFD1048576", b"\xf0\x9f\x98\x80",
    b"\xed\xa0\x80", b"A" * 70_000, "Đáp án".encode(), "Câu 1.".encode(), b"=cmd|'/c calc'!A1",
]  # fmt: skip


def damaged(data: bytes, dice: random.Random) -> bytes:
    """One to eight small changes: bytes flipped, pieces cut, repeated, moved, or strange ones put in."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(out) + 1)
        length = min(dice.choice((1, 1, 2, 8, 64, 512)), len(out) - start)
        piece = bytes(out[start : start + length])
        match dice.randrange(6):
            case 0:
                out[start : start + length] = bytes(byte ^ (1 << dice.randrange(8)) for byte in piece)
            case 1:
                del out[start : start + length]
            case 2:
                out[start:start] = piece * dice.randint(1, 20)
            case 3:
                out[start : start + length] = dice.choice(_LITTLE_BOMBS)
            case 4:
                out[start : start + length] = dice.randbytes(length)
            case _:
                del out[start : start + length]
                place = dice.randrange(len(out) + 1)
                out[place:place] = piece
    return bytes(out)


def damaged_zip(data: bytes, dice: random.Random) -> bytes:
    """A sound zip with a damaged member, so that the damage reaches the reader behind the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members))
    match dice.randrange(8):
        case 0:
            del members[name]
        case 1:
            members[name] = members[dice.choice(sorted(members))]
        case _:
            members[name] = damaged(members[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def variants(data: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """That many damaged copies, the same ones for the same seed."""
    dice = random.Random(seed)
    is_zip = data.startswith(b"PK")
    for number in range(count):
        yield damaged_zip(data, dice) if is_zip and number % 3 else damaged(data, dice)
