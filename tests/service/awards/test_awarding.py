"""From frozen results to prizes, with what organisers decide on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.approvals.errors import ApprovalRefused, SecondPersonNeeded
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.awards import requests, service
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.awards.models import AwardCheck
from quiz.awards.pages import awards_page, public_winners
from quiz.awards.prized import prized
from quiz.awards.queries import list_rulings
from quiz.awards.service import Checked
from quiz.contests.definition import AwardRule, Prize
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.organiser.rounds import move_round
from quiz.scoring.prizes import Exclusive
from quiz.standings.boards import people_slice
from quiz.standings.prizes import find_award_list, list_awards
from quiz.standings.scopes import round_scope
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import ACTOR

HOUR = timedelta(hours=1)
PRIZES = (Prize("Nhất", 1), Prize("Nhì", 1, "500.000 đồng"))
FOR = {"actor": ACTOR, "now": NOW}


def frozen(scores: tuple[int, ...], **changes: object) -> Contest:
    """A round that is over: people 1, 2 … with so many right answers, quicker ones first."""
    contest = fixed_contest(**({"prizes": PRIZES} | changes))
    for number, right in enumerate(scores, start=1):
        entry = make_entry(contest, number, may_publish=number != 2)
        sit(contest, entry.id, (*RIGHT[:right], *(None,) * (4 - right)), now=NOW + number * HOUR)
    for action in (RoundAction.CLOSE, RoundAction.FREEZE):
        move_round(contest, 1, action, actor=ACTOR, now=NOW + timedelta(days=7), keyring=KEYRING)
    return contest


def won(contest: Contest) -> list[tuple[str, str]]:
    """Name and prize, in order."""
    names = {entry.id: entry.name[-1] for entry in db.session.scalars(select(Entry))}
    return [(names[one.entry_id], one.prize) for one in list_awards(contest.id, 1)]


def entry_of(contest: Contest, number: int) -> int:
    """The id of person `number`."""
    entries = db.session.scalars(select(Entry).where(Entry.contest_id == contest.id))
    return next(entry.id for entry in entries if entry.name.endswith(f" {number}"))


def test_freezing_lists_the_prizes_and_who_is_refused_makes_room() -> None:
    contest = frozen((4, 3, 2))
    assert won(contest) == [("1", "Nhất"), ("2", "Nhì")]
    with pytest.raises(AwardInvalid):
        service.take_out(contest, 1, entry_of(contest, 1), reason="  ", **FOR)
    with pytest.raises(NotFound):
        service.take_out(contest, 1, entry_of(contest, 3), reason="Không có giải", **FOR)
    service.take_out(contest, 1, entry_of(contest, 1), reason="Khai sai đơn vị", **FOR)
    assert won(contest) == [("2", "Nhất"), ("3", "Nhì")]
    (ruling,) = list_rulings(contest.id, 1)
    service.put_back(contest, 1, ruling.id, reason="Đã xác minh lại", **FOR)
    assert won(contest) == [("1", "Nhất"), ("2", "Nhì")]
    with pytest.raises(AwardsRefused):
        service.put_back(contest, 1, ruling.id, reason="Lần nữa", **FOR)
    logged = [event.action for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert [name for name in logged if name.startswith("award")] == [
        "awards_listed",
        "award_refused",
        "award_restored",
    ]


def test_equal_people_wait_until_somebody_decides() -> None:
    contest = frozen((4, 4, 3))
    with transaction() as session:  # the same in everything: one rank
        for result in service.queries.results_of(
            prized(get_round(contest, 1)), [entry_of(contest, 1), entry_of(contest, 2)]
        ).values():
            result.rank = 1
            result.rank_key = b"\x00"
        session.flush()
    first, second = entry_of(contest, 1), entry_of(contest, 2)
    page = awards_page(contest, get_round(contest, 1))
    assert not page.is_current
    service.list_prizes(contest, 1, **FOR)
    assert won(contest) == []
    (group,) = awards_page(contest, get_round(contest, 1)).ties
    assert group.prizes == ("Nhất", "Nhì")
    assert {entry_id for entry_id, _name, _unit in group.people} == {first, second}
    with pytest.raises(AwardsRefused):
        service.decide_tie(contest, 1, [first], all_alike=False, reason="Bốc thăm", **FOR)
    service.decide_tie(contest, 1, [second, first], all_alike=False, reason="Bốc thăm trước tổ thư ký", **FOR)
    assert won(contest) == [("2", "Nhất"), ("1", "Nhì")]
    (ruling,) = list_rulings(contest.id, 1)
    service.put_back(contest, 1, ruling.id, reason="Ghi nhầm", **FOR)
    service.decide_tie(contest, 1, [first, second], all_alike=True, reason="Tăng một giải Nhất", **FOR)
    assert sorted(won(contest)) == [("1", "Nhất"), ("2", "Nhất")]
    (ruling,) = list_rulings(contest.id, 1)
    service.put_back(contest, 1, ruling.id, reason="Ghi nhầm", **FOR)
    _after_publication(contest, [second, first])


def _after_publication(contest: Contest, order: list[int]) -> None:
    """The same group once everybody sees the results: one asks, another one approves."""
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = "published"
    one, other = Actor.staff(1, "Một"), Actor.staff(2, "Hai")
    how = {"all_alike": False, "reason": "Bốc thăm lại", "now": NOW}
    with pytest.raises(SecondPersonNeeded):
        service.decide_tie(contest, 1, order, actor=one, **how)
    with pytest.raises(AwardsRefused):
        requests.ask_tie(contest, 1, order[:1], actor=one, **how)
    asked = requests.ask_tie(contest, 1, order, actor=one, **how)
    with pytest.raises(ApprovalRefused):
        requests.approve_change(contest, asked.id, actor=one, now=NOW)
    assert won(contest) == []
    requests.approve_change(contest, asked.id, actor=other, now=NOW)
    assert won(contest) == [("2", "Nhất"), ("1", "Nhì")]


def test_one_prize_for_a_person_over_rounds() -> None:
    contest = frozen((4, 3, 2), awarding=AwardRule(Exclusive.ONCE))
    round_ = get_round(contest, 1)
    with transaction() as session:
        later = type(round_)(
            contest_id=contest.id,
            number=2,
            state="frozen",
            opens_at=round_.opens_at,
            closes_at=round_.closes_at,
            settings_data=replace(round_.settings, number=2).as_dict(),
            state_since=NOW,
        )
        session.add(later)
        session.flush()
        for result in service.queries.results_of(
            prized(get_round(contest, 1)), [entry_of(contest, number) for number in (1, 2, 3)]
        ).values():
            columns = {c.key: getattr(result, c.key) for c in type(result).__table__.columns}
            session.add(type(result)(**columns | {"round_number": 2, "attempt_id": result.attempt_id + 1000}))
    service.list_prizes(contest, 2, **FOR)
    assert [one.entry_id for one in list_awards(contest.id, 2)] == [entry_of(contest, 3)]


def test_checks_keep_who_and_when_and_publication_shows_what_was_decided() -> None:
    contest = frozen((4, 3, 2))
    first, second = entry_of(contest, 1), entry_of(contest, 2)
    service.check_winner(contest, 1, first, Checked(called=True), **FOR)
    later = {"actor": replace(ACTOR, name="Người khác"), "now": NOW + HOUR}
    service.check_winner(contest, 1, first, Checked(True, True, True, "Gọi buổi sáng"), **later)
    check = db.session.get(AwardCheck, (contest.id, 1, 0, first))
    assert (check.called_by, check.identity_by) == (ACTOR.name, "Người khác")
    page = awards_page(contest, get_round(contest, 1))
    assert (page.checked, page.total) == (1, 2)
    with pytest.raises(NotFound):
        service.check_winner(contest, 1, entry_of(contest, 3), Checked(), **FOR)
    service.take_out(contest, 1, second, reason="Không liên hệ được", **FOR)
    move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=NOW + timedelta(days=8), keyring=KEYRING)
    then = NOW + timedelta(days=9)
    board = people_slice(contest, round_scope(get_round(contest, 1), then), now=then)
    assert [(row.prize, "•" in row.name or "." in row.name) for row in board.rows] == [
        ("Nhất", False),
        (None, True),
        ("Nhì", False),
    ]
    public = public_winners(contest, get_round(contest, 1), then)
    assert [(prize, [one.name for one in people]) for _name, prize, people in public] == [
        ("Nhất", ["Lò Thị Hương 1"]),
        ("Nhì", ["Lò Thị Hương 3"]),
    ]


def test_a_round_that_is_not_frozen_has_no_list() -> None:
    contest = fixed_contest(prizes=PRIZES)
    with pytest.raises(AwardsRefused):
        service.list_prizes(contest, 1, **FOR)
    assert find_award_list(contest.id, 1) is None
