"""What the pages of the ways in show."""

from dataclasses import dataclass
from datetime import date, datetime

from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class WaysPage:
    """The choice of ways into a contest. An empty address leaves a way out."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    form_url: str
    code_url: str
    code_hint: str
    account_url: str
    provider: str
    provider_url: str
    resume_url: str
    broken: str
    known: str
    known_url: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """Typing the code. `is_over`: it cannot be typed any more and only a new one helps."""

    title: str
    contact: Contact
    slug: str
    sent_to: str
    minutes: int
    check_url: str
    again_url: str
    other_url: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class GatePage:
    """Signing in, or asking for the code that opens an account. `provider`: its name, or ""."""

    contact: Contact
    provider: str
    new_url: str


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """Choosing a password. `is_known`: the proven contact has an account already."""

    contact: Contact
    shown: str
    least: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account. `shown`: the masked contact, or the name that the provider gave."""

    contact: Contact
    shown: str
    opened_at: datetime
    has_password: bool
    is_sure_missing: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day on which codes were sent; `spent_at`: when there were no more."""

    day: date
    sent: int
    failed: int
    spent_at: datetime | None


@dataclass(frozen=True, slots=True)
class SenderLine:
    """By what codes leave: `channel` is phone or email."""

    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    """What one-time codes cost."""

    sent: int
    failed: int
    budget: int
    alarm_at: int
    is_near: bool
    is_spent: bool
    days: tuple[DayLine, ...]
    senders: tuple[SenderLine, ...]
    provider: str
