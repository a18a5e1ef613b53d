"""DOMAIN acceptance 12: a person is erased, the totals stay, the log is kept."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import helping
from quiz.attempts import queries as attempts_queries
from quiz.attempts import service as attempts
from quiz.attempts.deadlines import Scope, extend
from quiz.attempts.errors import StartRefused
from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.core.ids import new_id
from quiz.entries.models import Entry, NumberDecision, RosterPerson
from quiz.entries.name_index import name_columns, name_hash
from quiz.entries.queries import browse_entries, count_entries, get_entry
from quiz.privacy import service
from quiz.privacy.erasure import ERASED_NAME, erase
from quiz.privacy.errors import RequestRefused
from quiz.privacy.kinds import Kind
from quiz.signin.models import EntrantAccount
from quiz.standings import queries as standings
from quiz.standings.service import freeze_round
from quiz.standings.verifying import verify
from tests.support.canary import BORN, NAME, NATIONAL_ID, PHONE, found_in_database, values_in_database
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import fixed_contest, play, sit
from tests.support.staff import ACTOR, make_staff


@pytest.fixture
def contest(app: Flask) -> Contest:
    """Four people, each with an attempt; the canary is neither the best nor the last."""
    made = fixed_contest()
    play(made, [(2, 3, 4, 1), (2, 3, 1, 1), (1, 1, 1, None)])
    canary = make_entry(made, 9, name=NAME, phone=PHONE, birth_date=BORN, national_id=NATIONAL_ID)
    sit(made, canary.id, (2, 3, 4, 2))
    return made


def person(contest: Contest) -> Entry:
    """The canary's entry."""
    found = db.session.scalar(select(Entry).where(Entry.name_key == name_hash(KEYRING, contest.id, NAME)))
    assert found is not None
    return found


def everything(contest: Contest) -> object:
    """All figures that pages show of the round, and everybody's place on the board."""
    board = standings.list_people(contest.id, 1, limit=50)
    return (
        standings.figures(contest.id, 1),
        standings.activity(contest.id, 1),
        standings.list_unit_sums(contest.id, 1),
        standings.count_people(contest.id, 1),
        [(row.rank, row.entry_id, row.correct_count, row.duration_ms) for row in board],
        count_entries(contest.id),
    )


def test_an_erased_person_is_nowhere_and_the_totals_stay(contest: Contest) -> None:
    entry = person(contest)
    entry_id = entry.id
    secrets = [entry.identity_key, entry.phone_key, entry.phone_cipher, entry.national_id_key]
    assert values_in_database(*filter(None, secrets))
    before = everything(contest)
    asked = service.ask(
        contest, entry_id, Kind.ERASE, wish={"words": f"Tôi là {NAME}"}, now=NOW, keyring=KEYRING
    )
    officer = make_staff()
    from_staff = ACTOR.staff(officer.id, officer.name)
    service.fulfil(contest, asked.id, "", actor=from_staff, now=NOW + timedelta(days=1), keyring=KEYRING)
    assert not found_in_database()
    assert not values_in_database(*[secret for secret in secrets if secret])
    assert everything(contest) == before
    assert not verify(contest)
    erased = get_entry(contest.id, entry_id)
    assert (erased.status, erased.name, erased.birth_date) == ("erased", ERASED_NAME, None)
    log = {event.action for event in db.session.scalars(select(AuditEvent))}
    assert {"data_requested", "data_request_decided", "person_erased"} <= log


def test_what_organisers_wrote_about_the_person_goes_too(contest: Contest) -> None:
    entry_id = person(contest).id
    begun = attempts.start(contest, entry_id, 1, now=NOW + timedelta(hours=1), keyring=KEYRING)
    extend(
        contest,
        1,
        scope=Scope.ENTRY,
        target_id=entry_id,
        minutes=5,
        reason="mất điện",
        actor=ACTOR,
        now=NOW + timedelta(hours=1),
    )
    helping.note_need(
        contest,
        entry_id,
        extra_percent=50,
        hides_clock=False,
        reason=f"{NAME} đọc chậm",
        actor=ACTOR,
        now=NOW,
    )
    assert begun.closed_at is None
    erase(contest.id, [entry_id], now=NOW)
    assert not found_in_database()
    assert helping.find_need(contest.id, entry_id) is None


def test_nobody_starts_or_is_found_after_being_erased(contest: Contest) -> None:
    entry_id = person(contest).id
    erase(contest.id, [entry_id], now=NOW)
    with pytest.raises(StartRefused):
        attempts.start(contest, entry_id, 1, now=NOW + timedelta(hours=1), keyring=KEYRING)
    assert not browse_entries(contest.id, "hoang yen").rows
    assert not browse_entries(contest.id, "321").rows
    # The number is free again: the person may come back as somebody new.
    again = make_entry(contest, 9, name=NAME, phone=PHONE, birth_date=BORN)
    assert again.id != entry_id
    with pytest.raises(RequestRefused, match="erased_already"):
        service.ask(contest, entry_id, Kind.ERASE, now=NOW, keyring=KEYRING)


def test_who_was_disqualified_stays_so_without_a_name(contest: Contest) -> None:
    """Otherwise being erased would bring the result back."""
    entry = person(contest)
    with transaction():
        entry.status = "disqualified"
    assert erase(contest.id, [entry.id], now=NOW) == 1
    again = get_entry(contest.id, entry.id)
    assert (again.status, again.name) == ("disqualified", ERASED_NAME)
    assert erase(contest.id, [entry.id], now=NOW) == 0


def test_freezing_after_an_erasure_gives_the_same_ranks(contest: Contest) -> None:
    board = [row.entry_id for row in standings.list_people(contest.id, 1, limit=50)]
    erase(contest.id, [person(contest).id], now=NOW)
    freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
    results = [attempts_queries.find_result(contest.id, 1, entry_id) for entry_id in board]
    assert [result.rank if result else None for result in results] == [1, 2, 2, 4]
    assert not verify(contest)


def test_account_roster_and_decisions_on_the_number_go_with_the_person(contest: Contest) -> None:
    entry = person(contest)
    key = entry.phone_key or ""
    account, line = new_id(), new_id()
    with transaction() as session:
        session.add(
            EntrantAccount(
                id=account,
                kind="phone",
                login_key="l" * 32,
                contact_cipher=KEYRING.encrypt("signin.account", PHONE, str(account)),
                created_at=NOW,
                seen_at=NOW,
            )
        )
        session.add(
            RosterPerson(
                contest_id=contest.id,
                id=line,
                code="HS-01",
                code_key="hs01",
                **name_columns(KEYRING, contest.id, NAME),
                birth_date=BORN,
                only_year=False,
                added_at=NOW,
            )
        )
        session.add(decision(contest, key, entry.id, f"gọi {NAME}"))
        entry.account_id, entry.roster_id = account, line
    erase(contest.id, [entry.id], now=NOW)
    assert not found_in_database()
    assert not values_in_database(key, "l" * 32)


def test_a_number_that_a_relative_holds_stays_decided(contest: Contest) -> None:
    entry = person(contest)
    key = entry.phone_key or ""
    relative = make_entry(contest, 4)
    with transaction() as session:
        relative.phone_key = key
        session.add(decision(contest, key, relative.id, "một nhà"))
    erase(contest.id, [entry.id], now=NOW)
    assert db.session.scalars(select(NumberDecision.number_key)).one() == key


def test_what_was_merged_into_the_person_is_the_person(contest: Contest) -> None:
    entry, other = person(contest), make_entry(contest, 5)
    with transaction():
        other.status, other.merged_into = "merged", entry.id
    assert erase(contest.id, [entry.id], now=NOW) == 2
    again = get_entry(contest.id, other.id)
    assert (again.name, again.status) == (ERASED_NAME, "merged")


def decision(contest: Contest, key: str, kept_id: int, reason: str) -> NumberDecision:
    """What organisers decided about a number that several people state."""
    return NumberDecision(
        contest_id=contest.id,
        id=new_id(),
        kind="phone",
        number_key=key,
        kept_id=kept_id,
        set_aside=[],
        size=2,
        reason=reason,
        decided_at=NOW,
    )
