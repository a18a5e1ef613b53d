"""A number that somebody else has stated turns nobody away: both compete, and it is seen (A12)."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from quiz.contests.definition import EntryFields, Presence, Unique
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries import queries, service
from quiz.entries.models import Entry
from quiz.entries.service import Person
from quiz.entries.shared_numbers import Number, browse_open, count_open, count_sharing, get_shared
from tests.service.entries.test_register import PHONE, person, register
from tests.support.factories import KEYRING, NOW, make_contest
from tests.support.parallel import at_once

RIVAL = {"name": "Cầm Văn Dũng", "birth_date": date(1990, 1, 2)}


def ask_for_ids(contest: Contest) -> None:
    """The contest asks for the national ID too."""
    with transaction() as session:
        row = session.get_one(Contest, contest.id)
        fields = EntryFields(unit=Presence.REQUIRED, national_id=Presence.REQUIRED)
        row.entry_data = replace(row.entry, fields=fields).as_dict()


def test_the_second_comer_enters_and_is_marked() -> None:
    contest = make_contest()
    first, _new = register(contest, person(contest))
    second, is_new = register(contest, person(contest, **RIVAL))
    assert is_new
    assert second.id != first.id
    assert (first.disputed_at, second.disputed_at) == (None, NOW)
    assert (first.status, second.status) == ("active", "active")
    (group,) = browse_open(contest).rows
    assert [entry.id for entry in group.people] == [first.id, second.id]
    assert group.is_contested


def test_both_come_back_to_their_own_entries() -> None:
    contest = make_contest()
    first = register(contest, person(contest))[0]
    second = register(contest, person(contest, **RIVAL))[0]
    assert register(contest, person(contest)) == (first, False)
    assert register(contest, person(contest, **RIVAL | {"name": "CAM VAN DUNG"})) == (second, False)
    assert queries.count_entries(contest.id) == 2


def test_50_parallel_entries_by_a_second_comer_give_one(app: Flask) -> None:
    """The last word is the named constraint, for contested entries too."""
    contest = make_contest()
    contest_id = contest.id
    register(contest, person(contest))
    stated = person(contest, **RIVAL)

    def send() -> int:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return register(mine, stated)[0].id

    assert len(set(at_once(app, 50, send))) == 1
    assert queries.count_entries(contest_id) == 2


def test_an_id_number_is_contested_in_the_same_way() -> None:
    contest = make_contest(unique=Unique.NATIONAL_ID)
    ask_for_ids(contest)
    mine = person(contest, national_id="014162000123")
    first = register(contest, mine)[0]
    rival = replace(mine, name="Cầm Văn Dũng", phone="+84987654321")
    second = register(contest, rival)[0]
    assert second.disputed_at == NOW
    assert register(contest, mine) == (first, False)
    assert register(contest, rival) == (second, False)
    (group,) = browse_open(contest).rows
    assert (group.kind, group.is_contested) == (Number.NATIONAL_ID, True)


@pytest.mark.parametrize("unique", [Unique.PHONE_NAME_BIRTH_DATE, Unique.FLAG])
def test_a_family_under_the_finer_rules_is_listed_and_not_disputed(unique: Unique) -> None:
    """DOMAIN acceptance 5: nobody is blocked, nobody is marked, the shared number is seen."""
    contest = make_contest(unique=unique)
    family = [
        register(contest, person(contest, name=name, birth_date=date(year, 1, 1)))[0]
        for name, year in (("Lò Thị Hương", 1962), ("Lò Văn Thành", 1995), ("Lò Thị Mai", 2001))
    ]
    assert [entry.disputed_at for entry in family] == [None] * 3
    (group,) = browse_open(contest).rows
    assert (len(group.people), group.is_contested) == (3, False)
    assert count_sharing(contest.id, [family[0].phone_key or ""]) == {family[0].phone_key: 3}


def test_numbers_of_one_person_and_of_other_contests_are_not_listed() -> None:
    one, other = make_contest("mot"), make_contest("hai")
    register(one, person(one))
    register(other, person(other, **RIVAL))
    assert (count_open(one), count_open(other)) == (0, 0)


def test_who_was_merged_is_led_to_the_entry_that_was_kept() -> None:
    contest = make_contest()
    first = register(contest, person(contest))[0]
    second = register(contest, person(contest, **RIVAL))[0]
    with transaction() as session:
        row = session.get_one(Entry, (contest.id, second.id))
        row.status, row.merged_into = "merged", first.id
    assert register(contest, person(contest, **RIVAL))[0].id == first.id
    assert count_open(contest) == 0


def test_a_stranger_with_the_number_of_a_merged_entry_is_led_to_nobody() -> None:
    """The number alone proves nothing, whatever became of the entry that holds it."""
    contest = make_contest()
    first = register(contest, person(contest))[0]
    kept = register(contest, person(contest, phone="+84987654321"))[0]
    with transaction() as session:
        row = session.get_one(Entry, (contest.id, first.id))
        row.status, row.merged_into = "merged", kept.id
    stranger, is_new = register(contest, person(contest, **RIVAL))
    assert is_new
    assert stranger.id not in (first.id, kept.id)
    assert stranger.disputed_at == NOW
    assert register(contest, person(contest))[0].id == kept.id


def test_the_reply_to_a_probe_is_an_entry_like_any_other() -> None:
    """Known or unknown number: a new entry, nothing raised, nothing told."""
    contest = make_contest()
    known = register(contest, person(contest))[0]
    probes = [
        service.register(
            contest,
            Person(f"Người thử {number}", date(1980, 1, 1), phone, unit_id=known.unit_id),
            now=NOW,
            keyring=KEYRING,
        )
        for number, phone in enumerate((PHONE, "+84912345679"))
    ]
    assert [is_new for _entry, is_new in probes] == [True, True]
    assert get_shared(contest, Number.PHONE, known.phone_key or "").is_open
