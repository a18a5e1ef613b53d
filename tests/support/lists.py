"""Contests with several rounds and combined lists, and people who play them as planned."""

from datetime import datetime, timedelta
from typing import Any

from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.contests.definition import AttemptRule, ListDefinition, PaperRule
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import transaction
from quiz.organiser.rounds import move_round
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, round_definition
from tests.support.sittings import RIGHT

SYSTEM = Actor.system()
PAPER = PaperRule(bank="bank", shuffle=(), fixed=("1", "2", "3", "4"))


def listed_contest(
    *lists: ListDefinition, rounds: int = 3, slug: str = "cuoc-thi", **changes: Any
) -> Contest:
    """Rounds that are all open, four fixed questions, any number of attempts, and these lists."""
    make_bank()
    rules = {"paper": PAPER, "prediction": None, "attempts": AttemptRule(None), "minutes": 30} | changes
    policy = rules.pop("policy", None)
    definitions = [round_definition(number, **rules) for number in range(1, rounds + 1)]
    contest = make_contest(slug, *definitions, policy=policy)
    add_lists(contest.id, *lists)
    return contest


def add_lists(contest_id: int, *lists: ListDefinition) -> None:
    """Combined lists, as applying a definition stores them."""
    with transaction() as session:
        for one in lists:
            session.add(StandingList(contest_id=contest_id, number=one.number, settings_data=one.as_dict()))
            for number in one.rounds:
                round_ = session.get_one(Round, (contest_id, number))
                round_.list_numbers = [*(round_.list_numbers or []), one.number]


def play(
    contest: Contest,
    entry_id: int,
    number: int,
    right: int,
    *,
    seconds: int = 60,
    at: datetime = NOW,
    prediction: str | None = None,
) -> Attempt:
    """One closed attempt in a round with so many right answers, begun at a moment, taking so long."""
    attempt = service.start(contest, entry_id, number, now=at, keyring=KEYRING)
    answers = {place: (RIGHT[place - 1],) for place in range(1, right + 1)}
    return service.submit(
        attempt.code,
        Sheet(1, answers, (), prediction),
        entry_id=entry_id,
        now=at + timedelta(seconds=seconds),
        keyring=KEYRING,
    )


def move(contest_id: int, number: int, *actions: RoundAction, at: datetime = NOW + timedelta(days=1)) -> None:
    """Take a round through these steps."""
    for action in actions:
        move_round(get_contest_by_id(contest_id), number, action, actor=SYSTEM, now=at, keyring=KEYRING)


def finish(contest_id: int, *numbers: int, at: datetime = NOW + timedelta(days=1)) -> None:
    """Close and freeze rounds."""
    for number in numbers:
        move(contest_id, number, RoundAction.CLOSE, RoundAction.FREEZE, at=at)
