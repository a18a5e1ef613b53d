"""What accounts refuse."""

from datetime import timedelta

from quiz.core.errors import DomainError, Invalid


class SignInRefused(DomainError):
    """Name and password do not belong together; the reply does not say which of them is wrong."""

    status = 422


class TooManyTries(DomainError):
    """Another try is taken only after a wait."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, round(wait.total_seconds()))
        super().__init__("too_many_sign_ins", minutes=-(-self.seconds // 60))


class SignInBusy(DomainError):
    """More people sign in than the machine can check at once."""

    status = 503


class InvitationOver(DomainError):
    """The link was used, withdrawn, or its time is over."""

    status = 410


class AccountInvalid(Invalid):
    """An account cannot be like this.

    Codes: username_form, username_taken, staff_name_missing, unit_needed, unit_not_for_role, unit_unknown,
    password_wrong, wrong_code, second_step_unknown, second_step_required, not_for_oneself, last_owner, and
    those of `passwords.password_problem`.
    """
