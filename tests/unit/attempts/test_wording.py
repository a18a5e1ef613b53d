"""Wordings by language and by place: what one language changes, and what none may."""

import pytest

from question_bank.values import Kind, Translation
from quiz.attempts.wording import available_languages, other_wordings, pictures_in, wording_in
from quiz.bank.values import PictureRef, RevisionView

CHOICES = ("Sơn La", "Lai Châu", "Điện Biên", "Tất cả các đáp án trên")
ENGLISH = Translation("en", "Where?", ("Son La", "Lai Chau", "Dien Bien", "All of the above"), "Because.")
ORDER = (2, 0, 1, 3)


def view(*translations: Translation, choices: tuple[str, ...] = CHOICES, **more: object) -> RevisionView:
    return RevisionView(
        id=1,
        kind=Kind.SINGLE,
        text="Ở đâu?",
        choices=choices,
        correct=(0,),
        pinned=(3,),
        topic=None,
        level=None,
        source=None,
        explanation="Vì thế.",
        question_id=1,
        translations=translations,
        **more,  # type: ignore[arg-type]  # the caller names real fields
    )


def picture(choice: int | None) -> PictureRef:
    return PictureRef("0" * 64, "png", "dung.png", "hình", 6, 4, choice)


def test_a_language_changes_words_and_no_places() -> None:
    shown = wording_in(view(ENGLISH), ORDER, "en")
    assert (shown.language, shown.text, shown.explanation) == ("en", "Where?", "Because.")
    assert shown.choices == ("Dien Bien", "Son La", "Lai Chau", "All of the above")
    home = wording_in(view(ENGLISH), ORDER, "vi")
    assert (home.language, home.choices[0], home.explanation) == ("vi", "Điện Biên", "Vì thế.")


@pytest.mark.parametrize(
    "partial",
    [
        Translation("en", " ", ENGLISH.choices),
        Translation("en", "Where?", ENGLISH.choices[:3]),
        Translation("en", "Where?", ("Son La", "", "Dien Bien", "All")),
        Translation("lo", "ຢູ່ໃສ?", ENGLISH.choices),
    ],
)
def test_half_a_translation_is_none(partial: Translation) -> None:
    shown = wording_in(view(partial), ORDER, "en")
    assert (shown.language, shown.text) == ("vi", "Ở đâu?")
    assert "en" not in available_languages([view(partial)])


def test_an_explanation_may_stay_vietnamese() -> None:
    shown = wording_in(view(Translation("en", "Where?", ENGLISH.choices)), ORDER, "en")
    assert (shown.language, shown.explanation, shown.explanation_language) == ("en", "Vì thế.", "vi")


def test_the_switch_offers_what_any_question_has() -> None:
    lao = Translation("lo", "ຢູ່ໃສ?", ENGLISH.choices)
    assert available_languages([view(), view(lao), view(ENGLISH)]) == ("en", "lo")
    assert available_languages([view(), view()]) == ()


def test_the_page_holds_what_differs_from_it() -> None:
    paper = [(view(ENGLISH), ORDER), (view(), ORDER)]
    texts = other_wordings(paper, "vi", ("en",))
    assert texts == {"en": [["en", "Where?", "Dien Bien", "Son La", "Lai Chau", "All of the above"], None]}
    back = other_wordings(paper, "en", ("en",))
    assert back == {"vi": [["vi", "Ở đâu?", *(CHOICES[choice] for choice in ORDER)], None]}


def test_too_much_text_is_asked_for_instead() -> None:
    long = Translation("en", "Where? " * 1000, ENGLISH.choices)
    assert other_wordings([(view(long), ORDER)] * 5, "vi", ("en",)) == {}


def test_pictures_stand_where_their_choices_stand() -> None:
    found = pictures_in(view(pictures=(picture(None), picture(0), picture(2))), ORDER)
    assert [place for _picture, place in found] == [None, 2, 1]


def test_the_name_of_a_choice_that_is_only_a_picture_is_not_shown() -> None:
    named = view(choices=("Hình A", "Hình B", "Chữ", "Hình D"), pictures=(picture(0), picture(1)))
    assert wording_in(named, (1, 0, 3, 2), "vi").choices == ("", "", "Hình D", "Chữ")
