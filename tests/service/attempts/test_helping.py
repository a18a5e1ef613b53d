"""What organisers do for people in the middle of an attempt: more time, attempts given back, words."""

from datetime import timedelta
from typing import Any

import pytest

from quiz.attempts import helping, queries, service
from quiz.attempts.allowance import attempts_left
from quiz.attempts.deadlines import Scope, extend, list_extensions
from quiz.attempts.errors import HelpRefused, StartRefused, TimeIsOver
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.queries import browse_events
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.standings.verifying import verify
from tests.support.factories import (
    KEYRING,
    NOW,
    make_bank,
    make_contest,
    make_entry,
    round_definition,
    unit_id,
)

MINUTE = timedelta(minutes=1)
SYSTEM = Actor.system()
WHO: dict[str, Any] = {"actor": SYSTEM, "now": NOW + MINUTE}


@pytest.fixture
def contest() -> Contest:
    """A round with two attempts a person and fifteen minutes."""
    make_bank()
    return make_contest("ho-tro", round_definition(attempts=AttemptRule(limit=2)))


def started(contest: Contest, number: int, **changes: object) -> tuple[Entry, Attempt]:
    """An entrant who has begun at NOW."""
    entry = make_entry(contest, number, **changes)
    return entry, service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)


def hand_in(entry: Entry, attempt: Attempt, minutes: int = 0) -> None:
    """Submit so many minutes after NOW."""
    at = NOW + minutes * MINUTE
    service.submit(attempt.code, Sheet(1, {}, (), "5"), entry_id=entry.id, now=at, keyring=KEYRING)


def deadline_of(attempt: Attempt) -> timedelta:
    """How long after NOW the attempt ends, as stored."""
    return queries.get_attempt(attempt.code).deadline_at - NOW


def test_more_time_for_everybody_who_is_working(contest: Contest) -> None:
    """The one who has handed in keeps the result; a save after the old grace is taken."""
    _first, running = started(contest, 1)
    other, handed_in = started(contest, 2)
    service.submit(handed_in.code, Sheet(1, {1: (1,)}, (), "5"), entry_id=other.id, now=NOW, keyring=KEYRING)
    act = extend(contest, 1, scope=Scope.ROUND, target_id=None, minutes=10, reason="Mất điện", **WHO)
    assert (act.moved, act.seconds, act.reason) == (1, 600, "Mất điện")
    assert deadline_of(running) == 25 * MINUTE
    assert deadline_of(handed_in) == 15 * MINUTE
    late = NOW + 20 * MINUTE
    assert service.save(running.code, Sheet(1, {1: (2,)}), entry_id=running.entry_id, now=late).revision == 1
    after = NOW + 25 * MINUTE + timedelta(seconds=31)
    with pytest.raises(TimeIsOver):
        service.save(running.code, Sheet(2, {1: (3,)}), entry_id=running.entry_id, now=after)
    assert [one.id for one in list_extensions(contest.id, 1)] == [act.id]
    assert browse_events(contest.id, 1).rows[0].action == "time_added"


def test_more_time_for_a_unit_with_all_below_it_or_for_one_person(contest: Contest) -> None:
    _a, in_ward = started(contest, 1, unit_id=unit_id(contest, "03646"))
    b, in_commune = started(contest, 2, unit_id=unit_id(contest, "03688"))
    ward, block = unit_id(contest, "03646"), unit_id(contest, "SL-XA")
    extend(contest, 1, scope=Scope.UNIT, target_id=ward, minutes=5, reason="x", **WHO)
    assert (deadline_of(in_ward), deadline_of(in_commune)) == (20 * MINUTE, 15 * MINUTE)
    extend(contest, 1, scope=Scope.UNIT, target_id=block, minutes=1, reason="x", **WHO)
    assert (deadline_of(in_ward), deadline_of(in_commune)) == (21 * MINUTE, 16 * MINUTE)
    extend(contest, 1, scope=Scope.ENTRY, target_id=b.id, minutes=2, reason="x", **WHO)
    assert (deadline_of(in_ward), deadline_of(in_commune)) == (21 * MINUTE, 18 * MINUTE)


@pytest.mark.parametrize(
    "minutes,reason,code",
    [(0, "x", "minutes_out_of_range"), (181, "x", "minutes_out_of_range"), (5, "  ", "reason_needed")],
)
def test_time_needs_a_reason_and_a_sensible_length(
    contest: Contest, minutes: int, reason: str, code: str
) -> None:
    _entry, attempt = started(contest, 1)
    with pytest.raises(HelpRefused) as refused:
        extend(contest, 1, scope=Scope.ROUND, target_id=None, minutes=minutes, reason=reason, **WHO)
    assert refused.value.code == code
    assert deadline_of(attempt) == 15 * MINUTE


def test_time_for_nobody_is_refused(contest: Contest) -> None:
    started(contest, 1)
    who: dict[str, Any] = {"actor": SYSTEM, "now": NOW + 15 * MINUTE + timedelta(seconds=31)}
    with pytest.raises(HelpRefused) as refused:
        extend(contest, 1, scope=Scope.ROUND, target_id=None, minutes=5, reason="x", **who)
    assert refused.value.code == "nobody_running"


def test_an_attempt_given_back_does_not_count(contest: Contest) -> None:
    """Neither for the limit nor for the result; the boards still follow from the attempts."""
    entry, first = started(contest, 1)
    hand_in(entry, first, 1)
    second = service.start(contest, entry.id, 1, now=NOW + 2 * MINUTE, keyring=KEYRING)
    service.submit(
        second.code, Sheet(1, {}, (), "5"), entry_id=entry.id, now=NOW + 3 * MINUTE, keyring=KEYRING
    )
    with pytest.raises(StartRefused):
        service.start(contest, entry.id, 1, now=NOW + 4 * MINUTE, keyring=KEYRING)
    for attempt in (first, second):
        given = helping.give_back(contest, attempt.code, reason="Máy hỏng", **WHO)
        assert given.void_reason == "Máy hỏng"
        assert helping.give_back(contest, attempt.code, reason="Lần nữa", **WHO).void_reason == "Máy hỏng"
    assert queries.find_result(contest.id, 1, entry.id) is None
    assert verify(contest) == []
    past = queries.list_attempts(contest.id, entry.id)
    round_ = db.session.get(Round, (contest.id, 1))
    assert round_ is not None
    assert attempts_left(past, contest, round_, NOW) == 2
    third = service.start(contest, entry.id, 1, now=NOW + 5 * MINUTE, keyring=KEYRING)
    assert third.number == 3
    service.submit(
        third.code, Sheet(1, {}, (), "5"), entry_id=entry.id, now=NOW + 6 * MINUTE, keyring=KEYRING
    )
    result = queries.find_result(contest.id, 1, entry.id)
    assert result is not None
    assert (result.attempt_id, result.attempts) == (third.id, 1)


def test_what_is_open_or_final_is_not_given_back(contest: Contest) -> None:
    entry, attempt = started(contest, 1)
    with pytest.raises(HelpRefused) as refused:
        helping.give_back(contest, attempt.code, reason="x", **WHO)
    assert refused.value.code == "attempt_is_open"
    hand_in(entry, attempt)
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = "frozen"
    with pytest.raises(HelpRefused) as refused:
        helping.give_back(contest, attempt.code, reason="x", **WHO)
    assert refused.value.code == "results_are_final"


def test_a_need_holds_in_every_later_attempt(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    helping.note_need(contest, entry.id, extra_percent=50, hides_clock=True, reason="Đọc chậm", **WHO)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    assert deadline_of(attempt) == timedelta(minutes=22, seconds=30)
    need = helping.find_need(contest.id, entry.id)
    assert need is not None
    assert need.hides_clock
    helping.note_need(contest, entry.id, extra_percent=0, hides_clock=False, reason="Thôi", **WHO)
    hand_in(entry, attempt)
    again = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    assert deadline_of(again) == 15 * MINUTE


def test_an_announcement_takes_the_place_of_the_one_before(contest: Contest) -> None:
    started(contest, 1)
    helping.announce(contest, 1, "  Mạng chậm,\n cứ làm tiếp ", **WHO)
    assert queries.notice_of(contest.id, 1) == "Mạng chậm, cứ làm tiếp"
    helping.announce(contest, 1, "Đã ổn", **WHO)
    assert queries.notice_of(contest.id, 1) == "Đã ổn"
    helping.end_announcement(contest, 1, **WHO)
    assert queries.notice_of(contest.id, 1) is None
    assert [one.words for one in helping.list_announcements(contest.id, 1)] == [
        "Đã ổn",
        "Mạng chậm, cứ làm tiếp",
    ]


def test_the_grace_is_the_contests_own() -> None:
    """Set in the definition, kept in the attempt's row from its start."""
    make_bank()
    contest = make_contest("ngan")
    with transaction() as session:
        row = session.get_one(Contest, contest.id)
        row.settings_data = row.settings_data | {"grace_seconds": 5}
    contest = db.session.get_one(Contest, contest.id)
    _entry, attempt = started(contest, 1)
    late = NOW + 15 * MINUTE + timedelta(seconds=5)
    assert service.save(attempt.code, Sheet(1, {1: (1,)}), entry_id=attempt.entry_id, now=late).revision == 1
    with pytest.raises(TimeIsOver):
        service.save(attempt.code, Sheet(2, {}), entry_id=attempt.entry_id, now=late + timedelta(seconds=1))
