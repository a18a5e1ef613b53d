"""Vietnamese mobile numbers: many ways of typing, one stored form. Pure."""

import re
import unicodedata

from quiz.core.errors import Invalid

# Eleven-digit numbers of before 2018, still in people's heads and in old lists.
_OLD_PREFIXES = {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    **{f"016{digit}": f"03{digit}" for digit in "23456789"},
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
_LENGTH = 10
# Whole ranges rather than today's list of prefixes: operators are given new ones every few years.
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015()/]+")


class PhoneProblem(Invalid):
    """The text is not a mobile number. Codes: empty, letters, too_short, too_long, not_mobile.

    `digits` is how many digits were given, counted as in the usual form with its leading zero.
    """

    def __init__(self, code: str, *, digits: int = 0) -> None:
        super().__init__(code, digits=digits)
        self.digits = digits


def normalise_phone(text: str) -> str:
    """The number in international form, "+84901234567". Raises PhoneProblem."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not typed:
        raise PhoneProblem("empty")
    if not re.fullmatch(r"\+?[0-9]+", typed):
        raise PhoneProblem("letters")
    number = _with_leading_zero(typed)
    if number[:2] == "02" and len(number) in {_LENGTH, _LENGTH + 1}:
        raise PhoneProblem("not_mobile", digits=len(number))
    if len(number) == _LENGTH + 1 and (new := _OLD_PREFIXES.get(number[:4])):
        number = new + number[4:]
    if len(number) < _LENGTH:
        raise PhoneProblem("too_short", digits=len(number))
    if len(number) > _LENGTH:
        raise PhoneProblem("too_long", digits=len(number))
    if not _MOBILE.fullmatch(number):
        raise PhoneProblem("not_mobile", digits=len(number))
    return "+84" + number[1:]


def national_form(phone: str) -> str:
    """The number as people write it, "0901234567", from the stored form."""
    return "0" + phone.removeprefix("+84")


def spaced_form(phone: str) -> str:
    """The number as people read it aloud: "0901 234 567"."""
    number = national_form(phone)
    return f"{number[:4]} {number[4:7]} {number[7:]}"


def mask_phone(phone: str) -> str:
    """The number for pages: "09•• ••• 567"."""
    number = national_form(phone)
    return f"{number[:2]}•• ••• {number[-3:]}"


def _with_leading_zero(typed: str) -> str:
    """The digits in national form, from +84…, 84…, 0084… and from what is national already."""
    if typed.startswith("+"):
        if not typed.startswith("+84"):
            raise PhoneProblem("not_mobile", digits=len(typed) - 1)
        return _national(typed[3:])
    if typed.startswith("0084"):
        return _national(typed[4:])
    # Nine digits with 84 in front are a number without its zero, not a country code.
    if typed.startswith("84") and len(typed) >= _LENGTH:
        return _national(typed[2:])
    return typed


def _national(rest: str) -> str:
    """What follows the country code, with one leading zero ("+84 0901…" is often typed)."""
    return "0" + rest.removeprefix("0")
