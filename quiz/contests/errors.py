"""Why a contest cannot be set like this, or a round not moved."""

from collections.abc import Sequence

from quiz.core.errors import DomainError, Invalid


class ContestRefused(Invalid):
    """The definition is well formed but cannot be applied here; `code` says why."""


class RoundRunning(DomainError):
    """A round that has opened keeps what its attempts rest on; `params["what"]` names what was to change."""


class StepRefused(DomainError):
    """The round's phase does not allow this step."""


class NoticeRefused(Invalid):
    """Words to everybody cannot stand like this; `code` says why."""


class BankTooThin(DomainError):
    """The bank cannot fill the round's matrix; `shortages` lists (topic, level, wanted, available)."""

    def __init__(self, shortages: Sequence[tuple[str | None, str | None, int, int]]) -> None:
        topic, level, wanted, available = shortages[0]
        super().__init__(
            "bank_too_thin_to_open", topic=topic or "", level=level or "", wanted=wanted, have=available
        )
        self.shortages = tuple(shortages)
