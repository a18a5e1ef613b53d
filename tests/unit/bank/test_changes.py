"""What a new wording changes, part by part."""

from dataclasses import replace

import pytest

from question_bank.values import Choice, Citation, Image, Kind, Question, Translation
from quiz.bank.changes import changes

OLD = Question(
    number="1",
    place="question 1",
    kind=Kind.SINGLE,
    text="Đại hội VI họp vào tháng nào?",
    choices=(Choice("12/1986"), Choice("6/1991"), Choice("4/2001")),
    correct=(0,),
    key_from="bank",
    topic="Đại hội VI",
    source="Văn kiện",
)


@pytest.mark.parametrize(
    "new, told",
    [
        ({}, []),
        ({"text": "Đại hội VI họp vào năm nào?"}, [("text", "")]),
        ({"choices": (Choice("12/1986"), Choice("6/1996"), Choice("4/2001"))}, [("choice", "B")]),
        ({"choices": OLD.choices[:2]}, [("choice", "C")]),
        ({"choices": (*OLD.choices, Choice("1/2011"))}, [("choice", "D")]),
        ({"correct": (1,)}, [("key", "")]),
        ({"kind": Kind.MULTIPLE, "correct": (0, 2)}, [("key", ""), ("kind", "")]),
        ({"topic": None, "level": "Nhận biết"}, [("topic", ""), ("level", "")]),
        ({"tags": ("mới",)}, [("tags", "")]),
        ({"citation": Citation("Chương II")}, [("citation", "")]),
        ({"translations": (Translation("en", "When?", ("a", "b", "c")),)}, [("translations", "")]),
        ({"images": (Image("a.png", "image/png", b"", "Bản đồ"),)}, [("pictures", "")]),
        ({"number": "7", "place": "elsewhere"}, []),
    ],
)
def test_parts(new: dict[str, object], told: list[tuple[str, str]]) -> None:
    found = changes(OLD, replace(OLD, **new))  # type: ignore[arg-type]  # real fields
    assert [(one.part, one.letter) for one in found] == told


def test_words_that_differ_are_marked() -> None:
    [change] = changes(OLD, replace(OLD, text="Đại hội VI họp vào năm nào?"))
    assert [piece.text.strip() for piece in change.before if piece.differs] == ["tháng"]
    assert [piece.text.strip() for piece in change.after if piece.differs] == ["năm"]


def test_another_picture_of_the_same_name_differs() -> None:
    one = Image("a.png", "image/png", b"", "Bản đồ", 0, "11")
    old, new = (replace(OLD, images=(replace(one, digest=digest),)) for digest in ("11", "22"))
    [change] = changes(old, new)
    assert change.after[0].text == "A: Bản đồ"
    assert changes(old, old) == ()
