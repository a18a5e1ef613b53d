"""What readers of files say, in the language of the page. Templates: `problem|wrong`, `problem|mending`."""

from functools import partial
from typing import Protocol

from flask import Flask

from question_bank import speech
from question_bank.places import in_vietnamese
from question_bank.values import Problem
from quiz.web.locale import translated


class Told(Protocol):
    """A problem of whatever file: of questions, units, people, a contest."""

    @property
    def message(self) -> str: ...

    @property
    def mend(self) -> str: ...


def wrong(problem: Told) -> str:
    """What is wrong."""
    return speech.what_is_wrong(problem, translated) if isinstance(problem, Problem) else problem.message


def mending(problem: Told) -> str:
    """How to mend it."""
    return speech.how_to_mend(problem, translated) if isinstance(problem, Problem) else problem.mend


def place_words(place: str) -> str:
    """Where something stands in a file: “line 42, column “Đáp án”” as dòng 42, cột “Đáp án”."""
    return in_vietnamese(place, partial(translated, context="place"))


def init_app(app: Flask) -> None:
    """Give the filters to templates."""
    app.jinja_env.filters.update(wrong=wrong, mending=mending, translated=translated)
