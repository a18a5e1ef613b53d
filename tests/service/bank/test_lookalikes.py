"""The look for near-duplicates while somebody types finds what an import would find."""

from dataclasses import replace

import pytest

from question_bank.duplicates import find_duplicates
from question_bank.values import Choice, Question, Report
from quiz.bank import queries, service
from quiz.bank.lookalikes import list_lookalikes
from tests.support.factories import NOW
from tests.support.questions import make_question
from tests.support.staff import ACTOR

PEOPLE = ("Lý Thái Tổ", "Trần Phú", "Lê Duẩn", "Nguyễn Văn Linh")
BANK = [
    make_question("Quý khách hỏi: ai là Tổng Bí thư đầu tiên của Đảng?", PEOPLE, (1,), "1"),
    make_question("Ai chủ trì Đại hội VI của Đảng?", PEOPLE, (3,), "2"),
    make_question("Hoà bình lập lại năm nào?", ("1954", "1975"), (0,), "3"),
    make_question("Mục tiêu tăng trưởng là bao nhiêu?", ("5%", "5", "10,5 %"), (0,), "4"),
    make_question("Đảng ra đời năm 1930.", ("Đúng", "Sai"), (0,), "5"),
    make_question("Chọn câu đúng về a/b, R&D và C#.", ("R&D", "C#", "a/b"), (0,), "6"),
]
# fmt: off
TYPED = [
    ("the same", BANK[1], {}, [2]),
    ("one word more", BANK[1], {"text": "Ai đã chủ trì Đại hội VI của Đảng?"}, [2]),
    ("another congress", BANK[1], {"text": "Ai chủ trì Đại hội VII của Đảng?"}, []),
    ("i for y, tones elsewhere, choices in another order", BANK[0],
     {"text": "Quí khách hỏi: ai là Tổng Bí thư đầu tiên của Đảng", "correct": (2,),
      "choices": tuple(map(Choice, ("Lí Thái Tổ", "Lê Duẩn", "Trần Phú", "Nguyễn Văn Linh")))}, [1]),
    ("the same wording, other choices, same key", BANK[2],
     {"text": "Hòa bình lập lại năm nào", "choices": (Choice("1954"), Choice("1972"))}, [3]),
    ("the same wording, other key", BANK[2], {"correct": (1,)}, [3]),
    ("signs", BANK[3], {"text": "Mục tiêu tăng trưởng ấy là bao nhiêu?"}, [4]),
    ("a statement with another year", BANK[4], {"text": "Đảng ra đời năm 1945."}, []),
    ("letters and signs", BANK[5], {"text": "Chọn một câu đúng về a/b, R&D và C#."}, [6]),
    ("no words", BANK[5], {"text": "?"}, []),
]
# fmt: on


@pytest.fixture
def bank_id() -> int:
    report = Report("x.json", "json", questions=tuple(BANK))
    service.import_questions(report, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)
    return queries.get_bank("lich-su").id


@pytest.mark.parametrize("what,like,changes,numbers", TYPED, ids=[case[0] for case in TYPED])
def test_what_is_typed(
    bank_id: int, what: str, like: Question, changes: dict[str, object], numbers: list[int]
) -> None:
    typed = replace(like, number="", **changes)  # type: ignore[arg-type]  # the table names real fields
    found = [one.number for one in list_lookalikes(bank_id, typed, own_number=None)]
    assert found == numbers
    assert found == [int(pair.a) for pair in find_duplicates([typed], BANK)]


def test_the_question_itself_is_no_relative(bank_id: int) -> None:
    assert list_lookalikes(bank_id, BANK[1], own_number=2) == []


def test_long_wordings_are_found(bank_id: int) -> None:
    long = make_question("Ai? " + "rất dài " * 300, PEOPLE, (0,), "")
    service.add_question(bank_id, long, submit=False, actor=ACTOR, now=NOW)
    other = replace(long, choices=(Choice("Lý Thái Tổ"), Choice("Lê Lợi")))
    assert [one.number for one in list_lookalikes(bank_id, other, own_number=None)] == [7]
