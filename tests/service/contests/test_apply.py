"""Applying definitions: idempotent, all or nothing, and no change that would hurt a running round."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests import queries
from quiz.contests.definition import (
    ContestDefinition,
    MatrixCell,
    PaperRule,
    Presence,
    Unique,
    parse_definition,
    write_definition,
)
from quiz.contests.errors import BankTooThin, ContestRefused, RoundRunning
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.service import Applied, apply_definition, change_state, definition_of
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.demo.definitions import definition_text, times
from quiz.units.service import import_tree
from tests.support.factories import NOW, make_bank

ACTOR = Actor.system("test")
UNITS = "code,parent_code,name,kind,headcount\n14,,Tỉnh Sơn La,tỉnh,\n03646,14,Phường Tô Hiệu,phường,40\n"
TEXT = """
[contest]
slug = "dai-hoi"
title = "Tìm hiểu Đại hội"
tree = "son-la"

[entry]
fields = { name = "required", birth_date = "required", phone = "required", unit = "required" }
unique = "phone"

[[rounds]]
number = 1
opens_at = 2026-11-20T08:00:00
closes_at = 2026-11-29T17:00:00
minutes = 15
paper = { bank = "bank", matrix = [{ topic = "Chủ đề A", count = 3 }, { count = 3 }] }

[[rounds]]
number = 2
opens_at = 2026-12-01T08:00:00
closes_at = 2026-12-07T17:00:00
minutes = 15
paper = { bank = "bank", matrix = [{ count = 6 }] }
"""


@pytest.fixture
def definition() -> ContestDefinition:
    """Two rounds; the first began two days before NOW."""
    make_bank()
    import_tree(UNITS.encode(), "units.csv", "son-la", actor=ACTOR, now=NOW)
    return parse_definition(TEXT)


def apply(definition: ContestDefinition) -> Applied:
    """Apply now."""
    return apply_definition(definition, actor=ACTOR, now=NOW)


def released(definition: ContestDefinition, *numbers: int) -> Contest:
    """The contest with these rounds released."""
    apply(definition)
    contest = queries.get_contest("dai-hoi")
    for number in numbers:
        change_state(contest, number, RoundAction.OPEN, actor=ACTOR, now=NOW)
    return contest


def with_round(definition: ContestDefinition, number: int, **changes: object) -> ContestDefinition:
    """The definition with one round changed."""
    rounds = tuple(
        replace(round_, **changes) if round_.number == number else round_  # type: ignore[arg-type]  # real fields
        for round_ in definition.rounds
    )
    return replace(definition, rounds=rounds)


def test_apply_creates_then_leaves_unchanged(definition: ContestDefinition) -> None:
    """The second time nothing is written, not even to the log."""
    assert apply(definition).outcome == "created"
    assert apply(definition).outcome == "unchanged"
    assert db.session.query(AuditEvent).filter_by(action="contest_applied").count() == 1


def test_export_is_what_apply_leaves_unchanged(definition: ContestDefinition) -> None:
    """Written out and read again, the definition is the same."""
    apply(definition)
    text = write_definition(definition_of(queries.get_contest("dai-hoi")))
    assert apply(parse_definition(text)).outcome == "unchanged"


def test_a_changed_draft_is_named_in_the_log_with_both_values(definition: ContestDefinition) -> None:
    """Who reads the log sees what it was and what it is."""
    apply(definition)
    assert apply(with_round(definition, 2, minutes=20)).changes == ("round 2 minutes: 15 → 20",)
    assert queries.get_round(queries.get_contest("dai-hoi"), 2).settings.minutes == 20


def test_an_unknown_tree_or_bank_is_refused_and_nothing_is_made(definition: ContestDefinition) -> None:
    """All or nothing."""
    with pytest.raises(ContestRefused, match="unknown_tree"):
        apply(replace(definition, settings=replace(definition.settings, tree="lang-son")))
    paper = PaperRule("khong-co", matrix=(MatrixCell(None, None, 2),))
    with pytest.raises(ContestRefused, match="unknown_bank"):
        apply(with_round(definition, 2, paper=paper))
    assert db.session.query(Contest).count() == 0
    assert db.session.query(Round).count() == 0


@pytest.mark.parametrize("what, value", [("minutes", 20), ("ranking", ()), ("must_answer_all", True)])
def test_a_round_that_has_opened_keeps_its_rules(
    definition: ContestDefinition, what: str, value: object
) -> None:
    """Minutes and ranking stay; texts and the like may change."""
    released(definition, 1)
    if what == "must_answer_all":
        assert apply(with_round(definition, 1, must_answer_all=True)).outcome == "changed"
        return
    with pytest.raises(RoundRunning):
        apply(with_round(definition, 1, **{what: value}))


def test_an_open_round_may_be_prolonged(definition: ContestDefinition) -> None:
    """A later end hurts nobody."""
    contest = released(definition, 1)
    later = definition.rounds[0].closes_at + timedelta(days=2)
    apply(with_round(definition, 1, closes_at=later))
    assert queries.get_round(contest, 1).closes_at == later


def test_a_released_round_cannot_be_made_thin_or_removed(definition: ContestDefinition) -> None:
    """It would open by the clock with papers that cannot be drawn."""
    released(definition, 1, 2)
    with pytest.raises(BankTooThin):
        apply(with_round(definition, 2, paper=PaperRule("bank", matrix=(MatrixCell(None, None, 99),))))
    with pytest.raises(RoundRunning, match="round_cannot_go"):
        apply(replace(definition, rounds=definition.rounds[:1]))


def test_entry_rules_are_fixed_once_people_may_enter(definition: ContestDefinition) -> None:
    """What makes one person one person does not change under people who have entered."""
    released(definition, 1)
    with pytest.raises(ContestRefused, match="uniqueness_is_fixed"):
        apply(replace(definition, entry=replace(definition.entry, unique=Unique.FLAG)))
    fields = replace(definition.entry.fields, national_id=Presence.OPTIONAL)
    assert apply(replace(definition, entry=replace(definition.entry, fields=fields))).outcome == "changed"


def test_the_demo_definition_is_one_that_organisers_can_write() -> None:
    """The template in demo/ is read by the same parser once its times are filled in."""
    text = definition_text(Path(ROOT / "demo" / "contests" / "dai-hoi-xvi.toml"), times(NOW))
    assert [round_.paper.question_count for round_ in parse_definition(text).rounds] == [20, 20, 20]
