"""Who has a prize changes after publication by two people only; the console stands outside."""

from datetime import timedelta

import pytest

from quiz.approvals import queries
from quiz.approvals.errors import ApprovalRefused, ApprovalStale, SecondPersonNeeded
from quiz.approvals.states import Kind
from quiz.audit.actors import Actor
from quiz.awards import requests, service
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.awards.queries import list_rulings
from quiz.awards.requests import Act
from quiz.contests.definition import Prize
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.two_persons import switch
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.organiser.rounds import move_round
from quiz.standings.prizes import list_awards
from tests.support.factories import KEYRING, NOW
from tests.support.sittings import RIGHT, fixed_contest, play
from tests.support.staff import ACTOR, make_staff

HA, AN = Actor.staff(7, "Nguyễn Thị Minh Hà"), Actor.staff(8, "Lường Văn An")
WHY = "Khai sai đơn vị"


@pytest.fixture
def contest() -> Contest:
    """Three people, one prize; published from the console."""
    made = fixed_contest(prizes=(Prize("Nhất", 1),))
    play(made, [RIGHT, (*RIGHT[:3], None), (*RIGHT[:2], None, None)])
    for action in (RoundAction.CLOSE, RoundAction.FREEZE, RoundAction.PUBLISH):
        move_round(made, 1, action, actor=ACTOR, now=NOW + timedelta(hours=1), keyring=KEYRING)
    return made


def winner(contest: Contest) -> int:
    db.session.rollback()
    (one,) = list_awards(contest.id, 1)
    return one.entry_id


def ask(contest: Contest, act: Act, about: int, actor: Actor = HA) -> int:
    return requests.ask(contest, 1, act, about, reason=WHY, actor=actor, now=NOW).id


def approve(contest: Contest, approval_id: int, actor: Actor = AN) -> str:
    return requests.approve_change(contest, approval_id, actor=actor, now=NOW).state


def test_nobody_alone(contest: Contest) -> None:
    first = winner(contest)
    with pytest.raises(SecondPersonNeeded):
        service.take_out(contest, 1, first, reason=WHY, actor=HA, now=NOW)
    asked = ask(contest, Act.OUT, first)
    with pytest.raises(ApprovalRefused, match="approval_of_own"):
        approve(contest, asked, HA)
    assert winner(contest) == first
    assert approve(contest, asked) == "approved"
    assert winner(contest) != first
    with pytest.raises(ApprovalRefused, match="approval_over"):
        approve(contest, asked)


def test_taken_back_by_two_as_well(contest: Contest) -> None:
    first = winner(contest)
    approve(contest, ask(contest, Act.OUT, first))
    (ruling,) = list_rulings(contest.id, 1)
    with pytest.raises(SecondPersonNeeded):
        service.put_back(contest, 1, ruling.id, reason=WHY, actor=AN, now=NOW)
    approve(contest, ask(contest, Act.BACK, ruling.id, AN), HA)
    assert winner(contest) == first


def test_what_stands_on_another_list_lapses(contest: Contest) -> None:
    first = winner(contest)
    asked = ask(contest, Act.OUT, first)
    service.take_out(contest, 1, first, reason=WHY, actor=ACTOR, now=NOW)  # the console
    second = winner(contest)
    with pytest.raises(ApprovalStale):
        approve(contest, asked)
    assert (queries.get_approval(contest.id, asked).state, winner(contest)) == ("lapsed", second)


def test_what_cannot_be_asked(contest: Contest) -> None:
    with pytest.raises(NotFound):
        ask(contest, Act.OUT, 1)
    with pytest.raises(NotFound):
        ask(contest, Act.BACK, 1)
    with pytest.raises(AwardInvalid):
        requests.ask(contest, 1, Act.OUT, winner(contest), reason=" ", actor=HA, now=NOW)
    asked = ask(contest, Act.OUT, winner(contest))
    with pytest.raises(ApprovalRefused, match="approval_asked_already"):
        ask(contest, Act.OUT, winner(contest))
    assert queries.get_approval(contest.id, asked).kind == Kind.AWARD.value


def test_without_the_rule_one_is_enough(contest: Contest) -> None:
    owner = make_staff()
    actor = Actor.staff(owner.id, owner.name)
    switch(contest, False, reason="Ban Tổ chức chỉ có một người", actor=actor, now=NOW)
    first = winner(contest)
    with pytest.raises(AwardsRefused):
        ask(contest, Act.OUT, first)
    service.take_out(contest, 1, first, reason=WHY, actor=HA, now=NOW)
    assert winner(contest) != first
