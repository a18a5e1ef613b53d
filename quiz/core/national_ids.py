"""Numbers on identity papers: 12 digits (căn cước), 9 digits (older cards), passports. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.core.errors import Invalid
from quiz.core.genders import Gender

_CARD = re.compile(r"[0-9]{12}|[0-9]{9}")
# Where a birth was registered, as cards have it. Not given to any province; from 101 on it is a country.
_NO_PROVINCE = frozenset(
    {0, 3, 5, 7, 9, 13, 16, 18, 21, 23, 28, 29, 32, 39, 41, 43, 47, 50, 53, 55, 57, 59, 61, 63, 65, 69}
    | {71, 73, 76, 78, 81, 85, 88, 90, 97, 98, 99, 100}
)
_PASSPORT = re.compile(r"[A-Z][0-9]{7,8}")


class NationalIdProblem(Invalid):
    """The text is no such number. Codes: empty, wrong_length (with `digits`), not_a_number."""


def normalise_national_id(text: str) -> str:
    """The number without spaces and dots, letters as capitals. Raises NationalIdProblem."""
    typed = re.sub(r"[\s.\-]+", "", unicodedata.normalize("NFKC", text)).upper()
    if not typed:
        raise NationalIdProblem("empty")
    if _CARD.fullmatch(typed) or _PASSPORT.fullmatch(typed):
        return typed
    if re.fullmatch(r"[0-9]+", typed):
        raise NationalIdProblem("wrong_length", digits=len(typed))
    raise NationalIdProblem("not_a_number")


class Doubt(StrEnum):
    """What on a card does not go with what else was stated. The person may be right all the same."""

    PLACE = "place"  # no province or country has this number
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the first six of the twelve digits say."""

    place: int
    gender: Gender
    birth_year: int


def card_facts(number: str) -> CardFacts | None:
    """What a number of twelve digits says of its owner; None for older cards and passports."""
    if not re.fullmatch(r"[0-9]{12}", number):
        return None
    century_and_gender = int(number[3])
    return CardFacts(
        place=int(number[:3]),
        gender=Gender.FEMALE if century_and_gender % 2 else Gender.MALE,
        birth_year=1900 + 100 * (century_and_gender // 2) + int(number[4:6]),
    )


def doubts(number: str, *, birth_date: date | None, gender: Gender | None, today: date) -> tuple[Doubt, ...]:
    """Where a card and the other fields disagree: a slip in one of them, or a relative's number."""
    facts = card_facts(number)
    if facts is None:
        return ()
    found = []
    if facts.place in _NO_PROVINCE:
        found.append(Doubt.PLACE)
    if (facts.birth_year != birth_date.year) if birth_date else (facts.birth_year > today.year):
        found.append(Doubt.BIRTH_YEAR)
    if gender in (Gender.FEMALE, Gender.MALE) and facts.gender is not gender:
        found.append(Doubt.GENDER)
    return tuple(found)


def mask_national_id(number: str) -> str:
    """Everything but the last three characters hidden."""
    return "•" * max(len(number) - 3, 0) + number[-3:]
