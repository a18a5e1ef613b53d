"""In which language a person reads questions: chosen on the page, remembered in the signed session.

Another device begins with the language of its pages. Whoever never chose reads what the others read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, session, url_for

from quiz.attempts.wording import HOME
from quiz.bank.languages import language_name
from quiz.web.locale import current_language

_KEY = "questions"
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language of the switch, under its own name."""

    tag: str
    name: str
    url: str
    is_current: bool


def remember_language(tag: str | None) -> None:
    """Keep the choice that an address or a button made; anything else is ignored."""
    if tag and _TAG.fullmatch(tag) and session.get(_KEY) != tag:
        session[_KEY] = tag


def language_for(available: Sequence[str]) -> str:
    """The language to show where these translations exist; questions without one stay Vietnamese."""
    wanted = session.get(_KEY) or current_language()
    return wanted if wanted in available else HOME


def choices_of(
    available: Sequence[str], current: str, endpoint: str, **values: Any
) -> tuple[LanguageChoice, ...]:
    """The switch, Vietnamese first; empty where there is nothing to choose."""
    if not available:
        return ()
    return tuple(
        LanguageChoice(tag, language_name(tag), url_for(endpoint, **values, questions=tag), tag == current)
        for tag in (HOME, *available)
    )


def asked_language() -> str | None:
    """The language that the address asks for."""
    return request.args.get("questions")
