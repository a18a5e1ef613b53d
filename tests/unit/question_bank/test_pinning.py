"""Choices that speak of the others keep their place."""

import pytest

from question_bank.draw import stays_last
from question_bank.pinning import names_letters, pinned_places
from question_bank.values import Choice

LAST = """
Tất cả các đáp án trên|Tất cả các đáp án trên.|Tất cả đều đúng|Tất cả các phương án trên đều đúng
Cả 3 phương án trên|Cả ba ý trên đều đúng|Không có đáp án nào đúng|Không phương án nào đúng
Các đáp án trên đều sai|Cả hai đáp án trên|Đáp án khác|All of the above|None of the above|Tất cả
Cả bốn đáp án trên đều đúng|Không có phương án nào trong các phương án trên|Tất cả các ý kiến trên
TẤT CẢ CÁC ĐÁP ÁN ĐỀU ĐÚNG|Tất cả các câu trên đều sai|Cả 4 đáp án|Tất cả những đáp án trên|Cả ba đều đúng
Không có câu nào đúng|Tất cả các nội dung trên|Tất cả các đáp án đều đúng
"""
ANYWHERE = """
Tất cả các tỉnh miền núi phía Bắc|Cả nước|Không nơi nào có được điều đó trong suốt chiều dài lịch sử
Hà Nội|Các tỉnh trên cả nước|Đại hội khác thường|Câu lạc bộ|Không|Có|Ba|Cả ba miền Bắc, Trung, Nam|Điều 5
Cả hai miền Nam Bắc|1930
"""
LETTERS = """
Cả A và B|A, B, C đều đúng|Cả A, B và C|A và B đúng|Chỉ A và C|Cả A và B đều sai|Both A and B
Câu A và câu B đúng|A và C|Đáp án A và D|Cả A, B, C
"""
NO_LETTERS = "Hà Nội và Huế|A|vitamin A và B|Câu A lạc bộ|a và b là hai số|Điều A, khoản B của luật"


def listed(text: str) -> list[str]:
    return [part for line in text.strip().split("\n") for part in line.split("|")]


@pytest.mark.parametrize("text", listed(LAST))
def test_stays_last(text):
    assert stays_last(text)


@pytest.mark.parametrize("text", listed(ANYWHERE))
def test_may_stand_anywhere(text):
    assert not stays_last(text)


@pytest.mark.parametrize("text", listed(LETTERS))
def test_names_letters(text):
    assert names_letters(text)


@pytest.mark.parametrize("text", listed(NO_LETTERS))
def test_names_no_letters(text):
    assert not names_letters(text)


def places(*texts: str, pinned: int | None = None) -> tuple[int, ...]:
    return pinned_places([Choice(text, pinned=index == pinned) for index, text in enumerate(texts)])


def test_pinned_places():
    assert places("Huế", "Vinh", "Hà Nội") == ()
    assert places("Huế", "Vinh", "Hà Nội", "Tất cả các đáp án trên") == (3,)
    assert places("Huế", "Vinh", "Hà Nội", pinned=1) == (1,)
    assert places("Huế", "Vinh", "Hà Nội", "Cả A và B") == (0, 1, 2, 3)
