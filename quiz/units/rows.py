"""What comes out of a file of units: rows, and problems with their places. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the import."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class UnitProblem:
    """One thing wrong. `line` counts lines of the file from 1, `column` is the title as the file has it."""

    line: int
    column: str | None
    code: str
    message: str
    mend: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the file. `line` is where it stands; `depth` is 0 for a root."""

    line: int
    code: str
    parent_code: str | None
    name: str
    kind: str = ""
    headcount: int | None = None
    short_name: str | None = None
    old_names: tuple[str, ...] = ()
    division: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What a file holds: rows depth first, children in the order of the file, and problems by line."""

    file: str
    rows: tuple[UnitRow, ...]
    problems: tuple[UnitProblem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the file must be mended before it can be taken."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
