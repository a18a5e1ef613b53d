"""Unique by account on both databases: one account one entry, and whose entries a proof leads to."""

import itertools
from dataclasses import replace

import pytest

from quiz.contests.definition import Unique, Way
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import transaction
from quiz.entries import proofs
from quiz.entries.errors import IdentityTaken
from quiz.entries.identity import IdentityIncomplete
from quiz.entries.queries import count_entries
from quiz.signin.contacts import Channel, Contact
from tests.support.factories import KEYRING, NOW, make_contest, make_entry
from tests.support.parallel import at_once

PHONE = Contact(Channel.PHONE, "+84900000001")


def by_account() -> Contest:
    contest = make_contest(unique=Unique.ACCOUNT)
    with transaction():
        contest.entry_data = replace(contest.entry, ways=(Way.ACCOUNT,)).as_dict()
    return contest


def test_one_account_one_entry():
    contest = by_account()
    first = make_entry(contest, 1, account_id=7)
    assert make_entry(contest, 1, account_id=7).id == first.id
    with pytest.raises(IdentityTaken):
        make_entry(contest, 2, account_id=7)
    assert make_entry(contest, 2, account_id=8).id != first.id
    assert [entry.id for entry in proofs.list_own(contest, None, 7, KEYRING)] == [first.id]
    assert proofs.list_own(contest, None, 9, KEYRING) == []


def test_without_an_account_nobody_enters():
    with pytest.raises(IdentityIncomplete):
        make_entry(by_account())


def test_one_entry_however_many_are_made_at_once(app):
    contest_id, turn = by_account().id, itertools.count(1)

    def enter() -> str:
        try:
            make_entry(get_contest_by_id(contest_id), next(turn), account_id=7)
        except IdentityTaken:
            return "taken"
        return "entered"

    told = at_once(app, 8, enter)
    assert told.count("entered") == 1
    assert count_entries(contest_id) == 1


def test_a_proven_phone_leads_to_all_entries_under_it():
    """Also to one that was set aside: its person reads why, and may object."""
    contest = make_contest(unique=Unique.FLAG)
    first, second = make_entry(contest, 1), make_entry(contest, 1, name="Lò Văn Thành")
    aside = make_entry(contest, 1, name="Người Thứ Ba")
    make_entry(contest, 2)
    with transaction():
        aside.status = "disqualified"
    found = proofs.list_own(contest, PHONE, None, KEYRING)
    assert [entry.id for entry in found] == [first.id, second.id, aside.id]
    assert proofs.list_own(contest, None, None, KEYRING) == ()
    proofs.note_proof(first, PHONE, keyring=KEYRING, now=NOW)
    proofs.note_proof(second, Contact(Channel.EMAIL, "a@b.vn"), keyring=KEYRING, now=NOW)
    assert (first.proved_at, second.proved_at) == (NOW, None)
