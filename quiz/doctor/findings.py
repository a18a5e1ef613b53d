"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters."""

    GOOD = "good"
    WARNING = "warning"  # people can take part; something should be mended before the next contest
    BAD = "bad"  # answers, results or personal data are in danger, or people are kept out


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: about what, what was seen, and how to mend it (empty where all is well)."""

    level: Level
    about: str
    seen: str
    mend: str = ""


def good(about: str, seen: str) -> Finding:
    """All is well."""
    return Finding(Level.GOOD, about, seen)


def warning(about: str, seen: str, mend: str) -> Finding:
    """To be mended before the next contest."""
    return Finding(Level.WARNING, about, seen, mend)


def bad(about: str, seen: str, mend: str) -> Finding:
    """To be mended now."""
    return Finding(Level.BAD, about, seen, mend)
