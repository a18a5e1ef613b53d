"""What a second reader remarks on a question."""

from dataclasses import replace

import pytest

from question_bank.values import Choice, Citation, Kind, Question
from quiz.bank.checks import Remark, findings

GOOD = Question(
    number="1",
    place="",
    kind=Kind.SINGLE,
    text="Đại hội VI họp năm nào?",
    choices=tuple(map(Choice, ("1976", "1982", "1986", "1991"))),
    correct=(2,),
    key_from="hand",
    topic="Đại hội",
    level="Nhận biết",
    source="Văn kiện",
    explanation="Tháng 12/1986.",
    citation=Citation(quote="Đại hội họp từ ngày 15 đến 18/12/1986."),
)


def wrong(question: Question) -> dict[Remark, str]:
    return {one.remark: one.about for one in findings(question) if not one.is_fine}


def test_nothing_to_remark() -> None:
    assert wrong(GOOD) == {}
    assert [one.about for one in findings(GOOD) if one.remark is Remark.KEY] == ["1"]


@pytest.mark.parametrize(
    "changes, remark, about",
    [
        ({"correct": ()}, Remark.KEY, "0"),
        ({"correct": (0, 1)}, Remark.KEY, "2"),
        ({"correct": (7,)}, Remark.LABELS, None),
        ({"source": None}, Remark.SOURCE, ""),
        ({"citation": None}, Remark.QUOTE, ""),
        ({"topic": None}, Remark.LABELS, ""),
        ({"level": None}, Remark.LABELS, ""),
        ({"explanation": None}, Remark.EXPLANATION, ""),
        ({"text": "Nội dung nào không phải của Đại hội VI?"}, Remark.NEGATION, "không phải"),
        ({"text": "Nội dung nào KHÔNG phải của Đại hội VI?"}, Remark.NEGATION, None),
        ({"text": "Nhận định nào sau đây sai?"}, Remark.NEGATION, "sai"),
        ({"text": "Đại hội VI họp ở đâu?"}, Remark.NEGATION, None),
    ],
)
def test_remarks(changes: dict[str, object], remark: Remark, about: str | None) -> None:
    found = wrong(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert found.get(remark) == about


def test_all_of_the_above_fits_only_questions_with_several_keys() -> None:
    choices = (*GOOD.choices[:3], Choice("Tất cả các phương án trên"))
    assert wrong(replace(GOOD, choices=choices)) == {Remark.ALL_ABOVE: "Tất cả các phương án trên"}
    assert wrong(replace(GOOD, choices=choices, kind=Kind.MULTIPLE)) == {}


def test_a_key_that_its_length_gives_away() -> None:
    long = replace(
        GOOD, choices=(*GOOD.choices[:2], Choice("Năm 1986, tại Thủ đô Hà Nội, với 1.129 đại biểu"))
    )
    assert wrong(long) == {Remark.LONG_KEY: "C"}
    assert wrong(replace(long, correct=(0,))) == {}


def test_a_passage_is_a_source() -> None:
    assert wrong(replace(GOOD, source=None, citation=Citation(quote="x", passage="lich-su/7"))) == {}
