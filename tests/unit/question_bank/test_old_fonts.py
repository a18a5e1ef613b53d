"""Text typed in TCVN3 and VNI fonts becomes Unicode; nothing else is touched."""

from pathlib import Path

import pytest

from question_bank.legacy import Script, Survey, from_misread, from_tcvn3, from_vni, recognise
from question_bank.legacy_tables import TCVN3, VNI
from question_bank.readability import is_unreadable
from question_bank.reading import read
from question_bank.syllables import is_syllable
from tests.support.questions import codes, key_line

BANKS = Path(__file__).parents[3] / "demo" / "banks"
TEXT = (BANKS / "mixed.aiken.txt").read_text("utf-8")


def in_tcvn3(text):
    back = {letter: chr(code) for code, letter in TCVN3.items()}
    # The font has no capitals with tones.
    return "".join(back.get(letter) or back.get(letter.lower(), letter) for letter in text)


def in_vni(text):
    back = {}
    for typed, letter in VNI.items():
        back.setdefault(letter, typed)
    return "".join(back.get(letter, letter) for letter in text)


def misread(text):
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    "typed,converter,text",
    [
        ("§¶ng Céng s¶n ViÖt Nam", from_tcvn3, "Đảng Cộng sản Việt Nam"),
        ("n\xadíc ta", from_tcvn3, "nước ta"),
        ("§¹I HéI", from_tcvn3, "ĐẠI HỘI"),
        ("Thaân phuï Hoà Chí Minh", from_vni, "Thân phụ Hồ Chí Minh"),
        ("Ñaûng laõnh ñaïo", from_vni, "Đảng lãnh đạo"),
        ("ÑAÏI HOÄI", from_vni, "ĐẠI HỘI"),
        ("Äáº£ng", from_misread, "Äáº£ng"),
        ("Ä\x90áº£ng", from_misread, "Đảng"),
    ],
)
def test_conversions(typed, converter, text):
    assert converter(typed) == text


@pytest.mark.parametrize(
    "script,convert", [(Script.TCVN3, in_tcvn3), (Script.VNI, in_vni), (Script.MISREAD, misread)]
)
def test_a_whole_file_comes_back(script, convert):
    typed = convert(TEXT)
    survey = Survey.of(typed.split("\n"))
    assert survey.main is script
    assert "\n".join(survey.convert(line) for line in typed.split("\n")) == (
        from_tcvn3(typed) if script is Script.TCVN3 else TEXT
    )
    assert survey.convert(typed).lower() == TEXT.lower()


@pytest.mark.parametrize(
    "path", [*sorted(BANKS.glob("*.txt")), BANKS / "README.md"], ids=lambda path: path.name
)
def test_unicode_is_left_alone(path):
    lines = path.read_text("utf-8").split("\n")
    assert Survey.of(lines).lines == 0


@pytest.mark.parametrize(
    "text",
    [
        "Hoà bình",
        "En quelle année le Parti a-t-il été fondé à Hong Kong ?",
        "Đắk Lắk, Krông Pắk, Ea H’leo",
        "Ông Phan Bội Châu gặp ông Lê-nin",
        "© 2026 – ½ số đại biểu",
        "",
    ],
)
def test_what_is_no_old_font(text):
    assert recognise(text) is Script.UNICODE
    assert Survey.of([text]).convert(text) == text


@pytest.mark.parametrize("convert", [in_tcvn3, in_vni])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_files_are_read_with_a_warning(convert, encoding):
    report = read(convert(TEXT).encode(encoding), "de-cu.txt")
    assert codes(report) == ["old-font"]
    assert key_line(report) == key_line(read(TEXT.encode(), "de.txt"))
    assert report.questions[1].text == "Đại hội X bầu ai giữ chức Tổng Bí thư?"


def test_one_question_in_an_old_font_among_others():
    text = "Câu 1. Thủ đô nước ta?\nA. Hà Nội\nB. Huế\nĐáp án: A\nCâu 2. Thaân phuï cuûa Hoà Chuû tòch?\n"
    report = read((text + "A. Nguyeãn Sinh Saéc\nB. Hoaøng Loan\nĐáp án: A\n").encode(), "de.txt")
    assert codes(report) == ["old-font", "old-font-question"]
    assert report.problems[0].message == "3 dòng gõ bằng phông chữ cũ (VNI) đã được chuyển sang Unicode."
    assert report.questions[1].text == "Thân phụ của Hồ Chủ tịch?"
    assert [choice.text for choice in report.questions[1].choices] == ["Nguyễn Sinh Sắc", "Hoàng Loan"]


@pytest.mark.parametrize(
    "word", ["Đảng", "nghiêng", "quốc", "quyền", "khuỷu", "hoà", "gì", "giếng", "ĐẠI", "yêu", "ư", "quýt"]
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Đảt", "Lăk", "café", "Thaân", "®¹o", "phuï", "bcd", "aa"])
def test_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "text",
    [
        "ĈҧQJ &ӝQJ VҧQ 9LӋW 1DP ÿѭӧF WKjQK OұS",
        "\ue001\ue002\ue003 \ue010\ue011 (cid:12)(cid:44)",
        "Câu 1. \ufffd\ufffd\ufffd n\ufffdm n\ufffdo",
    ],
)
def test_unreadable(text):
    assert is_unreadable(text)


def test_readable():
    assert not is_unreadable(TEXT)
    assert not is_unreadable("Công thức E = mc², góc α, ký hiệu Ω và tỷ lệ 50%")
