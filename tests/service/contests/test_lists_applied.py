"""Combined lists are brought to what the definition says, and are fixed once a round of theirs has opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.audit.actors import Actor
from quiz.contests.definition import ContestDefinition, ContestSettings, ListDefinition, Prize, Take
from quiz.contests.errors import ContestRefused, RoundRunning
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest, list_lists, list_rounds
from quiz.contests.service import apply_definition, change_state, definition_of
from quiz.scoring.ranking import Criterion
from quiz.standings.scopes import list_scope
from tests.support.factories import NOW, make_bank, round_definition
from tests.support.lists import PAPER

SYSTEM = Actor.system()
LIST = ListDefinition(1, "Chung cuộc", (1, 2))


@pytest.fixture
def definition() -> ContestDefinition:
    make_bank()
    rounds = tuple(round_definition(number, paper=PAPER, prediction=None) for number in (1, 2))
    return ContestDefinition("cuoc-thi", ContestSettings("Cuộc thi"), rounds=rounds, lists=(LIST,))


def apply(definition: ContestDefinition) -> tuple[str, ...]:
    return apply_definition(definition, actor=SYSTEM, now=NOW).changes


def test_lists_are_stored_changed_and_removed(definition: ContestDefinition) -> None:
    apply(definition)
    contest = get_contest("cuoc-thi")
    assert definition_of(contest) == definition
    assert [one.list_numbers for one in list_rounds(contest)] == [[1], [1]]
    assert apply(definition) == ()
    first = replace(LIST, rounds=(1,), take=Take.BEST)
    assert apply(replace(definition, lists=(first,))) == (
        "list 1 rounds: [1, 2] → [1]",
        "list 1 take: sum → best",
    )
    assert [one.list_numbers for one in list_rounds(contest)] == [[1], None]
    assert apply(replace(definition, lists=())) == ("list 1 removed",)
    assert list_lists(contest) == []


def test_once_a_round_has_opened_the_ranking_is_fixed(definition: ContestDefinition) -> None:
    apply(definition)
    change_state(get_contest("cuoc-thi"), 1, RoundAction.OPEN, actor=SYSTEM, now=NOW, at_once=True)
    for lists in (
        (),
        (replace(LIST, ranking=(Criterion.SCORE,)),),
        (LIST, replace(LIST, number=2, name="Bảng hai")),
    ):
        with pytest.raises(RoundRunning, match="list_is_fixed"):
            apply(replace(definition, lists=lists))
    named = replace(LIST, name="Giải chung cuộc", prizes=(Prize("Nhất"),))
    changes = apply(replace(definition, lists=(named,)))
    assert [one.split(":")[0] for one in changes] == ["list 1 name", "list 1 prizes"]


def test_a_round_that_a_list_needs_cannot_go(definition: ContestDefinition) -> None:
    apply(definition)
    with pytest.raises(ContestRefused, match="list_needs_round"):
        apply(replace(definition, rounds=definition.rounds[:1]))


def test_a_list_is_not_official_while_a_round_is_a_draft(definition: ContestDefinition) -> None:
    apply(definition)
    contest = get_contest("cuoc-thi")
    first, _second = list_rounds(contest)
    first.state = "published"
    (list_,) = list_lists(contest)
    scope = list_scope(list_, [first], NOW + timedelta(days=9))
    assert not scope.shown.is_official
