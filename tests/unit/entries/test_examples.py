"""What the example promises for each rule of uniqueness."""

import pytest

from quiz.contests.definition_entry import Unique
from quiz.entries.examples import FAMILY, Outcome, outcomes

_E, _S, _D, _B = Outcome.ENTERS, Outcome.SHARES, Outcome.DISPUTED, Outcome.COMES_BACK


@pytest.mark.parametrize(
    "policy,expected",
    [
        # father, mother, child, father typed otherwise, father with another phone
        (Unique.PHONE, (_E, _D, _D, _B, _S)),
        (Unique.NATIONAL_ID, (_E, _S, _S, _B, _D)),
        (Unique.PHONE_NAME_BIRTH_DATE, (_E, _S, _S, _B, _S)),
        (Unique.ACCOUNT, (_E, _S, _S, _B, _B)),
        (Unique.ROSTER, (_E, _S, _S, _B, _B)),
        (Unique.FLAG, (_E, _S, _S, _S, _S)),
    ],
)
def test_a_family_of_three_with_one_phone(policy: Unique, expected: tuple[Outcome, ...]) -> None:
    assert outcomes(policy) == expected


def test_everybody_of_the_example_is_admitted_by_every_rule() -> None:
    """No rule turns an honest family away."""
    for policy in Unique:
        assert len(outcomes(policy)) == len(FAMILY)
