"""DOMAIN acceptance 4: seven attempts used, the eighth refused; only what the rule names begins anew."""

from datetime import timedelta

import pytest

from quiz.attempts import service
from quiz.attempts.errors import StartRefused
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import AttemptRule, Per
from quiz.contests.models import Contest
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

_SAME_DAY = timedelta(hours=4)
_MONDAY = timedelta(hours=15)  # NOW is a Sunday at ten in Viet Nam


def begin(contest: Contest, entry_id: int, number: int, after: timedelta) -> str:
    """Start, and hand in a minute later; where the rule refuses, the code of the refusal, else "begun"."""
    try:
        code = service.start(contest, entry_id, number, now=NOW + after, keyring=KEYRING).code
    except StartRefused as refused:
        return refused.code
    handed_in = NOW + after + timedelta(minutes=1)
    service.submit(code, Sheet(1, {}, (), "5"), entry_id=entry_id, now=handed_in, keyring=KEYRING)
    return "begun"


@pytest.mark.parametrize(
    "per,other_round,next_week",
    [(Per.ROUND, True, False), (Per.WEEK, False, True), (Per.DAY, False, True), (Per.CONTEST, False, False)],
)
def test_seven_are_used_and_only_the_span_of_the_rule_begins_anew(
    app, per: Per, other_round: bool, next_week: bool
) -> None:
    make_bank()
    rule, closes = AttemptRule(7, per), NOW + timedelta(days=13)
    contest = make_contest(
        "bay-luot",
        round_definition(1, attempts=rule, closes_at=closes),
        round_definition(2, attempts=rule, closes_at=closes),
    )
    entry_id = make_entry(contest).id
    for turn in range(7):
        assert begin(contest, entry_id, 1, timedelta(minutes=30 * turn)) == "begun"
    assert begin(contest, entry_id, 1, _SAME_DAY) == "no_attempts_left"
    assert begin(contest, entry_id, 2, _SAME_DAY) == ("begun" if other_round else "no_attempts_left")
    assert begin(contest, entry_id, 1, _MONDAY) == ("begun" if next_week else "no_attempts_left")
