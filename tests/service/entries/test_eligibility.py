"""Who may enter: people of a roster, of some units, of an age on a day; and nobody who is barred."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from quiz.contests.definition import Birth, EntryFields, EntryPolicy, Presence, Unique
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.entries import barring, list_queries, queries, rosters, service, tries
from quiz.entries.barred_reading import read_typed
from quiz.entries.errors import EntryInvalid, EntryRefused, ReturnRefused
from quiz.entries.models import Entry
from quiz.entries.person import Person
from quiz.entries.representatives import Representative
from quiz.entries.roster_reading import read_roster
from tests.support.factories import KEYRING, NOW, make_contest, unit_id
from tests.support.parallel import at_once
from tests.support.staff import ACTOR

BORN = date(1962, 8, 15)
LIST = """Mã;Họ và tên;Ngày sinh;Đơn vị
00123;Lò Thị Hương;15/8/1962;Phường Tô Hiệu
00124;Lò Văn Minh;1990;03688
00125;Vì Thị Hoa;;
"""
WITH_CODE = EntryPolicy(fields=EntryFields(phone=Presence.OFF, unit=Presence.REQUIRED), unique=Unique.ROSTER)
BY_NAME = EntryPolicy(unique=Unique.PHONE, roster=True)


def with_roster(policy: EntryPolicy, text: str = LIST) -> Contest:
    """A contest with the list."""
    contest = make_contest(policy=policy)
    save(contest, text)
    return contest


def save(contest: Contest, text: str, *, removes_gone: bool = False) -> rosters.RosterPlan:
    """Bring the roster to the text."""
    rows = read_roster(text.encode(), NOW.date()).rows
    return rosters.save_roster(
        contest, rows, removes_gone=removes_gone, actor=ACTOR, now=NOW, keyring=KEYRING
    )


def enter(contest: Contest, person: Person) -> Entry:
    """Register now."""
    return service.register(contest, person, now=NOW, keyring=KEYRING)[0]


@pytest.mark.parametrize(
    "person",
    [
        Person("Lò Thị Hương", BORN, roster_code="00123"),
        Person("LO THI HUONG", BORN, roster_code=" 00 123 "),
    ],
)
def test_a_code_of_the_list_lets_in_with_the_lists_name_and_unit(person: Person) -> None:
    contest = with_roster(WITH_CODE)
    entry = enter(contest, person)
    assert (entry.name, entry.unit_id) == ("Lò Thị Hương", unit_id(contest))
    assert entry.roster_id is not None


@pytest.mark.parametrize(
    "person",
    [
        Person("Lò Thị Hương", BORN, roster_code="123"),  # zeros count
        Person("Lò Thị Hương", BORN, roster_code="00124"),
        Person("Lò Thị Hương", BORN, roster_code=""),
        Person("Lò Thị Hương", BORN, roster_code=None),
        Person("Lò Thị Hương", date(1962, 8, 16), roster_code="00123"),
        Person("Lò Thị Hường Em", BORN, roster_code="00123"),
    ],
)
def test_what_does_not_agree_gets_one_answer(person: Person) -> None:
    contest = with_roster(WITH_CODE)
    with pytest.raises(EntryRefused, match="not_on_roster"):
        enter(contest, person)


def test_one_code_is_one_person_who_comes_back_by_it() -> None:
    """50 times at once, then again later: the same entry."""
    contest = with_roster(WITH_CODE)
    person = Person("Lò Văn Minh", date(1990, 5, 6), roster_code="00124")
    first = enter(contest, person)
    again, is_new = service.register(contest, person, now=NOW + timedelta(days=3), keyring=KEYRING)
    assert (again.id, is_new) == (first.id, False)


def test_50_at_once_with_one_code(app: Flask) -> None:
    contest_id = with_roster(WITH_CODE).id

    def send() -> int:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return enter(mine, Person("Lò Thị Hương", BORN, roster_code="00123")).id

    assert len(set(at_once(app, 50, send))) == 1
    assert queries.count_entries(contest_id) == 1


def test_who_has_no_unit_on_the_list_chooses_one() -> None:
    contest = with_roster(WITH_CODE)
    with pytest.raises(EntryInvalid, match="unit_missing"):
        enter(contest, Person("Vì Thị Hoa", BORN, roster_code="00125"))
    entry = enter(contest, Person("Vì Thị Hoa", BORN, unit_id=unit_id(contest, "03688"), roster_code="00125"))
    assert entry.unit_id == unit_id(contest, "03688")


@pytest.mark.parametrize(
    "name,born,admitted",
    [
        ("lò thị hương", BORN, True),
        ("Lò Thị Hương", date(1962, 8, 16), False),
        ("Lò Văn Minh", date(1990, 12, 31), True),  # the list has the year alone
        ("Vì Thị Hoa", BORN, True),  # the list does not know the date
        ("Nguyễn Văn An", BORN, False),
    ],
)
def test_a_list_without_codes_goes_by_name_and_birth_date(name: str, born: date, admitted: bool) -> None:
    contest = with_roster(BY_NAME)
    person = Person(name, born, "+84912345678")
    if admitted:
        assert enter(contest, person).roster_id is not None
    else:
        with pytest.raises(EntryRefused, match="not_on_roster"):
            enter(contest, person)


def test_guessing_codes_is_slowed_for_an_hour() -> None:
    contest = with_roster(WITH_CODE)

    def guess(born: date, hours: int = 0) -> Person:
        return tries.admitted(
            contest,
            Person("Lò Thị Hương", born, roster_code="00123"),
            network="203.0.113.7",
            now=NOW + timedelta(hours=hours),
            keyring=KEYRING,
        )

    for day in range(1, tries.TRIES_PER_CODE + 1):
        with pytest.raises(EntryRefused, match="not_on_roster"):
            guess(date(1962, 1, day))
    with pytest.raises(ReturnRefused, match="too_many_returns"):
        guess(BORN)
    assert guess(BORN, hours=2).roster_id is not None


def test_saving_a_roster_again_changes_what_differs_and_keeps_who_has_entered() -> None:
    contest = with_roster(WITH_CODE)
    enter(contest, Person("Lò Thị Hương", BORN, roster_code="00123"))
    newer = "Mã;Họ và tên;Ngày sinh\n00124;Lò Văn Minh;6/5/1990\n00200;Cầm Thị Dung;\n"
    plan = save(contest, newer, removes_gone=True)
    assert [row.code for row in plan.added] == ["00200"]
    assert [row.code for row in plan.changed] == ["00124"]
    assert [row.code for row in plan.gone] == ["00125"]
    assert [row.code for row in plan.staying] == ["00123"]
    assert [row.code for row in list_queries.list_roster(contest.id)] == ["00123", "00124", "00200"]
    assert list_queries.browse_roster(contest.id, "huong").total == 1
    assert list_queries.browse_roster(contest.id, "HƯƠNG lò").total == 1
    assert list_queries.browse_roster(contest.id, " 00 124 ").total == 1
    assert list_queries.browse_roster(contest.id, "0012").total == 0  # whole codes only


@pytest.mark.parametrize("code,admitted", [("03646", True), ("03688", False)])
def test_only_some_units_may_enter(code: str, admitted: bool) -> None:
    policy = EntryPolicy(fields=EntryFields(unit=Presence.REQUIRED), units=("03646",))
    contest = make_contest(policy=policy)
    person = Person("Lò Thị Hương", BORN, "+84912345678", unit_id=unit_id(contest, code))
    if admitted:
        assert enter(contest, person).unit_id == unit_id(contest, code)
    else:
        with pytest.raises(EntryRefused, match="unit_not_admitted"):
            enter(contest, person)


def test_a_group_of_units_admits_all_under_it() -> None:
    policy = EntryPolicy(fields=EntryFields(unit=Presence.REQUIRED), units=("SL-XA",))
    contest = make_contest(policy=policy)
    person = Person("Lò Thị Hương", BORN, "+84912345678", unit_id=unit_id(contest, "03688"))
    assert enter(contest, person).status == "active"


def test_the_age_is_that_of_a_stated_day() -> None:
    """Fourteen on 16 November, not yet on 1 November."""
    mother = Representative("Lò Thị Mai", "+84912000111")
    person = Person("Lò Thị Hương", date(2012, 11, 16), "+84912345678", representative=mother)
    young = make_contest("mot", policy=EntryPolicy(min_age=14, age_on=date(2026, 11, 1)))
    with pytest.raises(EntryRefused) as caught:
        enter(young, person)
    assert (caught.value.code, caught.value.params["day"]) == ("too_young_on", "01/11/2026")
    old = make_contest("hai", policy=EntryPolicy(min_age=14, age_on=date(2026, 11, 16)))
    assert enter(old, person).status == "active"


BARRED = "Nguyễn Văn An; 15/8/1980; 0912 345 678; tổ ra đề\nLê Bình; 1975\nTrần Thị Hoa\n"


@pytest.mark.parametrize(
    "person,barred",
    [
        (Person("Nguyễn Văn An", date(1980, 8, 15), "+84999999999"), True),
        (Person("nguyen van an", date(1980, 8, 15), "+84999999999"), True),
        (Person("Người Khác", date(1999, 1, 1), "+84912345678"), True),
        (Person("Nguyễn Văn An", date(1980, 8, 16), "+84999999999"), False),  # a namesake
        (Person("Lê Bình", date(1975, 12, 31), "+84999999999"), True),  # the list has the year alone
        (Person("Trần Thị Hoa", date(1975, 12, 31), "+84999999999"), False),  # a name alone bars nobody
    ],
)
def test_barred_people(person: Person, barred: bool) -> None:
    contest = make_contest(policy=EntryPolicy())
    rows = read_typed(BARRED, NOW.date()).rows
    assert barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING) == 3
    if barred:
        with pytest.raises(EntryRefused, match="barred"):
            enter(contest, person)
        assert queries.count_entries(contest.id) == 0
    else:
        assert enter(contest, person).status == "active"


def test_where_only_the_year_is_asked_for_the_year_bars() -> None:
    contest = make_contest(policy=EntryPolicy(birth=Birth.YEAR))
    rows = read_typed(BARRED, NOW.date()).rows
    barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    with pytest.raises(EntryRefused, match="barred"):
        enter(contest, Person("Nguyễn Văn An", date(1980, 1, 1), "+84999999999"))


def test_the_list_of_the_barred_holds_each_once_and_can_be_shortened() -> None:
    contest = make_contest(policy=EntryPolicy())
    rows = read_typed(BARRED, NOW.date()).rows
    for expected in (3, 0):
        added = barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
        assert added == expected
    an = next(row for row in list_queries.list_barred(contest.id) if row.name == "Nguyễn Văn An")
    assert (an.note, an.phone_tail) == ("tổ ra đề", "678")
    assert "912345678" not in str(an.phone_key)
    barring.admit(contest, an.id, reason="nhầm người", actor=ACTOR, now=NOW)
    assert enter(contest, Person("Nguyễn Văn An", date(1980, 8, 15), "+84912345678")).status == "active"


def test_who_entered_before_being_barred_is_shown() -> None:
    contest = make_contest(policy=EntryPolicy(unique=Unique.FLAG))
    entry = enter(contest, Person("Nguyễn Văn An", date(1999, 1, 1), "+84999999999"))
    other = enter(contest, Person("Một Người", date(1999, 1, 1), "+84912345678"))
    enter(contest, Person("Ai Đó", date(1999, 1, 1), "+84988888888"))
    rows = read_typed(BARRED, NOW.date()).rows
    barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    found = {one.id for one, _barred in list_queries.list_entries_of_barred(contest.id)}
    assert found == {entry.id, other.id}


def test_a_roster_of_one_contest_opens_no_other() -> None:
    with_roster(WITH_CODE)
    other = make_contest("khac", policy=replace(WITH_CODE))
    with pytest.raises(EntryRefused, match="not_on_roster"):
        enter(other, Person("Lò Thị Hương", BORN, roster_code="00123"))
