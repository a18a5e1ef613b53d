"""Choices and search words as a revision keeps them."""

from question_bank.values import Choice, Kind, Question
from quiz.bank.values import keeps_its_place, loaded_choices, search_words, stored_choices


def test_choices_come_back_as_they_were() -> None:
    choices = (Choice("một", pinned=True), Choice("hai", feedback="gần đúng"), Choice("ba", weight=0.0))
    assert loaded_choices(stored_choices(choices)) == choices
    assert stored_choices((Choice("một"),)) == [{"text": "một"}]


def test_choices_that_speak_of_the_others_keep_their_place() -> None:
    assert keeps_its_place((Choice("một"), Choice("Tất cả các đáp án trên"))) == (1,)
    assert keeps_its_place((Choice("một", pinned=True), Choice("hai"))) == (0,)


def test_search_words_are_plain() -> None:
    question = Question(
        "1",
        "line 1",
        Kind.SINGLE,
        "Đại hội VI?",
        (Choice("Hà Nội"), Choice("Huế")),
        (0,),
        "column",
        topic="Đổi mới",
    )
    assert search_words(question) == "dai hoi vi ha noi hue doi moi"
