"""The pass stores pairs and changes nothing else; what was dismissed stays dismissed until there is news."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.definition import Unique
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.jobs.models import Job
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.comparing import KIND, compare_entries, dismiss, list_cases, request_due
from quiz.vetting.errors import VettingRefused
from quiz.vetting.models import Suspicion, VettingPass
from tests.support.factories import KEYRING, NOW, make_contest, make_entry, round_definition
from tests.support.sittings import fixed_contest, sit

STAFF = Actor.staff(7, "Nguyễn Thị Minh Hà")


@pytest.fixture
def contest() -> Contest:
    """Twenty people, and one of them twice: the name without diacritics, another phone, the same device."""
    made = make_contest(unique=Unique.PHONE_NAME_BIRTH_DATE)
    for number in range(1, 21):
        make_entry(
            made, number, name=f"Lò Văn {'ABCDEGHIKLMNOPQRSTUV'[number - 1]}ình", birth_date=born(number)
        )
    make_entry(made, 30, name="Quàng Văn Thủy", birth_date=date(1971, 6, 4))
    make_entry(made, 31, name="Quang Van Thuy", birth_date=date(1971, 6, 4))
    return made


def born(number: int) -> date:
    return date(1950 + number, 1 + number % 12, 1 + number)


def run(contest: Contest, later: int = 0) -> VettingPass:
    return compare_entries(contest, keyring=KEYRING, now=NOW + timedelta(minutes=later))


def entry_of(contest: Contest, name: str) -> Entry:
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == contest.id))
    return next(entry for entry in entries if entry.name == name)


def change(contest: Contest, name: str, **columns: object) -> None:
    with transaction():
        row = entry_of(contest, name)
        for column, value in columns.items():
            setattr(row, column, value)


def test_a_pass_stores_the_pair_and_decides_nothing(contest: Contest) -> None:
    done = run(contest)
    assert (done.entrants, done.pairs) == (22, 1)
    (case,) = list_cases(contest.id)
    assert case.members == tuple(
        sorted((entry_of(contest, "Quàng Văn Thủy").id, entry_of(contest, "Quang Van Thuy").id))
    )
    signals = {name for name, _weight, _figures in case.pairs[0].evidence}
    assert {"name_same", "birth_same"} <= signals
    statuses = db.session.execute(select(Entry.status, func.count()).group_by(Entry.status)).all()
    assert [tuple(row) for row in statuses] == [("active", 22)], "nobody is ever set aside by a program"


def test_no_phone_is_kept_in_what_a_pass_stores(contest: Contest) -> None:
    change(contest, "Quang Van Thuy", phone_cipher=entry_of(contest, "Quàng Văn Thủy").phone_cipher)
    run(contest)
    stored = db.session.scalars(select(Suspicion)).one()
    assert "900000030" not in str(stored.evidence)


def test_again_gives_the_same_and_keeps_when_it_was_found(contest: Contest) -> None:
    run(contest)
    run(contest, later=60)
    (pair,) = queries.list_open(contest.id)
    assert pair.found_at == NOW


def test_a_pair_that_is_no_more_alike_goes(contest: Contest) -> None:
    run(contest)
    change(contest, "Quang Van Thuy", birth_date=date(1990, 1, 2))
    run(contest, later=1)
    assert list_cases(contest.id) == []


def test_dismissed_stays_dismissed_until_there_is_news(contest: Contest) -> None:
    run(contest)
    (case,) = list_cases(contest.id)
    with pytest.raises(VettingRefused, match="reason_needed"):
        dismiss(contest, case.members, reason="  ", actor=STAFF, now=NOW)
    assert dismiss(contest, case.members, reason="Hai anh em họ", actor=STAFF, now=NOW) == 1
    run(contest, later=1)
    assert list_cases(contest.id) == []
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "suspicion_dismissed"))
    assert event.detail["reason"] == "Hai anh em họ"
    for name in ("Quàng Văn Thủy", "Quang Van Thuy"):
        change(contest, name, device_key="d" * 32)
    run(contest, later=2)
    assert len(list_cases(contest.id)) == 1


def test_a_pair_that_is_set_aside_waits_for_an_undo(contest: Contest) -> None:
    run(contest)
    change(contest, "Quang Van Thuy", status="disqualified")
    run(contest, later=1)
    assert list_cases(contest.id) == []
    change(contest, "Quang Van Thuy", status="active")
    assert len(list_cases(contest.id)) == 1


def test_answers_are_read_by_the_choice_and_not_by_its_place() -> None:
    contest = fixed_contest()
    one, other = (make_entry(contest, number) for number in (1, 2))
    for entry in (one, other):
        sit(contest, entry.id, (1, 1, None, 1))
    sheets = queries.sheets_of(contest.id, [one.id, other.id])
    assert sheets[one.id] == sheets[other.id]
    assert sorted((tuple(answer.chosen), answer.is_right) for answer in sheets[one.id].values()) == [
        ((0,), False),
        ((0,), False),
        ((0,), True),
    ]


def test_housekeeping_asks_while_a_round_runs_and_when_it_has_ended(contest: Contest) -> None:
    assert request_due(now=NOW) == 1
    job = db.session.scalars(select(Job)).one()
    assert (job.kind, job.params["contest_id"]) == (KIND, contest.id)
    run(contest)
    assert request_due(now=NOW + timedelta(hours=7)) == 0, "nobody has entered since"
    make_entry(contest, 40, birth_date=date(1999, 9, 9))
    assert request_due(now=NOW + timedelta(hours=1)) == 0
    assert request_due(now=NOW + timedelta(hours=7)) == 1
    after = round_definition().closes_at + timedelta(minutes=1)
    assert request_due(now=after) == 1
    compare_entries(contest, keyring=KEYRING, now=after)
    assert request_due(now=after + timedelta(days=1)) == 0
