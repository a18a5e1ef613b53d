"""Addresses of electronic mail: what people type, one stored form. Pure."""

import re
import unicodedata

from quiz.core.errors import Invalid

MAX_EMAIL = 254
# Enough to catch a slip of the finger; whether a letter arrives, only a letter shows.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


class EmailProblem(Invalid):
    """The text is no address. Codes: empty, no_at, not_an_address."""


def normalise_email(text: str) -> str:
    """The address in small letters without spaces around it. Raises EmailProblem.

    Small letters on both sides: servers that tell capitals apart are not met, people who type them are.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if not typed:
        raise EmailProblem("empty")
    if "@" not in typed:
        raise EmailProblem("no_at")
    if len(typed) > MAX_EMAIL or not _ADDRESS.fullmatch(typed):
        raise EmailProblem("not_an_address")
    return typed


def mask_email(address: str) -> str:
    """The address for pages: "h•••@gmail.com"."""
    name, _at, server = address.partition("@")
    return f"{name[:1]}•••@{server}"
