"""Numbers on identity papers: 12 digits (căn cước), 9 digits (older cards), passports. Pure."""

import re
import unicodedata

from quiz.core.errors import Invalid

_CARD = re.compile(r"[0-9]{12}|[0-9]{9}")
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


def mask_national_id(number: str) -> str:
    """Everything but the last three characters hidden."""
    return "•" * max(len(number) - 3, 0) + number[-3:]
