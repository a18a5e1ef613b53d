"""Files that people have but that are not read: they learn what it is and what to save it as."""

import io
import zipfile

import pytest

from question_bank.reading import read
from tests.support.shapes.packages import REFUSED, zipped
from tests.support.word import make_docx

PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


def _docx():
    return make_docx(["Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B"])


def _typed(kind):
    with zipfile.ZipFile(io.BytesIO(_docx())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    types = members["[Content_Types].xml"]
    return zipped(members | {"[Content_Types].xml": types.replace(PLAIN, kind)})


def _odt():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize("ending", ["own", "docx", "txt"])
@pytest.mark.parametrize(
    "own,make,what,how",
    [
        ("doc", REFUSED["word-cu.doc"], ".doc", "Lưu thành"),
        ("pdf", REFUSED["van-ban.pdf"], "PDF", "Word gốc"),
        ("docm", lambda: _typed(MACROS), ".docm", "Lưu thành"),
        ("dotx", lambda: _typed(TEMPLATE), ".dotx", "Lưu thành"),
        ("odt", _odt, ".odt", "Lưu thành"),
        ("rtf", lambda: b"{\\rtf1 C\\'e2u 1. A. B.}", "RTF", "Lưu thành"),
        ("pptx", lambda: zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint", ".docx"),
    ],
)
def test_file_says_what_it_is_and_what_to_do(own, make, what, how, ending):
    report = read(make(), f"de.{own if ending == 'own' else ending}")
    (problem,) = report.problems
    assert (problem.code, report.questions) == ("save-as-docx", ())
    assert what in problem.message
    assert how in problem.mend
    assert ".docx" in problem.mend


def test_a_word_file_under_the_old_name_is_read():
    assert len(read(_docx(), "de.doc").questions) == 1
