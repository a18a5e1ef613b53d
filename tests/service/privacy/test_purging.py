"""The contest's term: traces go after thirty days, people after the months of the policy, figures stay."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round
from quiz.core.database import db, transaction
from quiz.entries.barred_reading import read_typed
from quiz.entries.barring import bar
from quiz.entries.list_queries import count_roster, list_barred
from quiz.entries.models import Entry
from quiz.entries.queries import count_entries
from quiz.entries.roster_reading import read_roster
from quiz.entries.rosters import save_roster
from quiz.privacy import purging
from quiz.privacy.purging import Purged, purge, purge_in_passing
from quiz.standings import queries as standings
from tests.support import canary
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import fixed_contest, sit
from tests.support.staff import ACTOR

PUBLISHED = NOW + timedelta(days=8)


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A round published eight days later, with two people; the canary's device and network are known."""
    made = fixed_contest()
    entry = make_entry(
        made,
        9,
        name=canary.NAME,
        phone=canary.PHONE,
        birth_date=canary.BORN,
        national_id=canary.NATIONAL_ID,
    )
    sit(made, entry.id, (2, 3, 4, 1))
    sit(made, make_entry(made, 1).id, (2, 3, 1, 1))
    with transaction():
        entry.device_key, entry.network_key = "d" * 32, "n" * 32
        round_ = get_round(made, 1)
        round_.state, round_.state_since = RoundState.PUBLISHED.value, PUBLISHED
    return made


def named() -> int:
    """How many people have a name still."""
    return db.session.scalar(select(func.count()).select_from(Entry).where(Entry.status == "active")) or 0


@pytest.mark.parametrize(
    "at, traces, people",
    [
        (PUBLISHED + timedelta(days=29), 0, 0),
        (PUBLISHED + timedelta(days=30), 1, 0),
        (datetime(2027, 11, 30, 2, tzinfo=NOW.tzinfo), 1, 0),
        (datetime(2027, 11, 30, 4, tzinfo=NOW.tzinfo), 1, 2),
    ],
)
def test_each_goes_when_its_day_has_come(contest: Contest, at: datetime, traces: int, people: int) -> None:
    expected = [Purged("cuoc-thi", people, traces)] if traces or people else []
    assert purge(now=at) == expected
    assert named() == 2 - people
    assert purge(now=at) == []


def test_figures_stay_and_the_log_says_how_many(contest: Contest) -> None:
    before = (
        standings.figures(contest.id, 1),
        standings.list_unit_sums(contest.id, 1),
        count_entries(contest.id),
    )
    purge(now=PUBLISHED + timedelta(days=400))
    after = (
        standings.figures(contest.id, 1),
        standings.list_unit_sums(contest.id, 1),
        count_entries(contest.id),
    )
    assert after == before
    assert not canary.found_in_database()
    assert not canary.values_in_database("d" * 32, "n" * 32)
    logged = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "data_purged")).all()
    assert {name: value for event in logged for name, value in event.detail.items()} == {
        "traces": 1,
        "people": 2,
    }


def test_a_running_contest_keeps_everybody(contest: Contest) -> None:
    with transaction():
        round_ = get_round(contest, 1)
        round_.state, round_.closes_at = RoundState.READY.value, NOW + timedelta(days=900)
    assert purge(now=NOW + timedelta(days=800)) == []
    assert named() == 2


def test_housekeeping_does_a_batch_in_passing(contest: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "_AT_ONCE", 1)
    monkeypatch.setattr(purging, "_looked_at", None)
    now = PUBLISHED + timedelta(days=400)
    assert [purge_in_passing(now=now) for _run in range(4)] == [2, 1, 0, 0]
    assert named() == 0


def test_lists_of_people_go_with_the_people(contest: Contest) -> None:
    """Who might enter and who might not; once, and not before the term."""
    rows = read_roster("Mã;Họ tên\n1;Lò Thị Hương\n2;Lò Văn Minh\n".encode(), NOW.date()).rows
    save_roster(contest, rows, removes_gone=False, actor=ACTOR, now=NOW, keyring=KEYRING)
    barred = read_typed("Nguyễn Văn An; 15/8/1980", NOW.date()).rows
    bar(contest, barred, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    purge(now=PUBLISHED + timedelta(days=31))
    assert (count_roster(contest.id), len(list_barred(contest.id))) == (2, 1)
    before = count_entries(contest.id)
    (done,) = purge(now=PUBLISHED + timedelta(days=400))
    assert done.people == before + 3
    assert (count_roster(contest.id), len(list_barred(contest.id))) == (0, 0)
    assert purge(now=PUBLISHED + timedelta(days=400)) == []
