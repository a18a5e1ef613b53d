"""The same table in every separator and encoding that Excel and its relatives write."""

import unicodedata

import pytest

from question_bank.encodings import decode, tidy
from question_bank.legacy_tables import TCVN3, VNI
from question_bank.reading import read
from tests.support.questions import HEADER, codes, good_rows, key_line, make_csv, make_xlsx

TEXT = make_csv([HEADER, *good_rows()])


def windows_1258(text: str) -> bytes:
    """As Windows writes it: tones as characters of their own behind the letter."""
    out = []
    for character in text:
        try:
            out.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", character)
            base, tones = decomposed[0], decomposed[1:]
            for mark in "\u0302\u0306\u031b":
                if mark in tones:
                    base, tones = unicodedata.normalize("NFC", base + mark), tones.replace(mark, "")
            out.append((base + tones).encode("cp1258"))
    return b"".join(out)


ENCODINGS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 big-endian with BOM": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-16 little-endian without BOM": TEXT.encode("utf-16-le"),
    "UTF-16 big-endian without BOM": TEXT.encode("utf-16-be"),
    "Windows-1258": windows_1258(TEXT),
    "NFD": unicodedata.normalize("NFD", TEXT).encode(),
    "old Mac line ends": TEXT.replace("\r\n", "\r").encode(),
    "Unix line ends": TEXT.replace("\r\n", "\n").encode(),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(name):
    report = read(ENCODINGS[name], "a.csv")
    assert codes(report) == []
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"
    assert report.questions[0].text == "Đại hội thứ 1 họp năm nào?"
    assert report.questions[0].topic == "Đại hội"
    for question in report.questions:
        assert unicodedata.is_normalized("NFC", question.text)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a"])
def test_separators(separator, name):
    report = read(make_csv([HEADER, *good_rows()], separator).encode(), name)
    assert codes(report) == []
    assert report.format == "csv"
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"


def test_separator_named_in_the_first_line():
    rows = good_rows()
    rows[1][8] = "E"
    report = read(("sep=|\n" + make_csv([HEADER, *rows], "|")).encode(), "a.csv")
    assert [problem.place for problem in report.problems] == ["line 4, column “Đáp án”"]


def test_semicolons_and_commas_inside_the_texts_do_not_decide():
    rows = [["1", "Huế, Vinh, Hà Nội, Đà Nẵng, Cần Thơ; ở đâu?", "a, b, c", "d", "A"]]
    text = make_csv([["STT", "Câu hỏi", "A", "B", "Đáp án"], *rows], ";").replace('"', "", 4)
    report = read(text.encode(), "a.csv")
    assert report.questions[0].choices[0].text == "a, b, c"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 4,
        "日本語のテキスト、質問".encode("shift_jis"),
        "Вопрос о съезде партии".encode("cp1251"),
        TEXT.encode()[:200] + b"\xc3\x28" + TEXT.encode()[200:],
    ],
)
def test_bytes_that_no_encoding_fits_are_refused_as_such(data):
    assert codes(read(data, "a.csv")) == ["unreadable-text"]


BACK_TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
BACK_TO_VNI = {letter: typed for typed, letter in VNI.items()}


def retyped(text: str, back: dict[str, str]) -> str:
    return "".join(back.get(character, character) for character in text)


@pytest.mark.parametrize("back,font", [(BACK_TO_TCVN3, "TCVN3"), (BACK_TO_VNI, "VNI")])
def test_tables_in_old_fonts_are_converted(back, font):
    in_csv = read(retyped(TEXT, back).encode("latin-1"), "a.csv")
    rows = [[retyped(str(cell), back) for cell in row] for row in [HEADER, *good_rows()]]
    in_xlsx = read(make_xlsx({"Sheet1": rows}), "a.xlsx")
    for report in (in_csv, in_xlsx):
        assert codes(report) == ["old-font"]
        assert font in report.problems[0].message
        assert key_line(report) == "1B 2C 3D 4A 5B 6C"
        assert report.questions[0].text == "Đại hội thứ 1 họp năm nào?"


def test_tables_without_readable_characters_are_refused():
    rows = [["\ue001\ue002\ue003 \ue004\ue005"] * 9 for _ in range(5)]
    assert codes(read(make_xlsx({"A": [HEADER, *rows]}), "a.xlsx")) == ["broken-characters"]
    assert codes(read(make_csv([HEADER, *rows]).encode(), "a.csv")) == ["broken-characters"]


def test_binary_data_is_no_text():
    assert decode(b"\x00\x01\x02\x03" * 100) is None
    assert decode(b"PK\x03\x04" + bytes(200)) is None


@pytest.mark.parametrize(
    "typed,tidied",
    [
        ("  Đại   hội \t VI  ", "Đại hội VI"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("một\vhai", "một\nhai"),
        ("a\u00a0b\u200b", "a b"),
        ("\ufeffx\u00ady", "xy"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("H\u006fa\u0300", "Hoà"),
        ("a\x00\x07b", "ab"),
        ("nửa\ud800 ký tự", "nửa ký tự"),
    ],
)
def test_tidy(typed, tidied):
    assert tidy(typed) == tidied
