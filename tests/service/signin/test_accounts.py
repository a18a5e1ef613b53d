"""Entrants' accounts on both databases: opened by a proven contact, and nobody learns who has one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from quiz.accounts.errors import TooManyTries
from quiz.audit.models import AuditEvent
from quiz.core.database import db
from quiz.signin import accounts
from quiz.signin.accounts import Subject
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import AccountRefused, PasswordUnfit
from quiz.signin.models import EntrantAccount
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once

PHONE = Contact(Channel.PHONE, "+84912345678")
MAIL = Contact(Channel.EMAIL, "huong@example.vn")
PASSWORD = "suối chảy qua cầu"


def open_account(contact: Contact = PHONE, password: str = PASSWORD) -> EntrantAccount:
    return accounts.set_password(contact, password, now=NOW, keyring=KEYRING)


def sign_in(
    contact: Contact = PHONE, password: str = PASSWORD, now=NOW, network="10.0.0.1"
) -> EntrantAccount:
    return accounts.sign_in(contact, password, network="10.0.0.1", now=now, keyring=KEYRING)


def test_in_with_the_password():
    made = open_account()
    assert sign_in().id == made.id
    assert accounts.contact_of(made, KEYRING) == PHONE
    row = str(db.session.execute(text("SELECT * FROM entrant_accounts")).all())
    assert "912345678" not in row
    assert PASSWORD not in row
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in row


@pytest.mark.parametrize("contact, password", [(PHONE, "suối chảy qua đèo"), (PHONE, ""), (MAIL, PASSWORD)])
def test_wrong_password_and_no_account_are_told_alike(contact, password):
    open_account()
    with pytest.raises(AccountRefused) as caught:
        sign_in(contact, password)
    assert caught.value.code == "account_refused"


def test_guessing_is_slowed_for_accounts_that_are_not_there_too():
    open_account()
    for contact in (PHONE, MAIL):
        for _ in range(3):
            with pytest.raises(AccountRefused):
                sign_in(contact, "suối chảy qua đèo")
        with pytest.raises(TooManyTries):
            sign_in(contact, PASSWORD)
    assert sign_in(now=NOW + timedelta(minutes=2)).kind == "phone"


def test_another_password_ends_the_sessions_and_makes_no_second_account():
    first = open_account()
    assert first.version == 1
    again = open_account(password="đèo cao gió lộng")
    assert (again.id, again.version) == (first.id, 2)
    with pytest.raises(AccountRefused):
        sign_in()
    assert sign_in(password="đèo cao gió lộng").id == first.id


def test_however_many_open_it_at_once_there_is_one(app):
    subject = Subject("https://sso.example.vn", "4711", "Lò Thị Hương")
    ids = at_once(app, 12, lambda: accounts.enter_by_provider(subject, now=NOW, keyring=KEYRING).id)
    assert len(set(ids)) == 1
    assert db.session.scalar(select(func.count()).select_from(EntrantAccount)) == 1


def test_subjects_of_two_providers_are_two_people():
    one = accounts.enter_by_provider(Subject("https://a.example", "1"), now=NOW, keyring=KEYRING)
    other = accounts.enter_by_provider(Subject("https://b.example", "1", "Hà"), now=NOW, keyring=KEYRING)
    assert one.id != other.id
    assert (accounts.name_of(one, KEYRING), accounts.name_of(other, KEYRING)) == ("", "Hà")
    assert accounts.contact_of(one, KEYRING) is None


def test_unused_accounts_go_after_two_years():
    open_account()
    open_account(MAIL)
    sign_in(MAIL, now=NOW + timedelta(days=300))
    assert accounts.forget_unused(now=NOW + timedelta(days=729)) == 0
    assert accounts.forget_unused(now=NOW + timedelta(days=731)) == 1
    assert [row.kind for row in db.session.scalars(select(EntrantAccount))] == ["email"]


@pytest.mark.parametrize(
    "contact, password, code",
    [
        (PHONE, "ngắn quá", None),
        (PHONE, "ngắn", "entrant_password_short"),
        (PHONE, "x" * 201, "entrant_password_long"),
        (PHONE, "matkhau123", "entrant_password_common"),
        (PHONE, "0912345678", "entrant_password_common"),
        (PHONE, "12345678", "entrant_password_common"),
        (MAIL, "huong@example.vn", "entrant_password_common"),
    ],
)
def test_what_a_password_has_to_be(contact, password, code):
    if code is None:
        accounts.check_password(password, contact)
        return
    with pytest.raises(PasswordUnfit) as caught:
        accounts.check_password(password, contact)
    assert caught.value.code == code


def test_the_log_has_what_was_done_and_nothing_of_whose_it_is():
    account = open_account()
    sign_in()
    with pytest.raises(AccountRefused):
        sign_in(password="a wrong password")
    open_account(password="another good password")
    accounts.end_sessions(account, now=NOW)
    accounts.close(account, now=NOW)
    accounts.enter_by_provider(Subject("https://id", "7", "Lò Thị Hương"), now=NOW, keyring=KEYRING)
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == [
        "account_opened",
        "account_signed_in",
        "account_password_set",
        "account_signed_out",
        "account_closed",
        "account_opened",
    ]
    assert {event.subject for event in events[:5]} == {f"account {account.id}"}
    assert {(event.actor_kind, event.actor_name, event.contest_id) for event in events} == {
        ("entrant", "", None)
    }
    assert {str(event.detail) for event in events} == {"{'kind': 'phone'}", "{'kind': 'oidc'}"}
