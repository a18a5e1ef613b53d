"""Texts become passages under their headings; nothing is lost, nothing is too long."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.limits import MAX_PASSAGE
from question_bank.passages.splitting import split
from question_bank.passages.values import Paragraph


def of(text: str) -> list[tuple[str, str]]:
    """(headings, text) of each passage."""
    found = split([Paragraph(line) for line in text.strip().split("\n")])
    return [(" > ".join(one.headings), one.text) for one in found.passages]


LAW = """
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này nói về việc đọc.
Điều 2. Ai cũng có quyền đọc. Không ai được cấm.
1. Đọc sách;
a) Sách in.
Chương II
QUYỀN
Điều 3. Hiệu lực
"""


def test_a_law() -> None:
    assert of(LAW) == [
        ("Chương I. NHỮNG QUY ĐỊNH CHUNG > Điều 1. Phạm vi điều chỉnh", "Luật này nói về việc đọc."),
        (
            "Chương I. NHỮNG QUY ĐỊNH CHUNG > Điều 2",
            "Điều 2. Ai cũng có quyền đọc. Không ai được cấm.\n1. Đọc sách;\na) Sách in.",
        ),
        ("Chương II. QUYỀN", "Điều 3. Hiệu lực"),
    ]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("# Sử\nMở đầu.\n## Một\nNội dung.", [("", "Mở đầu."), ("Một", "Nội dung.")]),
        ("I. TÌNH HÌNH\nTốt.\n1. Thuận lợi\nDân tin tưởng và đồng lòng.", [
            ("I. TÌNH HÌNH", "Tốt."), ("I. TÌNH HÌNH > 1. Thuận lợi", "Dân tin tưởng và đồng lòng."),
        ]),
        ("Cần:\n1. Điện\n2. Đường\n3. Trường", [("", "Cần:\n1. Điện\n2. Đường\n3. Trường")]),
        ("1. Mục\nLời nói đầu của mục này.\n1.1. Nhỏ\nLời của mục nhỏ trong mục.", [
            ("1. Mục", "Lời nói đầu của mục này."), ("1. Mục > 1.1. Nhỏ", "Lời của mục nhỏ trong mục."),
        ]),
        ("Năm 1930\n3.000 người dự\n27/3 họp", [("", "Năm 1930\n3.000 người dự\n27/3 họp")]),
        ("PHẦN THỨ NHẤT\nLịch sử\nKể chuyện.\nPHẦN THỨ HAI\nHôm nay.", [
            ("PHẦN THỨ NHẤT. Lịch sử", "Kể chuyện."), ("PHẦN THỨ HAI", "Hôm nay."),
        ]),
        ("Điều 5a. Tên\nLời.", [("Điều 5a. Tên", "Lời.")]),
        ("Điều kiện dự thi\nTừ 14 tuổi.", [("", "Điều kiện dự thi\nTừ 14 tuổi.")]),
    ],
)  # fmt: skip
def test_headings(text: str, wanted: list[tuple[str, str]]) -> None:
    assert of(text) == wanted


def test_the_title_stands_above_all_passages() -> None:
    found = split([Paragraph("LỊCH SỬ"), Paragraph("CÁC KỲ ĐẠI HỘI"), Paragraph("Lời.")])
    assert (found.title, [one.headings for one in found.passages]) == ("LỊCH SỬ CÁC KỲ ĐẠI HỘI", [()])
    styled = split([Paragraph("Sử", 0), Paragraph("Một", 1), Paragraph("Lời."), Paragraph("Hai", 1)])
    assert styled.title == "Sử"
    assert [(one.mark, one.headings, one.text) for one in styled.passages] == [
        (1, ("Một",), "Lời."),
        (2, (), "Hai"),
    ]


def test_bold_lines_are_headings_in_word_files() -> None:
    found = split([Paragraph("Bối cảnh", is_bold=True), Paragraph("Năm 1930."), Paragraph("1) Một việc")])
    assert [one.headings for one in found.passages] == [("Bối cảnh",)]


def test_long_paragraphs_are_cut_at_sentences() -> None:
    sentence = "Đại hội bầu Ban Chấp hành Trung ương gồm nhiều ủy viên chính thức và dự khuyết. "
    found = split([Paragraph(sentence * 60)])
    assert len(found.passages) > 3
    assert all(len(one.text) <= MAX_PASSAGE and one.text.endswith(".") for one in found.passages)


def test_a_list_stays_with_its_beginning() -> None:
    items = [Paragraph(f"- Việc thứ {number} cần làm trong nhiệm kỳ này và kỳ sau") for number in range(9)]
    found = split([Paragraph("Các việc:"), *items])
    assert len(found.passages) == 1


_LINES = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(["Chương I", "Điều 2.", "I. ĐẦU", "1. Hai", "- ba", "# bốn", "TO LỚN LẮM", ""]),
        st.builds(lambda word, count: word * count, st.text(min_size=1, max_size=5), st.integers(1, 900)),
    ),
    max_size=20,
)


def _signs(*texts: str) -> Counter[str]:
    """Letters and digits, and how many of each."""
    return Counter(sign for text in texts for sign in text if sign.isalnum())


@given(_LINES, st.lists(st.integers(0, 9) | st.none(), max_size=20))
def test_nothing_is_lost_and_nothing_is_too_long(lines: list[str], levels: list[int | None]) -> None:
    levels += [None] * len(lines)
    found = split([Paragraph(line, level) for line, level in zip(lines, levels, strict=False)])
    assert [one.mark for one in found.passages] == list(range(1, len(found.passages) + 1))
    shown = _signs(found.title, *("".join((*one.headings, one.text)) for one in found.passages))
    assert not _signs(*lines) - shown
    for one in found.passages:
        assert one.text.strip()
        assert len(one.text) <= MAX_PASSAGE
