"""Senders against real servers on this machine, and settings that are refused with a way to mend them."""

import email
import email.policy
import logging
import socket
import threading
from pathlib import Path

import pytest

from quiz.core.settings import Settings, UnsafeSettings
from quiz.signin import senders
from quiz.signin.contacts import Channel, Contact
from quiz.signin.messages import code_message
from quiz.signin.senders import Console, NotSent, Senders, Smtp, Webhook, read_senders
from tests.support.gateway import gateway
from tests.support.mail import mail_server

PHONE = Contact(Channel.PHONE, "+84912345678")
MAIL = Contact(Channel.EMAIL, "huong@example.vn")


def settings(env: str = "test", **source: str) -> Settings:
    return Settings(env, "", "", "sqlite://", Path("."), source=source)


def send(made: Senders, contact: Contact) -> None:
    made.send(contact, code_message(contact.channel, "012345", "Tìm Hiểu"))


def refusal(made: Senders, contact: Contact) -> tuple[str, str]:
    with pytest.raises(NotSent) as caught:
        send(made, contact)
    return caught.value.reason, caught.value.detail


def nobody_listens() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_mail_over_smtp():
    with mail_server() as server:
        made = read_senders(
            settings(
                QUIZ_CODE_EMAIL="smtp",
                QUIZ_SMTP_URL=f"smtp://127.0.0.1:{server.port}",
                QUIZ_SMTP_FROM="thi@example.vn",
            )
        )
        send(made, MAIL)
        (text,) = server.messages
        message = email.message_from_bytes(text, policy=email.policy.default)
        assert message["To"] == "huong@example.vn"
        assert message["Subject"] == "012345 là mã xác nhận"
        assert "Không đưa mã cho ai" in message.get_content()
        server.is_refusing = True
        reason, detail = refusal(made, MAIL)
        assert reason in ("code_sender_refused", "code_sender_away")
        assert "huong" not in detail


def test_phone_over_a_webhook():
    with gateway() as server:
        made = read_senders(
            settings(QUIZ_CODE_PHONE="webhook", QUIZ_WEBHOOK_URL=server.url, QUIZ_WEBHOOK_TOKEN="bi-mat")
        )
        send(made, PHONE)
        (body,) = server.posted
        assert server.tokens == ["Bearer bi-mat"]
        assert body["to"] == "+84912345678"
        assert body["code"] == "012345"
        assert body["text"].startswith("012345")
        for status in (400, 429, 500, 302):
            server.status = status
            assert refusal(made, PHONE) == ("code_sender_refused", str(status))
        assert len(server.posted) == 5, "a redirection is not followed: the number goes to one place only"


def test_a_sender_that_is_away():
    port = nobody_listens()
    away = Senders(
        {
            Channel.PHONE: Webhook(f"http://127.0.0.1:{port}/"),
            Channel.EMAIL: Smtp("127.0.0.1", port, "none", "thi@example.vn"),
        },
        1,
    )
    assert refusal(away, PHONE)[0] == "code_sender_away"
    assert refusal(away, MAIL)[0] == "code_sender_away"
    assert refusal(Senders({}, 1), PHONE) == ("code_no_sender", "")


def test_slow_senders_hold_only_some_threads(monkeypatch):
    """Three wait for somebody else's machine; the fourth is told to try again."""
    monkeypatch.setattr(senders, "_WAIT_FOR_TURN", 0.05)
    go_on, inside = threading.Event(), threading.Semaphore(0)

    class Slow:
        name = "webhook"

        def send(self, to: str, message: object) -> None:
            inside.release()
            go_on.wait(timeout=30)

    made = Senders({Channel.PHONE: Slow()}, 1)
    threads = [threading.Thread(target=send, args=(made, PHONE)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert inside.acquire(timeout=30)
    assert refusal(made, PHONE)[0] == "code_senders_busy"
    go_on.set()
    for thread in threads:
        thread.join()


def test_the_console_logs_the_code_and_no_contact(caplog):
    with caplog.at_level(logging.WARNING):
        send(Senders({Channel.PHONE: Console()}, 1), PHONE)
    assert "012345" in caplog.text
    assert "912345678" not in caplog.text


@pytest.mark.parametrize(
    "env, source, channels",
    [
        ("development", {}, {"phone", "email"}),
        ("production", {}, set()),
        ("test", {"QUIZ_CODE_PHONE": "none"}, {"email"}),
        (
            "production",
            {"QUIZ_CODE_PHONE": "webhook", "QUIZ_WEBHOOK_URL": "https://sms.example.vn/send"},
            {"phone"},
        ),
    ],
)
def test_what_is_sent_without_further_words(env, source, channels):
    assert read_senders(settings(env, **source)).channels == channels


@pytest.mark.parametrize(
    "env, source, word",
    [
        ("test", {"QUIZ_CODE_PHONE": "smtp"}, "QUIZ_CODE_PHONE"),
        ("test", {"QUIZ_CODE_PHONE": "bồ câu"}, "QUIZ_CODE_PHONE"),
        ("production", {"QUIZ_CODE_PHONE": "console"}, "writes codes into the log"),
        ("test", {"QUIZ_CODE_PHONE": "webhook"}, "QUIZ_WEBHOOK_URL"),
        ("test", {"QUIZ_CODE_PHONE": "webhook", "QUIZ_WEBHOOK_URL": "http://sms.example.vn"}, "https"),
        ("test", {"QUIZ_CODE_EMAIL": "smtp"}, "QUIZ_SMTP_URL"),
        (
            "test",
            {
                "QUIZ_CODE_EMAIL": "smtp",
                "QUIZ_SMTP_URL": "smtp://mail.example.vn",
                "QUIZ_SMTP_FROM": "a@b.vn",
            },
            "in the clear",
        ),
        (
            "test",
            {"QUIZ_CODE_EMAIL": "smtp", "QUIZ_SMTP_URL": "smtps://mail:x", "QUIZ_SMTP_FROM": "a@b.vn"},
            "QUIZ_SMTP_URL",
        ),
        ("test", {"QUIZ_CODES_PER_DAY": "nhiều"}, "QUIZ_CODES_PER_DAY"),
        ("test", {"QUIZ_CODES_PER_DAY": "-1"}, "QUIZ_CODES_PER_DAY"),
    ],
)
def test_settings_that_are_refused(env, source, word):
    with pytest.raises(UnsafeSettings) as caught:
        read_senders(settings(env, **source))
    assert word in str(caught.value)


def test_secrets_are_not_shown():
    shown = repr(Webhook("https://a.vn", "bi-mat")) + repr(Smtp("a", 1, "tls", "b", "c", "bi-mat"))
    assert "bi-mat" not in shown
