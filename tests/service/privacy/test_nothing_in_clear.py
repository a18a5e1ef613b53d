"""Every column of every table after everything that a person can go through: nobody is named in clear."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text

from quiz.attempts import helping
from quiz.audit.actors import Actor
from quiz.complaints import service as complaints
from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Unique
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.core.database import Base, db, transaction
from quiz.core.genders import Gender
from quiz.core.names import name_key, sort_key
from quiz.core.phones import national_form, spaced_form
from quiz.entries import barring, rosters, unit_choice
from quiz.entries.barred_reading import BarredRow
from quiz.entries.consenting import Agreed, note_consent
from quiz.entries.errors import EntryRefused, ReturnRefused
from quiz.entries.extras import Extras
from quiz.entries.models import Entry
from quiz.entries.person import Origin
from quiz.entries.representatives import Representative
from quiz.entries.restating import Correction
from quiz.entries.roster_reading import RosterRow
from quiz.entries.service import come_back
from quiz.entries.shared_numbers import browse_open
from quiz.organiser.rounds import move_round
from quiz.privacy import disclosure, service
from quiz.signin.accounts import Subject, enter_by_provider, set_password
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.service import Asker, send_code
from quiz.vetting import appealing, settling
from quiz.vetting.comparing import compare_entries, request_pass
from quiz.vetting.integrity_service import review_round
from quiz.vetting.ruling import Category, disqualify
from tests.support.codes import Outbox
from tests.support.factories import KEYRING, NOW, make_entry, unit_id
from tests.support.sittings import fixed_contest, sit
from tests.support.staff import ACTOR, make_staff

NAME, TWIN = "Quàng Thị Hoàng Yến", "Quang Thi Hoang Yen"
MOTHER, OTHER_NAME = "Cà Thị Pằn", "Tòng Văn Bưởng"
PHONE, OTHER_PHONE = "+84987650321", "+84976543298"
NUMBER, EMAIL = "014162003217", "hoangyen.quang@gmail.com"
ADDRESS, WORKPLACE = "bản Púng Luông, ngõ 7", "Trạm thú y Púng Luông"
DEVICE, NETWORK = "d3v1ce-mark-of-the-browser", "203.0.113"
BORN, OTHER_BORN = date(1962, 3, 27), date(1963, 4, 28)
REASON = "đối chiếu theo thể lệ"
WORDS = f"Tôi là {NAME}, sinh {BORN:%d/%m/%Y}, số {national_form(PHONE)}"  # what people write themselves

# What may stand in clear, on purpose. Names of staff are no part of this: they sign what they do.
ALLOWED = {
    ("entries", "phone_tail"),  # three digits, by which organisers and callers find each other
    ("barred_people", "phone_tail"),
}
HOUR = timedelta(hours=1)


def _spellings() -> Iterator[str]:
    """All that would betray the person, in small letters; the masked name and three digits are no trace."""
    for name in (NAME, MOTHER, OTHER_NAME, ADDRESS, WORKPLACE, "Hoàng Yến"):
        yield from (unicodedata.normalize(form, name).casefold() for form in ("NFC", "NFD"))
        yield from (name_key(name), name_key(name).replace(" ", ""), sort_key(name))
        yield name.encode("unicode_escape").decode().casefold()
    for phone in (PHONE, OTHER_PHONE):
        yield from (phone, phone[1:], national_form(phone), spaced_form(phone), phone[3:], phone[-7:])
    for day in (BORN, OTHER_BORN):
        yield from (day.isoformat(), f"{day:%Y%m%d}", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}")
        yield from (f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%d%m%Y}")
    yield from (NUMBER, NUMBER[-8:], EMAIL, EMAIL.partition("@")[0], DEVICE, NETWORK)


def _found() -> list[str]:
    """Where the person stands in clear, as "table.column: what"."""
    traces = tuple(_spellings())
    return [
        f"{table}.{column}: {trace}"
        for table in Base.metadata.tables
        for row in db.session.execute(text(f"SELECT * FROM {table}")).mappings()
        for column, value in row.items()
        if (table, column) not in ALLOWED
        for trace in traces
        if trace in str(value).casefold()
    ]


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A contest that asks for everything, with a roster and barred people who are the person's namesakes."""
    asked = dict.fromkeys(("email", "address", "gender", "workplace"), Presence.OPTIONAL)
    fields = EntryFields(unit=Presence.REQUIRED, national_id=Presence.OPTIONAL, **asked)
    made = fixed_contest()
    with transaction():
        made.entry_data = EntryPolicy(fields=fields, unique=Unique.PHONE).as_dict()
    listed = RosterRow(2, "014162003217", NAME, BORN, False, "03646")
    rosters.save_roster(made, (listed,), removes_gone=False, actor=officer(), now=NOW, keyring=KEYRING)
    barred = BarredRow(1, OTHER_NAME, OTHER_BORN, False, OTHER_PHONE, f"con của {NAME}")
    barring.bar(made, (barred,), reason=REASON, actor=officer("b"), now=NOW, keyring=KEYRING)
    return made


def officer(username: str = "a") -> Actor:
    """Somebody of the organisers."""
    staff = make_staff(f"canbo.{username}")
    return Actor.staff(staff.id, staff.name)


def enter(contest: Contest, number: int, name: str, phone: str = PHONE) -> Entry:
    """One of the people, with all that the contest asks."""
    return make_entry(
        contest,
        number,
        name=name,
        birth_date=BORN,
        phone=phone,
        national_id=NUMBER,
        extras=Extras(Gender.FEMALE, EMAIL, ADDRESS, WORKPLACE),
        representative=Representative(MOTHER, OTHER_PHONE),
        origin=Origin(DEVICE, NETWORK),
    )


def _take_part(contest: Contest) -> tuple[Entry, Entry, Entry]:
    """Entry, a contested one, a twin under another number; each sits, one comes back, one asks for a unit."""
    people = enter(contest, 1, NAME), enter(contest, 2, OTHER_NAME), enter(contest, 3, TWIN, "+84911222333")
    for entry in people:
        note_consent(contest, entry.id, Agreed("Tôi đồng ý.", True, None), now=NOW)
        sit(contest, entry.id, (2, 3, 4, 1))
    back = partial(come_back, contest, phone=PHONE, name=NAME, network=NETWORK, now=NOW, keyring=KEYRING)
    assert back(birth_date=BORN) is people[0]
    with pytest.raises(ReturnRefused):
        back(birth_date=OTHER_BORN)
    with pytest.raises(EntryRefused, match="barred"):
        enter(contest, 4, MOTHER, OTHER_PHONE)
    unit = unit_id(contest, "03688")
    unit_choice.choose_unit(contest, people[0].id, unit, reason=WORDS, now=NOW)
    return people


def _sign_in() -> None:
    """A code by mail, an account with a password, another one by a provider that tells the name."""
    contact, asker = Contact(Channel.EMAIL, EMAIL), Asker(Purpose.ACCOUNT, None, NETWORK)
    send_code(contact, asker, senders=Outbox().senders(), site="Tìm Hiểu", now=NOW, keyring=KEYRING)
    set_password(contact, "suối chảy qua cầu treo", now=NOW, keyring=KEYRING)
    enter_by_provider(Subject("https://dinhdanh.example.vn", NUMBER, NAME), now=NOW, keyring=KEYRING)


def _ask_about_data(contest: Contest, entry: Entry) -> None:
    wish = Correction(name=OTHER_NAME, birth_date=OTHER_BORN, phone=OTHER_PHONE)
    service.correct(contest, entry.id, wish, WORDS, now=NOW, keyring=KEYRING)
    actor = officer("c")
    need = partial(helping.note_need, extra_percent=50, hides_clock=False)
    need(contest, entry.id, reason=f"{NAME} mờ mắt", actor=actor, now=NOW)
    disclosure.reveal(contest, entry.id, REASON, actor=actor, now=NOW, keyring=KEYRING)
    disclosure.note_export(contest, [entry.id], REASON, actor=actor, now=NOW)


def _vet_and_publish(contest: Contest, disputed: Entry, twin: Entry) -> None:
    actor = officer("d")
    compare_entries(contest, keyring=KEYRING, now=NOW + HOUR)
    request_pass(contest, actor=actor, now=NOW + HOUR)
    (shared, *_others) = browse_open(contest).rows
    settling.settle(
        contest,
        shared.kind,
        shared.key,
        kept_id=None,
        seen=[one.id for one in shared.people],
        reason=REASON,
        actor=actor,
        now=NOW + HOUR,
    )
    disqualify(contest, twin.id, category=Category.SECOND_ENTRY, reason=REASON, actor=actor, now=NOW + HOUR)
    ruling = appealing.appeal(contest, twin.id, WORDS, now=NOW + HOUR)
    appealing.answer(contest, ruling.id, f"Chào {NAME}", actor=actor, now=NOW + HOUR)
    assert disputed.disputed_at is not None
    move_round(contest, 1, RoundAction.CLOSE, actor=actor, now=NOW + 2 * HOUR, keyring=KEYRING)
    review_round(contest, 1, now=NOW + 3 * HOUR)
    move_round(contest, 1, RoundAction.FREEZE, actor=actor, now=NOW + 4 * HOUR, keyring=KEYRING)
    move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=NOW + 5 * HOUR, keyring=KEYRING)
    complaints.complain(contest, 1, disputed.id, WORDS, now=NOW + 6 * HOUR)


def test_no_column_of_any_table_tells_who_somebody_is(contest: Contest) -> None:
    person, disputed, twin = _take_part(contest)
    _sign_in()
    _ask_about_data(contest, person)
    _vet_and_publish(contest, disputed, twin)
    db.session.expire_all()
    assert db.session.scalars(select(Entry.name).order_by(Entry.id)).all() == [NAME, OTHER_NAME, TWIN]
    assert _found() == []


def test_the_search_would_find_it(contest: Contest) -> None:
    """Otherwise the test above could pass for nothing."""
    with transaction() as session:
        session.execute(text("UPDATE contests SET title = :name"), {"name": f"của {TWIN.lower()}"})
    assert _found() == [f"contests.title: {name_key(NAME)}", f"contests.title: {name_key('Hoàng Yến')}"]
