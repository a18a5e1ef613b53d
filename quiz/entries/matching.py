"""Whether what was stated is what a list says. Pure."""

from datetime import date


def same_birth(stated: date | None, listed: date | None, *, only_year: bool) -> bool:
    """Whether a stated birth date is the listed one; one that is missing is like no other."""
    if stated is None or listed is None:
        return False
    return stated.year == listed.year if only_year else stated == listed
