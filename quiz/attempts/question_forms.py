"""Questions on a running paper: everybody has other ones in another order, but they are all alike.

A paper has twenty and is opened by everybody at once. What the macro makes of a question without pictures is
kept as a form, by what it looks like, and filled with number, text and choices.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from quiz.attempts.pages import PlayQuestion
from quiz.web.locale import current_language

_LONG = 240  # letters, from which on a question and its choices stand in smaller type
_NUMBER, _TEXT, _CHOICE = 987654321, "\x02t\x02", "\x02{}\x02"


class Looks(NamedTuple):
    """All that makes two questions differ but their words."""

    page_language: str
    language: str
    is_multiple: bool
    choices: int
    is_long: bool
    chosen: tuple[int, ...]
    is_flagged: bool
    total: int


def question_on_paper(question: PlayQuestion, chosen: Sequence[int], is_flagged: bool, total: int) -> Markup:
    """One question to answer, as the macro of components/paper.html shows it."""
    if question.images or any(question.choice_images) or current_app.debug:
        return _macro(question, chosen, is_flagged, total)
    letters = len(question.text) + sum(map(len, question.choices))
    looks = Looks(
        current_language(),
        question.language,
        question.is_multiple,
        len(question.choices),
        letters > _LONG,
        tuple(chosen),
        is_flagged,
        total,
    )
    words = {f"c{number}": text for number, text in enumerate(question.choices)}
    return _form(looks) % (words | {"number": question.place, "text": question.text})


@lru_cache(maxsize=2048)
def _form(looks: Looks) -> Markup:
    choices = tuple(_CHOICE.format(number) for number in range(looks.choices))
    missing = _LONG + 1 if looks.is_long else 0
    model = PlayQuestion(
        place=_NUMBER,
        text=_TEXT + "\x03" * missing,
        is_multiple=looks.is_multiple,
        choices=choices,
        language=looks.language,
        images=(),
        choice_images=((),) * looks.choices,
    )
    made = str(_macro(model, looks.chosen, looks.is_flagged, looks.total))
    made = made.replace("\x03", "").replace("%", "%%")
    made = made.replace(str(_NUMBER), "%(number)s").replace(_TEXT, "%(text)s")
    for number, choice in enumerate(choices):
        made = made.replace(choice, f"%(c{number})s")
    return Markup(made)  # noqa: S704 -- the macro has escaped what is not a placeholder


def _macro(*given: Any) -> Markup:
    module: Any = current_app.jinja_env.get_template("components/paper.html").module
    made: Markup = module.question(*given)
    return made
