"""A new data key while people take part: found before, during and after; old key gone, nothing lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from quiz.contests.definition import Unique
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.core.ids import new_id
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries import list_queries
from quiz.entries.barred_reading import read_typed
from quiz.entries.barring import bar
from quiz.entries.eligibility import is_barred
from quiz.entries.models import BarredPerson, Entry, NumberDecision
from quiz.entries.name_index import name_hash
from quiz.entries.person import Origin, Person
from quiz.entries.queries import browse_entries, count_entries, get_entry
from quiz.entries.restating import person_of
from quiz.entries.roster_reading import read_roster
from quiz.entries.rosters import save_roster
from quiz.entries.service import come_back, register
from quiz.privacy import rotating, service
from quiz.privacy.kinds import Kind
from quiz.privacy.rotating import rotate
from quiz.signin.accounts import find_for, set_password
from quiz.signin.contacts import Channel, Contact
from tests.support.factories import KEYRING, NOW, make_contest, make_entry, unit_id
from tests.support.staff import ACTOR

OLD = "data key of the tests, 9876543210"
NEW = "a newer data key of the tests, 0123456789"
DURING, AFTER = Keyring(NEW, [OLD]), Keyring(NEW)
BORN = date(1962, 8, 15)
CONTACT = Contact(Channel.PHONE, "+84912000999")


@pytest.fixture
def contest(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Contest:
    """Seven people under the old key, two of them with one number, and batches of three."""
    monkeypatch.setattr(rotating, "BATCH", 3)
    made = make_contest(unique=Unique.PHONE)
    for number in range(1, 7):
        make_entry(made, number, origin=Origin(f"device {number}", "203.0.113"))
    make_entry(made, 1, name="Cầm Văn Dũng")  # the same phone: a contested entry
    monkeypatch.setitem(app.extensions, "keyring", DURING)
    return made


def with_new_key_alone(app: Flask) -> None:
    """Restart without the old key; `contest` puts the keys of the tests back at its end."""
    app.extensions["keyring"] = AFTER
    db.session.expire_all()


def again(contest: Contest, keyring: Keyring, number: int = 2) -> tuple[Entry, bool]:
    """The person fills in the form once more."""
    person = Person(f"Lò Thị Hương {number}", BORN, f"+849{number:08}", unit_id=unit_id(contest))
    return register(contest, person, now=NOW, keyring=keyring)


def back(contest: Contest, keyring: Keyring, number: int = 2) -> Entry:
    """The person comes back on another device."""
    return come_back(
        contest,
        phone=f"+849{number:08}",
        birth_date=BORN,
        name=None,
        network="x",
        now=NOW,
        keyring=keyring,
    )


def test_people_are_found_before_during_and_after(contest: Contest) -> None:
    before = back(contest, KEYRING).id
    assert back(contest, DURING).id == before  # not a row has been rotated yet
    assert again(contest, DURING) == (get_entry(contest.id, before), False)
    list(rotate(DURING))
    for keyring in (DURING, AFTER):
        assert back(contest, keyring).id == before
        assert again(contest, keyring)[0].id == before
    assert count_entries(contest.id) == 7


def test_a_stranger_with_the_number_is_no_relative_of_the_old_key(contest: Contest) -> None:
    """Hashes under two keys differ: that alone must not make two people one."""
    stranger = Person("Người Khác", date(1990, 1, 2), "+84900000002", unit_id=unit_id(contest))
    entry, is_new = register(contest, stranger, now=NOW, keyring=DURING)
    assert is_new
    assert entry.disputed_at == NOW


def test_in_the_middle_half_of_the_rows_are_new(contest: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    walked = rotating._walk
    ids = [entry.id for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    monkeypatch.setattr(rotating, "_walk", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        list(rotate(DURING))
    monkeypatch.setattr(rotating, "_walk", walked)
    with transaction() as session:
        for entry_id in ids[:3]:
            rotating._renew_entry(session, get_entry(contest.id, entry_id), DURING, rotating._Tally())
    assert [back(contest, DURING, number).id for number in (2, 3, 4, 5, 6)] == ids[1:6]
    assert not again(contest, DURING, 2)[1]
    assert not again(contest, DURING, 6)[1]


def test_everything_opens_without_the_old_key_afterwards(app: Flask, contest: Contest) -> None:
    entry = get_entry(contest.id, back(contest, KEYRING, 3).id)
    asked = service.ask(contest, entry.id, Kind.OBJECT, wish={"words": "Đừng gọi"}, now=NOW, keyring=KEYRING)
    opened = set_password(CONTACT, "suối chảy qua cầu treo", now=NOW, keyring=KEYRING)
    with pytest.raises(CannotDecrypt):
        person_of(entry, AFTER)
    assert find_for(CONTACT, DURING) is not None
    done = {one.what: one for one in rotate(DURING)}
    assert (done["entries"].rows, done["entries"].changed, done["entries"].left) == (7, 7, 0)
    with_new_key_alone(app)
    for row in db.session.scalars(select(Entry)):
        stated = person_of(row, AFTER)
        assert stated.phone is not None
        assert (stated.birth_date, row.name_key) == (BORN, name_hash(AFTER, contest.id, stated.name))
    assert [row.name for row in browse_entries(contest.id, "dung cam").rows] == ["Cầm Văn Dũng"]
    assert service.wish_of(service.queries.get_request(contest.id, asked.id), AFTER) == {"words": "Đừng gọi"}
    found = find_for(CONTACT, AFTER)
    assert found is not None
    assert found.id == opened.id
    assert {one.changed for one in rotate(AFTER)} == {0}


def test_decisions_on_a_number_go_with_its_hash(contest: Contest) -> None:
    entry = get_entry(contest.id, back(contest, KEYRING, 4).id)
    with transaction() as session:
        session.add(
            NumberDecision(
                contest_id=contest.id,
                id=new_id(),
                kind="phone",
                number_key=entry.phone_key,
                kept_id=entry.id,
                set_aside=[],
                size=2,
                reason="một nhà",
                decided_at=NOW - timedelta(hours=1),
            )
        )
    list(rotate(DURING))
    decided = db.session.scalars(select(NumberDecision.number_key)).one()
    assert decided == get_entry(contest.id, entry.id).phone_key
    assert decided == AFTER.blind_index(f"phone:{contest.id}", "+84900000004")


def test_a_row_under_an_unknown_key_is_counted_and_the_others_go_on(contest: Contest) -> None:
    make_lost = Keyring("a key that nobody remembers, 5555555555")
    with transaction() as session:
        entry = session.scalars(select(Entry).order_by(Entry.id)).first()
        assert entry is not None
        entry.phone_cipher = make_lost.encrypt("entries.phone", "+84900000001", f"{contest.id}:{entry.id}")
        session.execute(
            text("UPDATE entries SET name = :name WHERE id = :id"),
            {"name": make_lost.encrypt("entries.name", "Ai Đó", ""), "id": back(contest, DURING, 3).id},
        )
    db.session.expire_all()
    done = next(iter(rotate(DURING)))
    assert (done.rows, done.changed, done.left) == (7, 5, 2)


def test_devices_and_networks_are_hashed_anew_where_it_is_known_of_what(app: Flask, contest: Contest) -> None:
    """A person of before loses them; who enters again from the same device looks the same afterwards."""
    first, *_, last = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert last.device_key is None
    with transaction():
        last.device_key, last.network_key = "d" * 32, "n" * 32
    done = next(iter(rotate(DURING)))
    assert (done.changed, done.textless, done.dropped) == (7, 1, 1)
    assert (last.device_key, last.network_key) == (None, None)
    with_new_key_alone(app)
    again = make_entry(contest, 20, keyring=AFTER, origin=Origin("device 1", "203.0.113"))
    assert (first.device_key, first.network_key) == (again.device_key, again.network_key)


def test_lists_of_people_go_on_under_the_new_key(app: Flask, contest: Contest) -> None:
    listed = read_roster("Mã;Họ và tên\n00123;Vì Thị Hoa\n".encode(), NOW.date()).rows
    save_roster(contest, listed, removes_gone=False, actor=ACTOR, now=NOW, keyring=KEYRING)
    rows = read_typed("Lê Bình; 1975; 0912 345 678\nTrần An; 1980; 0912 345 679\n", NOW.date()).rows
    bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    with transaction() as session:  # noted before the numbers were kept
        session.execute(update(BarredPerson).where(BarredPerson.phone_tail == "679").values(phone=None))
    barred = Person("Ai Đó", BORN, "+84912345678")
    assert is_barred(contest, barred, DURING)
    done = {one.what: one for one in rotate(DURING)}
    assert (done["roster"].changed, done["barred"].changed, done["barred"].textless) == (1, 2, 1)
    with_new_key_alone(app)
    assert is_barred(contest, barred, AFTER)
    assert not is_barred(contest, replace(barred, phone="+84912345679"), AFTER)
    assert is_barred(contest, replace(barred, name="Trần An", birth_date=date(1980, 2, 3)), AFTER)
    (row,) = list_queries.browse_roster(contest.id, "00123").rows
    assert (row.name, row.code) == ("Vì Thị Hoa", "00123")


def test_the_command_says_what_could_not_be_hashed_anew(app: Flask, contest: Contest) -> None:
    rows = read_typed("Trần An; 1980; 0912 345 679\n", NOW.date()).rows
    bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    with transaction() as session:  # as rows were before the texts were kept
        session.execute(update(BarredPerson).values(phone=None))
        session.execute(update(Entry).values(origin_cipher=None))
    told = app.test_cli_runner().invoke(args=["keys", "rotate"]).output
    assert "entries: 7 rows, 7 under the newest key now, 0 left" in told
    assert "6 lost the marks of device and network" in told
    assert "1 barred phones were noted before their numbers were kept" in told
