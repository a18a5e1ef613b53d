"""Where a one-time code can be sent: a phone or a mail address, in one stored form. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.core.emails import mask_email, normalise_email
from quiz.core.errors import Invalid
from quiz.core.phones import mask_phone, normalise_phone


class Channel(StrEnum):
    """How a code reaches a person."""

    PHONE = "phone"
    EMAIL = "email"


class ContactProblem(Invalid):
    """No contact of a kind that codes can be sent to. Codes: contact_empty, phones_only, emails_only."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone as "+84901234567", or a mail address in small letters."""

    channel: Channel
    value: str

    @property
    def text(self) -> str:
        """The contact with its kind, for keyed hashes."""
        return f"{self.channel.value}:{self.value}"

    @property
    def masked(self) -> str:
        """What pages show of it: "09•• ••• 567", "h•••@gmail.com"."""
        return mask_phone(self.value) if self.channel is Channel.PHONE else mask_email(self.value)


def read_contact(typed: str, channels: frozenset[Channel]) -> Contact:
    """What was typed as a contact of one of the kinds. Raises ContactProblem, PhoneProblem, EmailProblem."""
    if not typed.strip():
        raise ContactProblem("contact_empty")
    if "@" in typed:
        if Channel.EMAIL not in channels:
            raise ContactProblem("phones_only")
        return Contact(Channel.EMAIL, normalise_email(typed))
    if Channel.PHONE not in channels:
        raise ContactProblem("emails_only")
    return Contact(Channel.PHONE, normalise_phone(typed))
