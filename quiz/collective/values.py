"""What is entered about one unit. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

EVERYBODY = ""
WHOLE_CONTEST = 0
CONTEST_LIST = ""  # the list of merit for rules that have none of their own


class HeadcountState(StrEnum):
    """What became of a headcount."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    REPLACED = "replaced"  # the unit proposed another one before anybody decided


@dataclass(frozen=True, slots=True)
class UnitFact:
    """What a form or a row of a file says of a unit; None and missing categories say nothing.

    `headcounts` are by category, "" for everybody. `line` is the row of the file.
    """

    code: str
    headcounts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    people_target: int | None = None
    attempts_target: int | None = None
    merit: Decimal | None = None
    reason: str = ""
    line: int = 0

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to save."""
        targets = (self.people_target, self.attempts_target, self.merit)
        return bool(self.headcounts) or any(one is not None for one in targets)
