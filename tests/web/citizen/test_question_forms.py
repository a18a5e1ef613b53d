"""Questions filled into kept forms look exactly as the macro draws them."""

import pytest
from flask import Flask

from quiz.attempts import question_forms
from quiz.attempts.pages import PlayQuestion
from quiz.attempts.question_forms import question_on_paper

CHOICES = ("50% <b>", "%(text)s", "{{ 7 }}", "Mường & Thái")


@pytest.mark.parametrize("chosen", [(), (2,), [1, 4]])
@pytest.mark.parametrize("text", ["Ngắn %s?", "Dài. " * 60, '<img src="x">'])
@pytest.mark.parametrize("choices", [CHOICES, CHOICES[::-1], CHOICES * 6])
def test_a_form_is_what_the_macro_draws(
    app: Flask, chosen: tuple[int, ...], text: str, choices: tuple[str, ...]
) -> None:
    """Whatever stands in it, also what looks like a placeholder; drawn twice, once from the kept form."""
    for place, is_multiple in ((1, False), (17, True), (17, False)):
        question = PlayQuestion(place, text, is_multiple, choices, "vi", (), ((),) * len(choices))
        given = (question, chosen, place == 17, 20)
        with app.test_request_context("/attempts/x"):
            drawn = question_forms._macro(*given)
            assert question_on_paper(*given) == drawn
            assert question_on_paper(*given) == drawn


@pytest.fixture(autouse=True)
def no_forms_of_other_tests() -> None:
    """A test that put every word in marks has left them in the forms of this process."""
    question_forms._form.cache_clear()


def test_forms_know_the_language_of_the_page(app: Flask) -> None:
    """The same question on an English page has English words around it."""
    question = PlayQuestion(3, "Vì sao?", False, CHOICES, "vi", (), ((),) * 4)
    for language, word in (("vi", "Câu 3"), ("en", "Question 3"), ("vi", "Câu 3")):
        with app.test_request_context(f"/attempts/x?lang={language}"):
            assert word in question_on_paper(question, (), False, 20)
