"""A few questions that show what a file may hold, for a sample in every format that can be written. Pure."""

from collections.abc import Sequence

from question_bank.formats import find_format
from question_bank.values import Choice, Kind, Question
from question_bank.writers import WRITERS, Writer


def _question(number: int, text: str, choices: Sequence[str], *correct: int, level: str) -> Question:
    return Question(
        number=str(number),
        place="",
        kind=Kind.SINGLE if len(correct) == 1 else Kind.MULTIPLE,
        text=text,
        choices=tuple(Choice(choice) for choice in choices),
        correct=correct,
        key_from="column",
        topic="Lịch sử Đảng",
        level=level,
        source="Tài liệu tuyên truyền của Ban Tổ chức",
    )


QUESTIONS = (
    _question(
        1,
        "Đảng Cộng sản Việt Nam được thành lập vào ngày nào?",
        ("03/02/1930", "19/5/1930", "02/9/1945", "19/12/1946"),
        0,
        level="Nhận biết",
    ),
    _question(
        2,
        "Đại hội đại biểu toàn quốc lần thứ VI của Đảng họp ở đâu?",
        ("Ma Cao", "Tuyên Quang", "Hà Nội", "Thành phố Hồ Chí Minh"),
        2,
        level="Nhận biết",
    ),
)


def sample_writers() -> tuple[Writer, ...]:
    """The formats that can be written and read back."""
    return tuple(writer for writer in WRITERS if find_format(writer.name) and "key" in writer.carries)
