"""Files that are refused as a whole say why, and nothing is ever raised."""

import io
import struct
import zipfile
import zlib

import pytest

from question_bank import limits
from question_bank.reading import read
from tests.support.questions import HEADER, codes, good_rows, make_csv, make_xlsx

XLSX = make_xlsx({"Câu hỏi": [HEADER, *good_rows()]})
CSV = make_csv([HEADER, *good_rows()]).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one member replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    return zipped(members | {name: content})


def lying_zip() -> bytes:
    """A directory that says 100 bytes about a member of 300 MB."""
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(machine.compress(bytes(1 << 20)) for _ in range(300)) + machine.flush()
    name = b"xl/workbook.xml"
    sizes = struct.pack("<III", 0, len(packed), 100)
    local = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    entry = (
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0)
        + name
    )
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + end


# Stops one library, not the other.
STRANGE_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills count="1"><fill/>'
    b"</fills></styleSheet>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    "nothing at all": (b"", "a.xlsx", "empty-file"),
    "blanks only": (b" \r\n\t\r\n", "a.csv", "empty-file"),
    "a byte-order mark only": (b"\xef\xbb\xbf", "a.csv", "empty-file"),
    "50 MB": (b"a,b\n" * (50 * 1024 * 1024 // 4), "a.csv", "too-large"),
    "picture named xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.xlsx", "not-what-it-says"),
    "PDF named xlsx": (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "save-as-docx"),
    "CSV named xlsx": (CSV, "a.xlsx", "not-what-it-says"),
    "xlsx named csv": (XLSX, "a.csv", "not-what-it-says"),
    "xlsx named xls": (XLSX, "a.xls", "not-what-it-says"),
    "web page named xls": (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "not-what-it-says"),
    "web page named csv": (b"<!DOCTYPE html><html></html>", "a.csv", "not-what-it-says"),
    "numbers named csv": (bytes(range(256)) * 20, "a.csv", "not-what-it-says"),
    "zip of something named xlsx": (zipped({"a.txt": b"x"}), "a.xlsx", "not-what-it-says"),
    "PDF under its own name": (b"%PDF-1.7\n", "a.pdf", "save-as-docx"),
    "half a zip": (XLSX[: len(XLSX) // 2], "a.xlsx", "corrupt-file"),
    "zip with a hole": (XLSX[:200] + bytes(300) + XLSX[500:], "a.xlsx", "corrupt-file"),
    "many members": (zipped({str(n): b"" for n in range(limits.MAX_ZIP_MEMBERS + 1)}), "a.xlsx", "zip-bomb"),
    "one huge member": (zipped({"xl/workbook.xml": bytes(210 * 1024 * 1024)}), "a.xlsx", "zip-bomb"),
    "repetition 1:1000": (zipped({"xl/workbook.xml": bytes(30 * 1024 * 1024)}), "a.xlsx", "zip-bomb"),
    "directory that lies": (lying_zip(), "a.xlsx", "zip-bomb"),
    "broken XML inside": (with_member(XLSX, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "a.xlsx",
                          "corrupt-file"),
    "no text in xls": (OLE + "Workbook".encode("utf-16-le") + bytes(600), "a.xls",
                       "corrupt-file"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
    "empty workbook": (make_xlsx({"A": []}), "a.xlsx", "no-questions"),
    "header without rows": (make_xlsx({"A": [HEADER]}), "a.xlsx", "no-questions"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    data, file_name, code = REFUSED[name]
    report = read(data, file_name)
    assert report.refused
    assert report.has_errors
    assert codes(report) == [code]
    assert report.problems[0].message
    assert report.problems[0].mend


def test_a_locked_zip_is_named_as_such():
    data = bytearray(XLSX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    assert codes(read(bytes(data), "a.xlsx")) == ["password"]


def test_entities_in_a_sheet_are_not_expanded():
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    xml = bomb + b"]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
    assert codes(read(with_member(XLSX, "xl/worksheets/sheet1.xml", xml), "a.xlsx")) == ["unsafe-xml"]


def test_a_cell_in_the_far_corner_costs_nothing():
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert read(with_member(XLSX, "xl/worksheets/sheet1.xml", xml), "a.xlsx").refused


def test_a_far_corner_with_strange_styles_reaches_the_isolated_reader_and_is_refused():
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = with_member(with_member(XLSX, "xl/worksheets/sheet1.xml", xml), "xl/styles.xml", STRANGE_STYLES)
    assert codes(read(data, "a.xlsx")) == ["corrupt-file"]


def test_strange_styles_do_not_stop_reading():
    report = read(with_member(XLSX, "xl/styles.xml", STRANGE_STYLES), "a.xlsx")
    assert len(report.questions) == 6
    assert report.problems == ()


def test_format_can_be_insisted_on():
    assert read(CSV, "a", format="csv").format == "csv"
    assert codes(read(CSV, "a.csv", format="xlsx")) == ["not-what-it-says"]
    assert codes(read(CSV, "a.csv", format="wav")) == ["unknown-format"]


def test_content_decides_when_the_name_says_nothing():
    assert read(XLSX, "cau-hoi").format == "xlsx"
    assert read(CSV, "cau-hoi.du-lieu").format == "csv"


def test_limits_are_what_the_words_say():
    message = read(bytes(limits.MAX_FILE_BYTES + 1), "a.csv").problems[0].message
    assert "20,0 MB" in message
    assert "20 MB" in message


def test_only_the_callback_of_the_caller_may_raise():
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(XLSX, "a.xlsx", progress=cancel)


def test_progress_is_told():
    steps: list[tuple[int, int]] = []
    read(make_xlsx({"A": [HEADER, *good_rows(900)]}), "a.xlsx", progress=lambda *step: steps.append(step))
    assert len(steps) > 3
    assert all(done <= total for done, total in steps)
