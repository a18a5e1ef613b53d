"""Papers of a category come from its own bank; a contest does not open while that bank is too thin."""

import pytest

from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.bank import queries as bank
from quiz.contests.definition import (
    Category,
    CategoryRule,
    ContestDefinition,
    ContestSettings,
    EntryFields,
    EntryPolicy,
    Presence,
)
from quiz.contests.errors import BankTooThin, ContestRefused
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.contests.service import apply_definition, change_state
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.staff import ACTOR

POLICY = EntryPolicy(
    fields=EntryFields(category=Presence.REQUIRED),
    categories=(Category("hoc-sinh", "Học sinh"), Category("can-bo", "Cán bộ")),
)
ROUND = round_definition(prediction=None, categories=(CategoryRule("hoc-sinh", "thcs"),))


def banks_of(attempt: Attempt) -> set[int]:
    """The banks that the questions of the paper belong to."""
    views = bank.revisions([revision for revision, _order in attempt.paper]).values()
    wanted = {view.question_id for view in views}
    return {
        bank_id
        for bank_id in (bank.get_bank(slug).id for slug in ("bank", "thcs"))
        for stored in bank.list_stored(bank_id)
        if stored.id in wanted
    }


@pytest.mark.parametrize("category,slug", [("hoc-sinh", "thcs"), ("can-bo", "bank")])
def test_each_category_gets_its_own_questions(category: str, slug: str) -> None:
    make_bank()
    make_bank("thcs")
    contest: Contest = make_contest("cuoc-thi", ROUND, policy=POLICY)
    entry = make_entry(contest, unit_id=None, category=category)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    assert attempt.question_count == 6
    assert banks_of(attempt) == {bank.get_bank(slug).id}


def test_the_own_bank_has_to_be_there_and_full() -> None:
    make_bank()
    opens = {"opens_at": NOW.replace(year=2030), "closes_at": NOW.replace(year=2031)}
    round_ = round_definition(prediction=None, categories=ROUND.categories, **opens)
    definition = ContestDefinition("thi", ContestSettings("Thi"), POLICY, (round_,))
    with pytest.raises(ContestRefused, match="unknown_bank"):
        apply_definition(definition, actor=ACTOR, now=NOW)
    make_bank("thcs", 3)
    apply_definition(definition, actor=ACTOR, now=NOW)
    with pytest.raises(BankTooThin):
        change_state(get_contest("thi"), 1, RoundAction.OPEN, actor=ACTOR, now=NOW)
