"""How a complaint may be answered. Pure."""

from enum import StrEnum


class Verdict(StrEnum):
    """What the organisers find."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
