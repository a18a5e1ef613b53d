"""Entrants and evidence as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Signal(StrEnum):
    """What two entries have in common."""

    NAME_SAME = "name_same"
    NAME_MARKS = "name_marks"  # the same but for diacritics that both have
    NAME_SLIP = "name_slip"
    NAME_PART = "name_part"
    NAME_ORDER = "name_order"
    BIRTH_SAME = "birth_same"
    BIRTH_YEAR = "birth_year"  # both on 1 January: all that is known is the year
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_SLIP = "birth_slip"
    BIRTH_PART = "birth_part"
    PHONE_SAME = "phone_same"
    PHONE_NEAR = "phone_near"
    ID_SAME = "id_same"
    ID_NEAR = "id_near"
    ID_OTHER = "id_other"
    DEVICE = "device"
    DEVICE_CROWD = "device_crowd"
    NETWORK = "network"
    RHYTHM = "rhythm"
    ANSWERS = "answers"


class Strength(StrEnum):
    """A weight in one word."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Entrant:
    """What is compared of one entry. Moments are seconds since 1970, `phone` nine digits without +84.

    `name_key` is the folded name; device and network are keyed hashes: equal, or not.
    """

    id: int
    name: str
    name_key: str
    birth: date | None = None
    phone: str | None = None
    national_id: str | None = None
    device: str | None = None
    network: str | None = None
    registered: float = 0.0
    ended: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody chose in a question: choices of the bank's question, from 0."""

    chosen: frozenset[int]
    is_right: bool


Sheet = Mapping[int, Answer]  # by wording


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal with its weight: powers of ten by which it is likelier with one person than with two."""

    signal: Signal
    weight: float
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def strength(self) -> Strength:
        """The weight in one word."""
        if self.weight < 0:
            return Strength.AGAINST
        if self.weight >= 3:
            return Strength.STRONG
        return Strength.MEDIUM if self.weight >= 1.5 else Strength.WEAK


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person's; `first` is the smaller number."""

    first: int
    second: int
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return sum(one.weight for one in self.evidence)
