"""What the words of a problem are made of."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.values import Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Wording:
    """What is wrong and how to mend it; `{…}` are filled by `problems.problem`."""

    severity: Severity
    message: str
    mend: str
