"""Files that are sent to bring the server down, to read what it holds, or to write where nobody should."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.support.questions import HEADER, good_rows, make_xlsx

_MEGABYTE = 1 << 20
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENTITIES = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _workbook_with(name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(make_xlsx({"Câu hỏi": [HEADER, *good_rows()]}))) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return zipped(members | {name: content})


def _document_with(body: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += b'<Default Extension="xml" ContentType="application/xml"/>'
    types += b'<Override PartName="/word/document.xml" ContentType="%s"/></Types>' % kind
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    links += b'<Relationship Id="r" Type="%s" Target="word/document.xml"/></Relationships>' % relation
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": body}
    return zipped(parts | dict(more or {}))


def _lying_zip() -> bytes:
    """A directory that says 100 bytes about a member of 300 MB."""
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(machine.compress(bytes(_MEGABYTE)) for _ in range(300)) + machine.flush()
    name = b"xl/workbook.xml"
    sizes = struct.pack("<III", 0, len(packed), 100)
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes
    local = b"PK\x03\x04" + head + struct.pack("<HH", len(name), 0) + name
    tail = struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + head + tail + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + b"PK\x05\x06" + end


def _paragraphs(text: bytes) -> bytes:
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (_WORD.encode(), text)


FILES: Mapping[str, tuple[bytes, str]] = {
    "zip bomb": (_workbook_with("xl/sharedStrings.xml", bytes(30 * _MEGABYTE)), "a.xlsx"),
    "zip whose directory lies": (_lying_zip(), "a.xlsx"),
    "zip of 30,000 members": (zipped({str(n): b"" for n in range(30_000)}), "a.xlsx"),
    "zip within a zip": (zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(_MEGABYTE)})})}), "a.zip"),
    "names that lead out": (zipped({"../../../etc/cron.d/x": b"* * * * * root x", "/tmp/x": b"x"}), "a.zip"),
    "entities in a workbook": (
        _workbook_with("xl/worksheets/sheet1.xml", _ENTITIES + b"]><worksheet>&j;</worksheet>"),
        "a.xlsx",
    ),
    "entities in a document": (
        _document_with(_ENTITIES + b"]>" + _paragraphs(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")),
        "a.docx",
    ),
    "a file of the server's in Moodle XML": (
        b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<quiz><question type="truefalse"><questiontext><text>&x;</text></questiontext></question></quiz>',
        "a.xml",
    ),
    "XML 100,000 deep": (
        b"<quiz>" + b"<question>" * 100_000 + b"</question>" * 100_000 + b"</quiz>",
        "a.xml",
    ),
    "JSON 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "a.json"),
    "a document with macros": (
        _document_with(
            _paragraphs(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"),
            {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99},
        ),
        "a.docm",
    ),
    "a line of 5 MB": (b"C" + b"\xc3\xa2u 1. " * (5 * _MEGABYTE // 7), "a.txt"),
}
