"""Rows of the editor: moving, removing, and what follows a choice."""

from dataclasses import replace

import pytest

from question_bank.values import Choice, Image, Kind, Question, Translation
from quiz.bank import editing
from quiz.bank.editing import Row, apply_rows, rows_of
from quiz.bank.translating import find_translation, states_of, with_translation

QUESTION = Question(
    number="1",
    place="",
    kind=Kind.SINGLE,
    text="Ở đâu?",
    choices=(Choice("Huế", weight=1 / 3), Choice("Hà Nội", feedback="Đúng"), Choice("Sơn La", pinned=True)),
    correct=(1,),
    key_from="bank",
    images=(Image("a.png", "", b"", "Cầu", 1, "d1"), Image("b.png", "", b"", "Phố", None, "d2")),
    translations=(Translation("en", "Where?", ("Hue", "Hanoi", "Son La")),),
)


def applied(rows: list[Row]) -> Question:
    return apply_rows(QUESTION, QUESTION, rows)


def test_untouched_rows_give_the_same_question() -> None:
    assert applied(editing.with_spare(rows_of(QUESTION), 8)) == QUESTION


def test_moving_takes_key_translation_and_picture_along() -> None:
    moved = applied(editing.move_row(rows_of(QUESTION), 1, -1))
    assert [one.text for one in moved.choices] == ["Hà Nội", "Huế", "Sơn La"]
    assert moved.correct == (0,)
    assert moved.translations[0].choices == ("Hanoi", "Hue", "Son La")
    assert [one.choice for one in moved.images] == [0, None]
    assert moved.choices[1].weight == 1 / 3


def test_removing_a_choice_removes_what_is_its_own() -> None:
    left = applied(editing.remove_row(rows_of(QUESTION), 1))
    assert left.translations[0].choices == ("Hue", "Son La")
    assert [one.digest for one in left.images] == ["d2"]
    assert left.correct == ()


def test_a_new_choice_has_no_translation_and_nothing_of_a_removed_one() -> None:
    rows = editing.add_row(editing.remove_row(rows_of(QUESTION), 2))
    rows[2] = replace(rows[2], text="Mộc Châu")
    made = applied(rows)
    assert made.translations[0].choices == ("Hue", "Hanoi", "")
    assert not states_of([(1, made)])[0].is_whole


@pytest.mark.parametrize("place, by", [(0, -1), (2, 1), (9, 1), (-1, 1)])
def test_nothing_moves_beyond_the_ends(place: int, by: int) -> None:
    assert editing.move_row(rows_of(QUESTION), place, by) == rows_of(QUESTION)


def test_at_most_eight_rows() -> None:
    rows = editing.with_spare(rows_of(QUESTION), 20)
    assert len(editing.add_row(rows)) == 8
    assert len({row.slot for row in rows}) == 8


@pytest.mark.parametrize(
    "typed, weight",
    [
        ("50", 0.5),
        ("33,3", 0.333),
        ("-25 %", -0.25),
        ("x", None),
        ("101", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_weights(typed: str, weight: float | None) -> None:
    assert editing.parse_weight(typed) == (pytest.approx(weight) if weight is not None else None)


def test_tags_are_lines() -> None:
    assert editing.split_tags("a, b\n\n c \na, b") == ("a, b", "c")


def test_a_translation_is_older_than_the_wording() -> None:
    reworded = replace(QUESTION, text="Ở tỉnh nào?")
    [state] = states_of([(3, reworded), (2, QUESTION), (1, replace(QUESTION, translations=()))])
    assert (state.basis, state.is_stale, state.is_whole) == (2, True, True)
    mended = with_translation(reworded, Translation("en", "In which province?", ("Hue", "Hanoi", "Son La")))
    [state] = states_of([(4, mended), (3, reworded)])
    assert (state.basis, state.is_stale) == (4, False)


def test_moving_choices_does_not_make_a_translation_old() -> None:
    moved = applied(editing.move_row(rows_of(QUESTION), 0, 1))
    [state] = states_of([(2, moved), (1, QUESTION)])
    assert (state.basis, state.is_stale) == (1, False)


def test_an_empty_translation_takes_it_out() -> None:
    assert find_translation(with_translation(QUESTION, Translation("en", "", ("", ""))), "en") is None
