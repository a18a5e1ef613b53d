"""How messages leave: a sender for phones and one for mail, chosen by the settings of the installation.

QUIZ_CODE_PHONE   console | webhook | none      QUIZ_CODE_EMAIL   console | smtp | webhook | none
"""

import logging
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from quiz.core.settings import Settings, UnsafeSettings
from quiz.signin.contacts import Channel, Contact
from quiz.signin.messages import Message

log = logging.getLogger(__name__)

_PATIENCE = 10.0  # seconds for a sender to take a message
_WAIT_FOR_TURN = 2.0
_LOCAL = {"localhost", "127.0.0.1", "::1"}
# Waiting for somebody else's machine may hold only some of a process's threads: the others serve attempts.
_turns = threading.BoundedSemaphore(3)


class NotSent(Exception):
    """A sender did not take a message. `reason` is a code, `detail` a status or kind of error, no contact."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Sender(Protocol):
    """Takes a message to one contact."""

    @property
    def name(self) -> str:
        """The word of the settings."""

    def send(self, to: str, message: Message) -> None:
        """Hand the message over. Raises NotSent."""

    def reach(self) -> None:
        """See whether somebody is there to take messages, without sending one. Raises NotSent."""


@dataclass(frozen=True, slots=True)
class Console:
    """Writes the code to the server's own terminal; for development."""

    name: str = "console"

    def send(self, to: str, message: Message) -> None:
        """Log the code; the contact stays out of the log."""
        log.warning("one-time code %s", message.code)

    def reach(self) -> None:
        """The terminal is always there."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands mail to a server. `security` is tls (from the start), starttls or none (this machine only)."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = "smtp"

    def send(self, to: str, message: Message) -> None:
        """One mail. Raises NotSent."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, to, message.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text, cte="quoted-printable")  # every relay takes it
        try:
            with self._connected() as server:
                server.send_message(mail)
        except smtplib.SMTPResponseException as error:
            raise NotSent("code_sender_refused", str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent("code_sender_away", type(error).__name__) from error

    def reach(self) -> None:
        """Sign in and go. Raises NotSent."""
        try:
            with self._connected() as server:
                server.noop()
        except smtplib.SMTPResponseException as error:
            raise NotSent("code_sender_refused", str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent("code_sender_away", type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            with suppress(OSError, smtplib.SMTPException):
                server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts JSON {to, text, code} to a gateway for SMS or Zalo; any 2xx means that it was taken."""

    url: str
    token: str = field(default="", repr=False)
    name: str = "webhook"

    def send(self, to: str, message: Message) -> None:
        """One request. Raises NotSent."""
        import requests

        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = {"to": to, "subject": message.subject, "text": message.text, "code": message.code}
        try:
            reply = requests.post(
                self.url, json=body, headers=headers, timeout=_PATIENCE, allow_redirects=False
            )
        except requests.RequestException as error:
            raise NotSent("code_sender_away", type(error).__name__) from error
        if not 200 <= reply.status_code < 300:
            raise NotSent("code_sender_refused", str(reply.status_code))

    def reach(self) -> None:
        """Open a connection and close it. Raises NotSent."""
        parts = urlsplit(self.url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
        try:
            socket.create_connection((str(parts.hostname), port), timeout=_PATIENCE).close()
        except OSError as error:
            raise NotSent("code_sender_away", type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class Senders:
    """The senders of an installation and how many codes a day it pays for."""

    by_channel: Mapping[Channel, Sender]
    budget: int

    @property
    def channels(self) -> frozenset[Channel]:
        """Where codes can be sent to."""
        return frozenset(self.by_channel)

    def send(self, contact: Contact, message: Message) -> None:
        """Hand the message to the contact's sender, not too many at once. Raises NotSent."""
        sender = self.by_channel.get(contact.channel)
        if sender is None:
            raise NotSent("code_no_sender")
        if not _turns.acquire(timeout=_WAIT_FOR_TURN):
            raise NotSent("code_senders_busy")
        try:
            sender.send(contact.value, message)
        finally:
            _turns.release()


def read_senders(settings: Settings) -> Senders:
    """The senders that the settings name. Raises UnsafeSettings with a line for each mistake."""
    problems: list[str] = []
    usual = "none" if settings.is_production else "console"
    by_channel: dict[Channel, Sender] = {}
    for channel, allowed in _ALLOWED.items():
        key = f"QUIZ_CODE_{channel.value.upper()}"
        word = settings.source.get(key, "").strip() or usual
        if word == "none":
            continue
        if word not in allowed:
            problems.append(f"{key} is {word!r}; it can be {', '.join(allowed)} or none")
        elif word == "console" and settings.is_production:
            problems.append(f"{key} is console, which writes codes into the log; choose another or none")
        else:
            sender = _MAKERS[word](settings.source, problems)
            if sender is not None:
                by_channel[channel] = sender
    budget = _budget(settings.source, problems)
    if problems:
        raise UnsafeSettings(problems)
    return Senders(by_channel, budget)


def _budget(source: Mapping[str, str], problems: list[str]) -> int:
    given = source.get("QUIZ_CODES_PER_DAY", "").strip() or "500"
    if given.isascii() and given.isdigit() and len(given) <= 7:
        return int(given)
    problems.append("QUIZ_CODES_PER_DAY is how many codes may be sent in a day, e.g. 500")
    return 0


def _console(_source: Mapping[str, str], _problems: list[str]) -> Sender | None:
    return Console()


def _smtp(source: Mapping[str, str], problems: list[str]) -> Sender | None:
    given, sender = source.get("QUIZ_SMTP_URL", ""), source.get("QUIZ_SMTP_FROM", "")
    parts = urlsplit(given)
    security = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "none"}.get(parts.scheme)
    try:
        port = parts.port
    except ValueError:
        security, port = None, None
    if security is None or not parts.hostname or not sender:
        problems.append(
            "QUIZ_SMTP_URL and QUIZ_SMTP_FROM name the mail server and the sender, e.g. "
            "smtp+starttls://user:password@mail.example.vn:587 and thi@example.vn"
        )
        return None
    if security == "none" and parts.hostname not in _LOCAL:
        problems.append("QUIZ_SMTP_URL would send codes in the clear; use smtps:// or smtp+starttls://")
        return None
    usual = {"tls": 465, "starttls": 587, "none": 25}[security]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, port or usual, security, sender, user, password)


def _webhook(source: Mapping[str, str], problems: list[str]) -> Sender | None:
    url = source.get("QUIZ_WEBHOOK_URL", "")
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL):
        return Webhook(url, source.get("QUIZ_WEBHOOK_TOKEN", ""))
    problems.append("QUIZ_WEBHOOK_URL is the address of the gateway, e.g. https://sms.example.vn/send")
    return None


_ALLOWED = {Channel.PHONE: ("console", "webhook"), Channel.EMAIL: ("console", "smtp", "webhook")}
_MAKERS: Mapping[str, Callable[[Mapping[str, str], list[str]], Sender | None]] = {
    "console": _console,
    "smtp": _smtp,
    "webhook": _webhook,
}
