"""PDF files for tests, written by hand: with a character map, with a broken one, without text, locked."""

import io
from collections.abc import Sequence

import pypdf

_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
    b" /Resources << /Font << /F1 3 0 R >> >> >>"
)


def make_pdf(*pages: Sequence[str], map_to: str = "text") -> bytes:
    """A PDF of pages of lines. `map_to` is "text", or "nothing" where the file lost its character map."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"", b"", b"", b""]
    kids = []
    for page in pages:
        content = _content(page, codes)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(_PAGE % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 500 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects[4] = b"<< /Type /FontDescriptor /FontName /Test /Flags 4 /Ascent 800 /Descent -200 >>"
    cmap = _cmap(codes, private=map_to == "nothing")
    objects[5] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
    return _file(objects)


def locked_pdf(*pages: Sequence[str]) -> bytes:
    """The same under a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(*pages)))
    writer.encrypt("bi mat", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _content(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = [b"BT /F1 12 Tf 14 TL 60 780 Td"]
    shown += [b"<%s> Tj T*" % b"".join(b"%04X" % codes[letter] for letter in line) for line in lines]
    return b"\n".join([*shown, b"ET"])


def _cmap(codes: dict[str, int], *, private: bool) -> bytes:
    pairs = [
        b"<%04X> <%s>"
        % (code, (chr(0xE000 + code) if private else letter).encode("utf-16-be").hex().upper().encode())
        for letter, code in codes.items()
    ]
    parts = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    blocks = [b"%d beginbfchar\n%s\nendbfchar" % (len(part), b"\n".join(part)) for part in parts]
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def\n"
    space = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    return head + space + b"\n".join(blocks) + b"\nendcmap end end"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)
