"""In the last minutes before the close every board shows how it was when these began, and nothing later."""

from datetime import datetime, timedelta

import pytest

from quiz.attempts import service
from quiz.attempts.outcome import shown_of
from quiz.attempts.sheets import Sheet
from quiz.bank.queries import revisions
from quiz.contests.definition import ListDefinition, PublishRule, PublishTime
from quiz.contests.models import Contest, StandingList
from quiz.contests.queries import get_list, get_round, list_rounds
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.entries.models import Entry
from quiz.standings.boards import (
    PeopleSlice,
    Scope,
    list_scope,
    own_place,
    people_slice,
    round_scope,
    unit_facts,
    unit_slice,
)
from tests.support.boards import CRITERIA
from tests.support.factories import (
    KEYRING,
    NOW,
    make_bank,
    make_contest,
    make_entry,
    round_definition,
    unit_id,
)

CLOSES = NOW + timedelta(hours=2)
HELD = CLOSES - timedelta(minutes=30)
LATER = CLOSES - timedelta(minutes=5)


@pytest.fixture
def contest() -> Contest:
    """Boards stand still for the last half hour."""
    make_bank()
    rule = PublishRule(freeze_minutes=30)
    definition = round_definition(ranking=CRITERIA, prediction=None, publish=rule, closes_at=CLOSES)
    return make_contest("dung-yen", definition)


def play(contest: Contest, entry: Entry, right: int, at: datetime) -> None:
    """An attempt of two minutes with so many right answers, handed in at that moment."""
    began = at - timedelta(minutes=2)
    attempt = service.start(contest, entry.id, 1, now=began, keyring=KEYRING)
    views = revisions([revision for revision, _order in attempt.paper])
    answers = {}
    for place, (revision, order) in enumerate(attempt.paper, start=1):
        correct = order.index(views[revision].correct[0]) + 1
        answers[place] = (correct if place <= right else correct % len(order) + 1,)
    service.submit(attempt.code, Sheet(1, answers, (), None), entry_id=entry.id, now=at, keyring=KEYRING)


def scope_of(contest: Contest, now: datetime) -> Scope:
    """Round 1 at a moment."""
    return round_scope(get_round(contest, 1), now)


def lines(found: PeopleSlice) -> list[tuple[int, int, int]]:
    """What of a slice could tell what has happened."""
    return [(row.rank, row.entry_id, row.correct) for row in found.rows]


def test_every_path_shows_the_moment_and_nothing_later(contest: Contest) -> None:
    """People, parts, search, units, own places: the same before and after attempts of the last minutes."""
    people = [
        make_entry(contest, number, unit_id=unit_id(contest, "03646" if number % 2 else "03688"))
        for number in range(1, 5)
    ]
    for number, entry in enumerate(people[:3], start=1):
        play(contest, entry, number, NOW + timedelta(minutes=number))
    before = scope_of(contest, HELD - timedelta(seconds=1))
    whole = lines(people_slice(contest, before, now=NOW))
    units = [(row.rank, row.code, row.people) for row in unit_slice(contest, before, now=NOW).rows]
    forget_all()
    play(contest, people[0], 6, HELD + timedelta(minutes=5))
    play(contest, people[3], 5, HELD + timedelta(minutes=6))
    scope = scope_of(contest, LATER)
    found = people_slice(contest, scope, now=LATER)
    assert (found.held_since, found.as_of, found.total) == (HELD, HELD, 3)
    assert lines(found) == whole
    part = people_slice(contest, scope, now=LATER, division="03646")
    assert [entry_id for _rank, entry_id, _right in lines(part)] == [people[2].id, people[0].id]
    assert lines(people_slice(contest, scope, now=LATER, q="004")) == []
    assert lines(people_slice(contest, scope, now=LATER, q="001")) == [(3, people[0].id, 1)]
    assert [(row.rank, row.code, row.people) for row in unit_slice(contest, scope, now=LATER).rows] == units
    assert unit_facts(contest, scope, "14", now=LATER).place.people == 3
    own = own_place(contest, scope, people[0].id, now=LATER)
    assert own is not None
    assert (own.rank, own.correct) == (3, 6)  # the place of then, the score of now
    newcomer = own_place(contest, scope, people[3].id, now=LATER)
    assert newcomer is not None
    assert newcomer.rank is None
    assert not shown_of(get_round(contest, 1), LATER).own_rank
    forget_all()
    after = people_slice(contest, scope_of(contest, CLOSES), now=CLOSES)
    assert [row.entry_id for row in after.rows][:2] == [people[0].id, people[3].id]
    assert after.held_since is None


def test_a_combined_list_is_silent_meanwhile(contest: Contest) -> None:
    """What is added to the sums would tell how the round goes on."""
    with transaction() as session:
        settings = ListDefinition(1, "Chung", rounds=(1,)).as_dict()
        session.add(StandingList(contest_id=contest.id, number=1, settings_data=settings))
    list_, rounds = get_list(contest, 1), list_rounds(contest)
    assert list_scope(list_, rounds, HELD - timedelta(seconds=1)).shown.board
    assert not list_scope(list_, rounds, LATER).shown.board
    assert list_scope(list_, rounds, CLOSES).shown.board


@pytest.mark.parametrize(
    "show, open_, closed",
    [
        (PublishTime.AT_ONCE, True, True),
        (PublishTime.AFTER_CLOSE, False, True),
        (PublishTime.AFTER_PUBLICATION, False, False),
        (PublishTime.NEVER, False, False),
    ],
)
def test_a_board_is_shown_when_the_rules_say(show: PublishTime, open_: bool, closed: bool) -> None:
    """No line, no total, no place, no units before that; the own score stays."""
    make_bank()
    definition = round_definition(
        ranking=CRITERIA, prediction=None, publish=PublishRule(board=show), closes_at=CLOSES
    )
    contest = make_contest("luc-nao", definition)
    entry = make_entry(contest, 1)
    play(contest, entry, 4, NOW)
    for now, is_shown in ((LATER, open_), (CLOSES, closed)):
        forget_all()
        scope = scope_of(contest, now)
        found = people_slice(contest, scope, now=now)
        assert (bool(found.rows), found.total) == (is_shown, 1 if is_shown else None)
        assert bool(unit_slice(contest, scope, now=now).rows) is is_shown
        own = own_place(contest, scope, entry.id, now=now)
        assert own is not None
        assert (own.correct, own.rank is not None) == (4, is_shown)
