"""Why an attempt says no."""

from datetime import datetime

from quiz.attempts.sheets import Sheet
from quiz.core.errors import DomainError, Invalid


class StartRefused(DomainError):
    """This person may not start now; the code is a `limits.Refusal`."""


class MustWait(DomainError):
    """More people press start than the machine can serve; the person has a place in line."""

    def __init__(self) -> None:
        super().__init__("must_wait")


class OlderRevision(DomainError):
    """A newer sheet is stored; `sheet` is that sheet, `remaining_ms` the honest time left."""

    def __init__(self, sheet: Sheet, saved_at: datetime | None, remaining_ms: int) -> None:
        super().__init__("older_revision")
        self.sheet = sheet
        self.saved_at = saved_at
        self.remaining_ms = remaining_ms


class TimeIsOver(DomainError):
    """The deadline and its grace have passed, or the attempt was submitted; nothing was changed."""

    status = 410


class PredictionNeeded(Invalid):
    """The round asks for a prediction and the sheet has none that can be read."""


class AnswersMissing(Invalid):
    """The round wants every question answered; `params["places"]` lists the empty ones."""


class HelpRefused(Invalid):
    """What an organiser wanted to do for an entrant cannot be done; the code says why."""
