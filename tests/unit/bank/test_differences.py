"""Two wordings side by side: what the other lacks is marked."""

import pytest

from quiz.bank.differences import differences


def marked(a: str, b: str) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]  # two of them
        "".join(f"[{piece.text.strip()}]" if piece.differs else piece.text for piece in side)
        for side in differences(a, b)
    )


@pytest.mark.parametrize(
    "a, b, left, right",
    [
        ("Họp năm nào?", "Họp năm nào?", "Họp năm nào?", "Họp năm nào?"),
        ("HỌP năm nào?", "Họp năm nào?", "HỌP năm nào?", "Họp năm nào?"),
        ("Đại hội VI đề ra gì?", "Đại hội VI nêu gì?", "Đại hội VI[đề ra] gì?", "Đại hội VI[nêu] gì?"),
        ("Một hai", "Hoàn toàn khác", "[Một hai]", "[Hoàn toàn khác]"),
        ("", "Có chữ", "", "[Có chữ]"),
    ],
)
def test_pieces(a: str, b: str, left: str, right: str) -> None:
    assert marked(a, b) == (left, right)


def test_nothing_of_the_wordings_is_lost() -> None:
    a, b = "Đại hội  VI\n họp ở đâu?", "Đại hội VII họp tại đâu vậy?"
    for text, side in zip((a, b), differences(a, b), strict=True):
        assert "".join(piece.text for piece in side) == text


def test_very_long_wordings_are_shown_without_marks() -> None:
    a, b = "từ " * 500, "chữ " * 10
    assert [[piece.differs for piece in side] for side in differences(a, b)] == [[False], [False]]
