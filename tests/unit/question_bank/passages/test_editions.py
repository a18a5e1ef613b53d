"""A newer text keeps the marks of what it still says."""

import random

from hypothesis import given
from hypothesis import strategies as st

from question_bank.passages.editions import EditionPlan, Fate, KnownPassage, plan_edition
from question_bank.passages.values import Passage

TEXTS = (
    "Đại hội họp tại Ma Cao vào cuối tháng 3 năm 1935 với mười ba đại biểu.",
    "Đại hội lần thứ hai họp ở chiến khu Việt Bắc, đưa Đảng ra hoạt động công khai.",
    "Đại hội lần thứ ba họp tại Hà Nội vào tháng chín năm 1960.",
)


def known(*texts: str) -> list[KnownPassage]:
    return [KnownPassage(Passage(mark, (), text)) for mark, text in enumerate(texts, start=1)]


def plan(old: list[KnownPassage], *texts: str) -> EditionPlan:
    return plan_edition(old, [Passage(place, (), text) for place, text in enumerate(texts, start=1)])


def fates(made: EditionPlan) -> list[tuple[str, int]]:
    return [(one.fate.value, one.mark) for one in made.passages]


def test_a_first_edition_is_all_new() -> None:
    assert fates(plan([], *TEXTS)) == [("new", 1), ("new", 2), ("new", 3)]


def test_the_same_text_changes_nothing() -> None:
    made = plan(known(*TEXTS), *TEXTS)
    assert fates(made) == [("same", 1), ("same", 2), ("same", 3)]
    assert made.changes_nothing


def test_a_passage_before_the_others_moves_no_mark() -> None:
    made = plan(known(*TEXTS), "Lời nói đầu hoàn toàn mới.", *TEXTS)
    assert fates(made) == [("new", 4), ("same", 1), ("same", 2), ("same", 3)]


def test_small_changes_keep_the_mark_and_are_shown() -> None:
    made = plan(known(*TEXTS), TEXTS[0].replace("mười ba", "13"), TEXTS[2], "Điều gì đó khác hẳn.")
    assert fates(made) == [("changed", 1), ("same", 3), ("new", 4), ("gone", 2)]
    assert made.of(Fate.GONE)[0].after is None
    assert made.count == 3
    assert not made.changes_nothing


def test_another_heading_is_a_change() -> None:
    made = plan_edition(known(TEXTS[0]), [Passage(1, ("Mới",), TEXTS[0])])
    assert fates(made) == [("changed", 1)]


def test_what_comes_back_gets_its_mark_back_and_no_mark_is_given_twice() -> None:
    old = [*known(*TEXTS)[:2], KnownPassage(Passage(7, (), TEXTS[2]), is_current=False)]
    assert fates(plan(old, TEXTS[0], "Một đoạn mới tinh về việc khác.", TEXTS[2])) == [
        ("same", 1),
        ("new", 8),
        ("changed", 7),
        ("gone", 2),
    ]


def test_repeated_passages_keep_their_order() -> None:
    assert fates(plan(known("Lặp lại.", "Lặp lại."), "Lặp lại.", "Lặp lại.", "Lặp lại.")) == [
        ("same", 1),
        ("same", 2),
        ("new", 3),
    ]


@given(st.lists(st.text(max_size=30), max_size=12), st.lists(st.text(max_size=30), max_size=12), st.randoms())
def test_marks_are_unique_and_every_passage_has_one(
    old: list[str], new: list[str], chance: random.Random
) -> None:
    mixed = [*new, *old[::2]]
    chance.shuffle(mixed)
    made = plan(known(*old), *mixed)
    marks = [one.mark for one in made.passages]
    assert len(marks) == len(set(marks))
    assert [one.after.text for one in made.passages if one.after] == mixed
    assert {one.mark for one in made.passages} >= set(range(1, len(old) + 1))
