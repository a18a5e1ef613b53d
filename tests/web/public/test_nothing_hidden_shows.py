"""F16, A17: what is predicted, frozen or not published yet stands on no page, in no reply, on no screen.

The numbers are looked for in everything that the map of addresses has, in each setting of publication; each
walk has a twin in which they are allowed to be seen, so that it would find them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import update

from quiz.accounts.permissions import Role
from quiz.attempts.models import Attempt, Result
from quiz.awards import certifying
from quiz.awards.service import decide_tie, worked_out
from quiz.contests.definition import ListDefinition, PredictionRule, Prize, PublishRule, PublishTime
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction, RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.entries.queries import list_entries
from quiz.organiser.rounds import move_round
from quiz.scoring.prediction import Target
from quiz.simulation.service import simulate
from quiz.standings.boards import people_slice
from quiz.standings.cache import figures
from quiz.standings.prizes import list_awards
from quiz.standings.scopes import round_scope
from quiz.units.queries import get_tree
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.every_page import FOR_ALL, numbers_in, public_rules, said, walk
from tests.support.factories import KEYRING
from tests.support.lists import add_lists
from tests.support.staff import ACTOR, make_staff, make_tree, sign_in_as

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ENTRANTS, ALL_CORRECT = 171, 137
_AFTER = PublishRule(score=PublishTime.AFTER_PUBLICATION)
_WRITTEN = {"people": str(ENTRANTS), "all_correct": str(ALL_CORRECT), "percent": "80,1"}


@dataclass(frozen=True)
class World:
    """A contest with distinctive numbers, and those who look at it."""

    app: Flask
    attempts: str
    per_unit: frozenset[str]
    taking_part: frozenset[str]
    week: date
    samples: dict[str, Any]
    viewers: tuple[Client, ...]

    def set(self, **changes: Any) -> None:
        """Another publication rule, target or state of the round."""
        with self.app.app_context(), transaction() as session:
            row = session.get(Round, (self.samples["contest_id"], 1))
            assert row is not None
            state = changes.pop("state", RoundState.READY)
            row.settings_data = row.settings_data | {
                name: value.as_dict() if value is not None else None for name, value in changes.items()
            }
            row.state = state.value
        forget_all()

    def replies(self) -> Iterator[tuple[str, Any]]:
        """Everything that each of the viewers can read."""
        stranger, entrant, unit = self.viewers
        yield from walk(stranger, self.samples, lambda package: package != "unitdesk")
        yield from walk(entrant, self.samples, lambda package: package not in FOR_ALL)
        yield from walk(unit, self.samples, lambda package: package == "unitdesk")
        for name in ("report", "report.csv", "report.xlsx"):
            address = f"/unit/{name}?week={self.week.isoformat()}"
            yield address, unit.get(address)


@pytest.fixture
def world(app: Flask) -> World:
    """171 people, 137 of them with everything right; a stranger, the last of them, and a unit look.

    All attempts lie in the week before this one, whatever the day is: one weekly report counts them all.
    """
    now = clock.now()
    today = now.astimezone(ZONE)
    monday = today.date() - timedelta(days=today.weekday() + 7)
    opened = datetime.combine(monday, time(8), ZONE)
    open_contest(app, minutes=15, prizes=(Prize("Giải Nhất", 3),), opens_at=opened)
    with app.app_context():
        make_tree()
        contest = get_contest("dai-hoi")
        played = opened + timedelta(days=2)
        simulate(contest, 1, entrants=ENTRANTS, attempts=283, seed=11, now=played, keyring=KEYRING)
        chosen = [row.entry_id for row in db.session.query(Result).order_by(Result.entry_id)][:ALL_CORRECT]
        with transaction() as session:
            session.get(Contest, contest.id).tree_id = get_tree("son-la").id  # type: ignore[union-attr]
            session.execute(update(Result).values(correct_count=2, question_count=6))
            session.execute(update(Result).where(Result.entry_id.in_(chosen)).values(correct_count=6))
        attempts = figures(contest.id, 1, now).attempts
        attempt = db.session.query(Attempt).filter_by(entry_id=chosen[-1]).first()
        assert attempt is not None
        samples = _samples(contest, attempt.code)
        entrant, unit = app.test_client(), app.test_client()
        with entrant.session_transaction() as session_:
            session_["entries"] = {str(contest.id): str(chosen[-1])}
        sign_in_as(unit, make_staff("tinh", Role.UNIT_VIEWER, tree=get_tree("son-la"), unit_code="14"))
        sums = {row.unit_id: 0 for row in db.session.query(Result)}
        people = dict(sums)
        for row in db.session.query(Result):
            sums[row.unit_id] += row.correct_count == 6
            people[row.unit_id] += 1
    per_unit, taking_part = (
        frozenset(str(count) for count in counted.values() if count > 59) for counted in (sums, people)
    )
    assert attempts > ENTRANTS
    assert taking_part
    return World(
        app, str(attempts), per_unit, taking_part, monday, samples, (app.test_client(), entrant, unit)
    )


def _samples(contest: Contest, attempt: str) -> dict[str, Any]:
    texts = dict.fromkeys(("document", "digest", "extension", "token", "receipt", "version"), "x")
    return texts | {
        "contest_id": contest.id,
        "slug": contest.slug,
        "number": 1,
        "list_number": 1,
        "mark": 1,
        "code": "03646",
        "attempt": attempt,
        "kind": "svg",
        "ending": "csv",
        "filename": "x",
    }


_HIDDEN = {
    Target.PARTICIPANTS: ("people",),
    Target.ATTEMPTS: ("attempts",),
    Target.PEOPLE_ALL_CORRECT: ("all_correct", "percent"),
    Target.PERCENT_ALL_CORRECT: ("all_correct", "percent"),
}


def test_the_predicted_number_stands_nowhere_while_people_predict(world: World) -> None:
    written = _WRITTEN | {"attempts": world.attempts}
    found: dict[str, set[str]] = {}
    for target, names in _HIDDEN.items():
        secret = {written[name] for name in names}
        if target in (Target.PEOPLE_ALL_CORRECT, Target.PERCENT_ALL_CORRECT):
            secret |= world.per_unit
        elif target is Target.PARTICIPANTS:
            secret |= world.taking_part
        world.set(prediction=PredictionRule(target, decimals=1 if target.is_percentage else 0))
        for address, reply in world.replies():
            if seen := numbers_in(reply) & secret:
                found.setdefault(f"{target} {address}", set()).update(seen)
    assert not found


def test_the_walk_would_find_them(world: World) -> None:
    """Nothing is predicted: people and attempts stand on pages, in the API and on the screen."""
    world.set(prediction=None)
    seen: dict[str, set[str]] = {}
    for address, reply in world.replies():
        for number in numbers_in(reply) & {_WRITTEN["people"], world.attempts}:
            seen.setdefault(number, set()).add(address.partition("?")[0])
    assert seen.keys() == {_WRITTEN["people"], world.attempts}
    for number in seen:
        assert {"/", "/c/dai-hoi", "/c/dai-hoi/display", "/api/v1/contests/dai-hoi"} <= seen[number]
        for name in ("figures", "report"):
            assert {f"/unit/{name}.csv", f"/unit/{name}.xlsx"} <= seen[number]


def test_a_board_whose_depth_is_secret_ends(world: World) -> None:
    """However it is asked for, there are never more than 50 people on it."""
    world.set(prediction=PredictionRule(Target.PEOPLE_ALL_CORRECT))
    board = "/api/v1/contests/dai-hoi/rounds/1/people"
    stranger = world.viewers[0]
    for query in (
        "?per_page=100",
        "?per_page=100&page=2",
        "?per_page=25&page=3",
        "?division=03646&per_page=100",
    ):
        reply = stranger.get(board + query).get_json()
        assert len(reply["rows"]) <= 50
        assert max([row["rank"] for row in reply["rows"]], default=0) <= 50
        assert (reply["total"], reply["most_rows"]) == (None, 50)
    assert stranger.get(f"{board}?per_page=100&page=2").get_json()["rows"] == []


def test_what_is_not_published_has_no_board_anywhere(world: World) -> None:
    """No line of the board, and no score of one's own, until the round is published."""
    names = _board_names(world)
    assert len(names) > 5
    found = set()
    for state in (RoundState.READY, RoundState.CLOSED, RoundState.FROZEN):
        world.set(publish=_AFTER, prediction=None, state=state)
        for address, reply in world.replies():
            found |= {f"{state} {address}: {name}" for name in names if name in said(reply)}
    assert not found
    world.set(publish=_AFTER, prediction=None, state=RoundState.PUBLISHED)
    open_now = {
        address.partition("?")[0]
        for address, reply in world.replies()
        if any(n in said(reply) for n in names)
    }
    for path in ("/standings", "/display", "/display/scenes"):
        assert f"/c/dai-hoi{path}" in open_now
    assert "/api/v1/contests/dai-hoi/rounds/1/people" in open_now


def test_winners_and_their_papers_wait_for_publication(world: World) -> None:
    """Prizes are worked out when results are fixed; nobody outside reads of them, on pages or in files."""
    world.set(publish=_AFTER, prediction=None)
    with world.app.app_context():
        contest, now = get_contest("dai-hoi"), clock.now()
        with transaction():
            db.session.execute(update(Entry).values(may_publish=True))
        add_lists(contest.id, ListDefinition(1, "Chung cuộc", (1,), prizes=(Prize("Giải Nhất", 1),)))
        for action in (RoundAction.CLOSE, RoundAction.FREEZE):
            move_round(contest, 1, action, actor=ACTOR, now=now, keyring=KEYRING)
        order = sorted(key for tie in worked_out(get_round(contest, 1)).ties for key in tie.keys)
        if order:
            decide_tie(contest, 1, order, all_alike=False, reason="Bốc thăm", actor=ACTOR, now=now)
        won = [one.entry_id for one in list_awards(contest.id, 1)]
        names = {entry.name for entry in list_entries(contest.id, won)}
    assert len(won) == 3
    assert not [address for address, reply in world.replies() if any(name in said(reply) for name in names)]
    with world.app.app_context():
        contest, now = get_contest("dai-hoi"), clock.now()
        move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=now, keyring=KEYRING)
        certifying.issue(contest, 1, certifying.WINNER, reason="Trao giải", actor=ACTOR, now=now)
        code = certifying.list_valid(contest.id, 1, certifying.WINNER)[0].code
    world.samples["certificate"] = code
    open_now = {address for address, reply in world.replies() if any(name in said(reply) for name in names)}
    assert {f"/certificates/{code}", "/c/dai-hoi/rounds/1/winners", "/c/dai-hoi/standings"} <= open_now
    assert world.viewers[0].get("/c/dai-hoi/lists/1/winners").status_code == 200


def _board_names(world: World) -> set[str]:
    """The masked names of the first people on the board, as everybody would see them."""
    with world.app.test_request_context():
        contest, now = get_contest("dai-hoi"), clock.now()
        scope = round_scope(get_round(contest, 1), now + timedelta(seconds=1))
        rows = people_slice(contest, scope, now=now, limit=8).rows
        return {row.name for row in rows}


def test_every_address_has_its_sample(world: World) -> None:
    """A new address is walked as well: say here what stands for the parts of it."""
    missing = {name for rule in public_rules(world.app) for name in rule.arguments} - set(world.samples)
    assert not missing
