"""Files as they arrive after a bad stick, a bad mail program, or somebody who means harm. All by seed."""

import io
import random
import zipfile
from collections.abc import Iterator

_LITTLE_BOMBS = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"<", b">", b"&", b"]]>", b"<!--", b"%", b"{", b"}",
    b"\\", b"\n\n", b"\r", b"-1", b"99999999999999999999", b"1e999", b"XFD1048576", b"\xf0\x9f\x98\x80",
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


def damaged_text(data: bytes, dice: random.Random) -> bytes:
    """Sound UTF-8 with lines and characters cut, repeated, moved or replaced by signs that formats use."""
    text = data.decode("utf-8")
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(text) + 1)
        end = min(start + dice.choice((1, 1, 3, 20, 200)), len(text))
        if dice.random() < 0.3:  # whole lines
            start, end = text.rfind("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text)
        piece = text[start:end]
        sign = dice.choice("\"'{}=~#:;,%<>&|*\\\t\n\u0301\u200b\x0bABCD1.)(") * dice.randint(1, 3)
        text = text[:start] + dice.choice(("", piece * 2, piece[::-1], sign, sign + piece)) + text[end:]
    return text.encode("utf-8", "surrogatepass")


def variants(data: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """That many damaged copies, the same ones for the same seed; every third in its raw bytes."""
    dice = random.Random(seed)
    inside = damaged_zip if data.startswith(b"PK") else damaged_text if _is_text(data) else damaged
    for number in range(count):
        yield (inside if number % 3 else damaged)(data, dice)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
