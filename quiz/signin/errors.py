"""Why a code is not sent or not taken, and why an account does not open."""

from quiz.core.errors import DomainError, Invalid


class CodeRefused(DomainError):
    """No code is sent. Codes: codes_for_contact, codes_from_network, codes_of_day."""

    status = 429


class CodeNotSent(DomainError):
    """The sender did not take the message. Codes are those of `senders.NotSent`: code_no_sender, code_…"""

    status = 503


class CodeWrong(Invalid):
    """This is not the code, or there is none to type any more. Codes: code_wrong, those of `codes.Ending`."""


class AccountRefused(DomainError):
    """Contact and password do not belong together; the reply does not say which of them is wrong."""

    status = 422


class PasswordUnfit(Invalid):
    """The password cannot be taken. Codes: entrant_password_short, entrant_password_long, password_common."""
