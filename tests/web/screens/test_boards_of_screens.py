"""Every board of units and every combined list has its scene on the large screen."""

import re

from sqlalchemy import update

from quiz.contests.definition import CollectiveDefinition, ListDefinition
from quiz.contests.models import ContestUnit
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.scoring.collective import Formula
from quiz.scoring.ranking import Criterion
from quiz.simulation.service import simulate
from tests.support.citizen import open_contest
from tests.support.factories import KEYRING, make_entry
from tests.support.lists import listed_contest, play


def _titles(page: str) -> list[str]:
    return re.findall(r"<h2><span>([^<]+)</span>", page)


def test_each_collective_rule_and_each_division_has_a_scene(app, client):
    open_contest(app)
    with app.app_context():
        contest = get_contest("dai-hoi")
        rules = (
            CollectiveDefinition("Số người", Formula.PARTICIPANTS),
            CollectiveDefinition("Số lượt", Formula.ATTEMPTS, divisions=True),
        )
        with transaction() as session:
            contest.collective_data = [rule.as_dict() for rule in rules]
            for code, division in (("03646", "Khối phường"), ("03688", "Khối xã")):
                session.execute(update(ContestUnit).where(ContestUnit.code == code).values(division=division))
            contest.units_at = clock.now()
        simulate(contest, 1, entrants=40, attempts=50, seed=3, now=clock.now(), keyring=KEYRING)
    page = client.get("/c/dai-hoi/display?show=units").text
    assert _titles(page) == [
        "Tuần 1 · Số người",
        "Tuần 1 · Số lượt · Khối phường",
        "Tuần 1 · Số lượt · Khối xã",
    ]
    one = client.get("/c/dai-hoi/display?show=units&unit=03646").text
    assert _titles(one) == ["Tuần 1 · Số người", "Tuần 1 · Số lượt · Khối phường"]
    assert "Xã Mường Chiên" not in one


def test_combined_lists_are_scenes_of_their_own(app, client):
    with app.app_context():
        wanted = ListDefinition(
            1, "Chung cuộc", (1, 2), ranking=(Criterion.CORRECT_COUNT, Criterion.DURATION)
        )
        contest = listed_contest(wanted, rounds=2)
        for number, right in enumerate((4, 2), 1):
            entry = make_entry(contest, number)
            for round_number in (1, 2):
                play(contest, entry.id, round_number, right)
    page = client.get("/c/cuoc-thi/display?show=lists").text
    assert _titles(page) == ["Dẫn đầu Chung cuộc"]
    assert re.findall(r'<span class="pc">([^<]+)', page) == ["8/8", "4/8"]
    assert "lists" in client.get("/c/cuoc-thi/share").text


def test_a_contest_without_lists_is_never_dark(app, client):
    open_contest(app)
    page = client.get("/c/dai-hoi/display?show=lists").text
    assert 'data-scene="enter"' in page
