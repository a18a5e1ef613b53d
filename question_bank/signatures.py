"""What bytes look like, for telling people what they have sent."""

from __future__ import annotations

import io
import zipfile

from question_bank.source import Source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel and Word keep a locked document under this name inside an OLE file.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ODT = b"application/vnd.oasis.opendocument.text"
_TYPES = "[Content_Types].xml"

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"RIFF", "ảnh hoặc âm thanh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"MZ\x90\x00", "chương trình"),
    (b"\x7fELF", "chương trình"),
)
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("xl/", "Excel (.xlsx)"),
    ("word/", "Word (.docx)"),
    ("ppt/", "PowerPoint (.pptx)"),
    ("imsmanifest.xml", "gói QTI (.zip)"),
    ("content.xml", "OpenDocument"),
)


# Files of questions that people have, but in a form that is not read: what it is, and how to save it anew.
_WITH_WORD = (
    "Mở tệp bằng Word hoặc LibreOffice, chọn Lưu thành (Save As), loại “Word (*.docx)”, rồi tải tệp .docx."
)
_FROM_PDF = "Tải tệp Word gốc. Chỉ có PDF thì mở PDF bằng Word, sửa những chữ sai, lưu thành .docx rồi tải."
_FROM_SLIDES = "Chép các câu hỏi sang một tệp Word (.docx) hoặc Excel (.xlsx) rồi tải tệp đó."


def save_as(source: Source) -> tuple[str, str] | None:
    """What a file is that has to be saved in another form first, and how; None for any other file."""
    data = source.data
    if data.startswith(OLE) and _WORD_STREAM in data:
        return "tệp Word đời cũ (.doc)", _WITH_WORD
    if data.startswith(b"{\\rtf"):
        return "văn bản RTF", _WITH_WORD
    if data.startswith(b"%PDF"):
        return "tệp PDF", _FROM_PDF
    if data[30:38] == b"mimetype" and data[38:].startswith(_ODT):
        return "văn bản OpenDocument (.odt)", _WITH_WORD
    if "word/document.xml" in source.members and _is_no_plain_document(data):
        return "tệp Word có macro hoặc tệp mẫu (.docm, .dotx)", _WITH_WORD
    if any(name.startswith("ppt/") for name in source.members):
        return "bản trình chiếu PowerPoint", _FROM_SLIDES
    return None


def _is_no_plain_document(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _TYPES not in archive.namelist():
            return False
        types = archive.read(_TYPES)
    return any(kind in types for kind in (b"macroEnabled", b"wordprocessingml.template.main"))


def is_locked(data: bytes) -> bool:
    """Whether this is an Office file under a password."""
    return data.startswith(OLE) and _LOCKED in data


def is_binary(data: bytes) -> bool:
    """Whether the bytes are something else than text in whatever encoding."""
    start = data[:4096]
    known = data.startswith((OLE, b"PK\x03\x04", *(beginning for beginning, _ in _BEGINNINGS)))
    controls = sum(1 for byte in start if byte < 32 and byte not in b"\t\n\v\f\r")
    return known or b"\x00" in start or 50 * controls > len(start)


def is_web_page(text: str) -> bool:
    """Some programs save a web page under the name of a sheet."""
    start = text[:2000].lstrip().lower()
    return start.startswith(("<!doctype html", "<html")) or (start.startswith("<") and "<table" in start)


def describe(source: Source) -> str:
    """What the content seems to be, in Vietnamese."""
    if source.data.startswith(OLE):
        return "tệp Office đời cũ (.doc hoặc .xls)"
    for beginning, label in _BEGINNINGS:
        if source.data.startswith(beginning):
            return label
    for member, label in _MEMBERS:
        if any(name.startswith(member) for name in source.members):
            return label
    if source.members:
        return "tệp nén ZIP"
    if source.text is None:
        return "dữ liệu không phải văn bản"
    if is_web_page(source.text):
        return "trang web (HTML)"
    return "XML" if source.text.lstrip().startswith("<?xml") else "văn bản thường"
