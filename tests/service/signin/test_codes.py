"""One-time codes on both databases: six digits, ten minutes, five tries, three a day, one budget."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from quiz.audit.models import AuditEvent
from quiz.core.database import db
from quiz.signin import queries, service
from quiz.signin.codes import LIFE, Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import CodeNotSent, CodeRefused, CodeWrong
from quiz.signin.models import CodeRequest
from quiz.signin.service import Asker
from tests.support.codes import Outbox
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once

PHONE = Contact(Channel.PHONE, "+84912345678")
MAIL = Contact(Channel.EMAIL, "huong@example.vn")
ASKER = Asker(Purpose.ENTRY, 1, "10.0.0.1")
TOMORROW = NOW + timedelta(days=1)


def send(box: Outbox, contact: Contact = PHONE, asker: Asker = ASKER, *, budget: int = 500, now=NOW) -> int:
    return service.send_code(
        contact, asker, senders=box.senders(budget), site="Tìm Hiểu", now=now, keyring=KEYRING
    )


def prove(request_id: int, code: str, now=NOW) -> None:
    service.prove(request_id, code, now=now, keyring=KEYRING)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def proven(request_id: int, now=NOW) -> Contact | None:
    request = queries.find_request(request_id)
    assert request is not None
    return service.proven_contact(request, now=now, keyring=KEYRING)


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises((CodeRefused, CodeWrong)) as caught:
        act(*args, **kwargs)
    return str(caught.value.code)


@pytest.mark.parametrize("contact", [PHONE, MAIL])
def test_the_code_proves_the_contact(outbox: Outbox, contact: Contact):
    request_id = send(outbox, contact)
    ((to, message),) = outbox.sent
    assert to == contact.value
    assert len(message.code) == 6
    assert proven(request_id) is None
    prove(request_id, message.code)
    assert proven(request_id) == contact
    assert proven(request_id, NOW + timedelta(hours=2)) is None


def test_the_code_belongs_to_the_request(outbox: Outbox):
    """Typed in another browser it proves nothing, for the other contact nor for this one."""
    mine = send(outbox)
    code = outbox.code
    other = send(outbox, MAIL)
    if outbox.code != code:
        assert refusal(prove, other, code) == "code_wrong"
    assert refusal(prove, mine + 1, code) == "code_expired"
    assert proven(other) is None


def test_five_tries(outbox: Outbox):
    request_id = send(outbox)
    code = outbox.code
    for left in (4, 3, 2, 1):
        with pytest.raises(CodeWrong) as caught:
            prove(request_id, wrong(code))
        assert caught.value.params == {"left": left}
    assert refusal(prove, request_id, wrong(code)) == "code_used_up"
    assert refusal(prove, request_id, code) == "code_used_up"
    assert proven(request_id) is None


def test_tries_at_once_are_five_altogether(app, outbox: Outbox):
    request_id = send(outbox)
    bad = wrong(outbox.code)
    told = at_once(app, 24, lambda: refusal(prove, request_id, bad))
    assert told.count("code_wrong") == 4
    assert told.count("code_used_up") == 20


def test_ten_minutes(outbox: Outbox):
    request_id = send(outbox)
    assert refusal(prove, request_id, outbox.code, NOW + LIFE) == "code_expired"
    prove(request_id, outbox.code, NOW + LIFE - timedelta(seconds=1))
    assert refusal(prove, request_id, outbox.code, NOW + LIFE - timedelta(seconds=1)) == "code_proved"


def test_a_new_code_replaces_the_browsers_former_one(outbox: Outbox):
    first = send(outbox)
    old = outbox.code
    second = send(outbox, asker=Asker(Purpose.ENTRY, 1, "10.0.0.1", replaces=first))
    assert refusal(prove, first, old) == "code_replaced"
    prove(second, outbox.code)


def test_a_proof_that_has_served_is_gone(outbox: Outbox):
    request_id = send(outbox)
    prove(request_id, outbox.code)
    service.end_request(request_id, now=NOW)
    assert proven(request_id) is None


def test_three_a_day_to_one_contact(outbox: Outbox):
    for _ in range(3):
        send(outbox)
    assert refusal(send, outbox) == "codes_for_contact"
    send(outbox, MAIL)
    send(outbox, now=TOMORROW)
    assert len(outbox.sent) == 5


def test_three_a_day_however_many_ask_at_once(app, outbox: Outbox):
    def ask() -> str:
        try:
            send(outbox)
        except CodeRefused as error:
            return error.code
        return "sent"

    told = at_once(app, 12, ask)
    assert told.count("sent") == 3 == len(outbox.sent)
    assert told.count("codes_for_contact") == 9


def test_a_days_codes_cost_no_more_than_the_budget(outbox: Outbox):
    told = [
        _told(outbox, Contact(Channel.PHONE, f"+849{number:08}"), f"10.0.{number}.1") for number in range(400)
    ]
    assert told.count("sent") == 20 == len(outbox.sent)
    assert told.count("codes_of_day") == 380
    day = queries.find_day(service.day_of(NOW))
    assert day is not None
    assert (day.sent, day.failed) == (20, 0)
    send(outbox, MAIL, budget=20, now=TOMORROW)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_flood_of_ten_thousand_costs_the_budget_and_no_more(outbox: Outbox):
    """A14: rented numbers, one request for each; the day's cap is what is paid for."""
    told = [
        _told(outbox, Contact(Channel.PHONE, f"+849{number:08}"), f"10.{number // 200}.0.1")
        for number in range(10_000)
    ]
    assert told.count("sent") == 20 == len(outbox.sent)
    assert told.count("codes_of_day") == 9_980
    assert actions() == ["codes_nearly_spent", "codes_spent"]


def _told(outbox: Outbox, contact: Contact, network: str) -> str:
    try:
        send(outbox, contact, Asker(Purpose.ENTRY, 1, network), budget=20)
    except CodeRefused as error:
        return error.code
    return "sent"


def test_organisers_are_told_once_before_and_once_when_the_budget_is_spent(outbox: Outbox):
    for number in range(8):
        _told(outbox, Contact(Channel.PHONE, f"+8490000000{number}"), "10.0.0.1")
    assert actions() == []
    for number in range(20, 50):
        _told(outbox, Contact(Channel.PHONE, f"+849000000{number}"), "10.0.0.1")
    assert actions() == ["codes_nearly_spent", "codes_spent"]


def test_one_network_cannot_spend_everything(outbox: Outbox, monkeypatch):
    monkeypatch.setattr("quiz.signin.codes.PER_NETWORK", 4)
    for number in range(4):
        send(outbox, Contact(Channel.PHONE, f"+8490000000{number}"))
    assert refusal(send, outbox) == "codes_from_network"
    send(outbox, asker=Asker(Purpose.ENTRY, 1, "10.0.0.2"))
    send(outbox, MAIL, now=NOW + timedelta(hours=1, seconds=1))


def test_a_message_that_did_not_leave_is_said_and_not_held_against_its_owner(outbox: Outbox):
    outbox.broken = "code_sender_away"
    for _ in range(4):
        with pytest.raises(CodeNotSent) as caught:
            send(outbox)
        assert caught.value.code == "code_sender_away"
    outbox.broken = ""
    send(outbox)
    day = queries.find_day(service.day_of(NOW))
    assert day is not None
    assert (day.sent, day.failed) == (5, 4)
    events = db.session.scalars(select(AuditEvent)).all()
    assert [event.action for event in events] == ["code_not_sent"] * 4
    assert {event.subject for event in events} == {"phone"}
    assert "912345678" not in str([(event.subject, event.detail) for event in events])


def test_nothing_readable_is_stored_and_old_rows_go(outbox: Outbox):
    send(outbox)
    code = outbox.code
    rows = str(db.session.execute(text("SELECT * FROM code_requests")).all())
    assert "912345678" not in rows
    assert f"'{code}'" not in rows
    send(outbox, MAIL, now=NOW + timedelta(days=2, seconds=1))
    assert [row.channel for row in db.session.scalars(select(CodeRequest))] == ["email"]


def test_housekeeping_forgets_codes(outbox: Outbox):
    send(outbox)
    assert service.forget_old(now=NOW + timedelta(days=1)) == 0
    assert service.forget_old(now=NOW + timedelta(days=2, seconds=1)) == 1


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
