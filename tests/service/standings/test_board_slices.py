"""Slices of boards equal a slow ranking of the same people: boards read as a whole, and from their marks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from quiz.attempts.models import Result
from quiz.contests.definition import PredictionRule, Prize, RoundDefinition
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.scoring.prediction import Target
from quiz.standings import board_marks, board_queries
from quiz.standings.boards import own_place, people_slice, round_scope, unit_facts, unit_slice
from quiz.standings.scopes import Scope
from tests.support.boards import CRITERIA, Line, fill_board, slow_ranks
from tests.support.factories import NOW, make_bank, make_contest, round_definition

PEOPLE = 60
PARTS = [("", ""), ("03688", ""), ("SL-XA", ""), ("", "a"), ("03646", "b")]


@pytest.fixture(params=[2_000, 10], ids=["small", "from marks"])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many rows on a board is read from its marks; with a mark at every seventh row."""
    monkeypatch.setattr(board_marks, "SMALL", request.param)
    monkeypatch.setattr(board_queries, "STEP", 7)
    return int(request.param)


def made(definition: RoundDefinition | None = None) -> Contest:
    """A contest with a full board."""
    make_bank()
    return make_contest("cuoc-thi", definition or round_definition(ranking=CRITERIA, prediction=None))


def scope_of(contest: Contest, now: datetime = NOW) -> Scope:
    """Round 1 now."""
    return round_scope(get_round(contest, 1), now)


def part_of(lines: list[Line], division: str, category: str) -> list[Line]:
    """Those whom a part of the board is about."""
    return [
        line for line in lines if division in ("", "SL-XA", line.unit) and category in ("", line.category)
    ]


@pytest.mark.usefixtures("small")
def test_every_slice_equals_a_slow_ranking() -> None:
    """Whole boards, units, blocks, categories: each page, whatever its size, and each person's place."""
    contest = made()
    lines = fill_board(contest, PEOPLE, seed=5)
    scope = scope_of(contest)
    for division, category in PARTS:
        expected = slow_ranks(part_of(lines, division, category))
        for limit in (1, 9, 50):
            pages = []
            for offset in range(0, len(expected) + limit, limit):
                found = people_slice(
                    contest, scope, now=NOW, offset=offset, limit=limit, division=division, category=category
                )
                assert found.total == len(expected)
                pages += [(row.rank, row.entry_id) for row in found.rows]
            assert pages == expected, (division, category, limit)
    whole = {entry_id: rank for rank, entry_id in slow_ranks(lines)}
    within = {entry_id: rank for rank, entry_id in slow_ranks(part_of(lines, "", "b"))}
    for line in lines[:20]:
        own = own_place(contest, scope, line.entry_id, now=NOW)
        assert own is not None
        assert own.rank == whole[line.entry_id]
        if line.category == "b":
            assert own.category_rank == within[line.entry_id]
    assert own_place(contest, scope, 1, now=NOW) is None


@pytest.mark.usefixtures("small")
def test_a_search_finds_only_digits_that_the_board_shows() -> None:
    """By the last three digits, in their places; a child's are not shown, so nobody finds a child by them."""
    contest = made()
    lines = fill_board(contest, PEOPLE, seed=6)
    scope = scope_of(contest)
    ranked = {entry_id: rank for rank, entry_id in slow_ranks(lines)}
    found = people_slice(contest, scope, now=NOW, q="702")
    expected = sorted(
        (ranked[line.entry_id], line.entry_id) for line in lines if line.tail == "702" and not line.is_child
    )
    assert [(row.rank, row.entry_id) for row in found.rows] == expected
    assert any(line.tail == "702" and line.is_child for line in lines)
    assert people_slice(contest, scope, now=NOW, q="Hương").rows == ()


def test_a_growing_board_is_read_from_marks_and_these_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is exact while it is small; past that a place is as of a moment that the slice names."""
    monkeypatch.setattr(board_marks, "SMALL", 30)
    contest = made()
    scope = scope_of(contest)
    assert people_slice(contest, scope, now=NOW).total == 0
    lines = fill_board(contest, 20, seed=7)
    assert people_slice(contest, scope, now=NOW).total == 20
    lines += fill_board(contest, 40, seed=40)
    for _ in range(2):
        found = people_slice(contest, scope, now=NOW, offset=40, limit=30)
        assert [(row.rank, row.entry_id) for row in found.rows] == slow_ranks(lines)[40:]
    later = NOW + timedelta(minutes=10)
    assert people_slice(contest, scope, now=later).as_of == later


def test_a_frozen_place_is_shown_as_it_was_fixed() -> None:
    """And prizes go by it, in every part of the board; names are found where they are shown in full."""
    contest = made(
        round_definition(ranking=CRITERIA, prediction=None, prizes=(Prize("Nhất", 1), Prize("Nhì", 2)))
    )
    lines = fill_board(contest, 30, seed=8)
    ranked = slow_ranks(lines)
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = RoundState.PUBLISHED.value
        for rank, entry_id in ranked:
            session.get_one(Result, (contest.id, 1, entry_id)).rank = rank + 1
    scope = scope_of(contest)
    found = people_slice(contest, scope, now=NOW).rows
    assert [row.rank for row in found] == [rank + 1 for rank, _id in ranked]
    winners = [row for row in found if row.rank <= 3]
    assert {row.prize for row in winners} == {"Nhì"}
    assert {row.prize for row in found[len(winners) :]} == {None}
    part = people_slice(contest, scope, now=NOW, category="a").rows
    assert {row.entry_id for row in part if row.prize} <= {row.entry_id for row in winners}
    assert part[0].rank == 1
    assert list(people_slice(contest, scope, now=NOW, q="lo thi huong").rows) == winners


def test_a_hidden_depth_stays_hidden_in_every_part() -> None:
    """At most fifty rows, no total, no own place, and search looks into these rows only."""
    contest = made(round_definition(ranking=CRITERIA))
    lines = fill_board(contest, 80, seed=9)
    scope = scope_of(contest)
    first = slow_ranks(lines)[:50]
    shown = {entry_id for _rank, entry_id in first}
    for division, category in PARTS:
        for q in ("", "702"):
            for offset in (0, 40, 50, 100):
                found = people_slice(
                    contest,
                    scope,
                    now=NOW,
                    offset=offset,
                    limit=500,
                    q=q,
                    division=division,
                    category=category,
                )
                assert found.total is None
                assert {row.entry_id for row in found.rows} <= shown
    ids = [row.entry_id for row in people_slice(contest, scope, now=NOW, limit=500).rows]
    assert ids == [entry_id for _rank, entry_id in first]
    own = own_place(contest, scope, ids[0], now=NOW)
    assert own is not None
    assert (own.rank, own.category_rank) == (None, None)
    within = people_slice(contest, scope, now=NOW, category="a").rows
    assert [(row.rank, row.entry_id) for row in within] == slow_ranks(part_of(lines, "", "a"))[: len(within)]


@pytest.mark.parametrize("target", Target)
def test_units_show_nothing_from_which_the_prediction_can_be_read(target: Target) -> None:
    """Neither sums nor an order, on the board of units and on each unit."""
    contest = made(round_definition(ranking=CRITERIA, prediction=PredictionRule(target)))
    fill_board(contest, 20, seed=10)
    scope = scope_of(contest)
    board = unit_slice(contest, scope, now=NOW)
    facts = unit_facts(contest, scope, "SL-XA", now=NOW)
    places = (*board.rows, *facts.children, facts.place)
    if target is Target.ATTEMPTS:
        assert all(place.attempts is None for place in places)
        assert board.rows
    elif target is Target.PARTICIPANTS:
        assert not board.rows
        assert all(place.people is None and not place.value for place in places)
    if target is not Target.ATTEMPTS:
        assert facts.mean is None
    if target in (Target.PEOPLE_ALL_CORRECT, Target.PERCENT_ALL_CORRECT):
        assert facts.all_correct is None


@pytest.mark.usefixtures("small")
def test_a_page_costs_the_same_few_statements_wherever_it_stands() -> None:
    """Two at most when nothing is remembered, one after that."""
    contest = made()
    fill_board(contest, PEOPLE, seed=11)
    scope = scope_of(contest)
    asked: tuple[dict[str, Any], ...] = (
        {}, {"offset": 40}, {"category": "a"}, {"division": "SL-XA"}, {"q": "318"},
    )  # fmt: skip
    for arguments in asked:
        forget_all()
        cold = statements(lambda: people_slice(contest, scope, now=NOW, **arguments))  # noqa: B023
        warm = statements(lambda: people_slice(contest, scope, now=NOW, **arguments))  # noqa: B023
        is_search = "q" in arguments  # places of what is found are counted in a statement of its own
        assert cold <= (3 if is_search else 2), arguments
        assert warm <= (2 if is_search else 1), arguments
    assert statements(lambda: unit_slice(contest, scope, now=NOW)) == 1
    assert statements(lambda: unit_facts(contest, scope, "14", now=NOW)) == 0


def statements(act: Callable[[], object]) -> int:
    """How many statements it sends that read results."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.extend([statement] if "results" in statement else [])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
