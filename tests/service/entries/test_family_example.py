"""DOMAIN acceptance 5: one phone, three family members, under every rule; the example is what happens."""

import pytest

from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Unique
from quiz.contests.models import Contest
from quiz.core.genders import Gender
from quiz.entries import queries, rosters, service
from quiz.entries.examples import FAMILY, Case, Outcome, outcomes
from quiz.entries.extras import Extras
from quiz.entries.person import Person
from quiz.entries.roster_reading import read_roster
from tests.support.factories import KEYRING, NOW, make_contest
from tests.support.staff import ACTOR

# Under the rule of the account a view finds the account's own entry before anything is entered.
RULES = [rule for rule in Unique if rule is not Unique.ACCOUNT]


def contest_under(rule: Unique) -> Contest:
    """A contest with the rule; the roster knows the family."""
    policy = EntryPolicy(fields=EntryFields(national_id=Presence.REQUIRED), unique=rule)
    contest = make_contest(policy=policy)
    text = "Mã;Họ tên\n" + "\n".join(f"{case.roster};{case.name}" for case in FAMILY[:3])
    rows = read_roster(text.encode(), NOW.date()).rows
    rosters.save_roster(contest, rows, removes_gone=False, actor=ACTOR, now=NOW, keyring=KEYRING)
    return contest


def what_happens(contest: Contest, case: Case) -> Outcome:
    """Enter, and look."""
    person = Person(
        case.name,
        case.birth_date,
        case.phone,
        case.national_id,
        roster_code=case.roster,
        extras=Extras(gender=Gender.OTHER),
    )
    entry, is_new = service.register(contest, person, now=NOW, keyring=KEYRING)
    if not is_new:
        return Outcome.COMES_BACK
    if entry.disputed_at is not None:
        return Outcome.DISPUTED
    others = queries.browse_entries(contest.id).rows
    shared = any(
        other.id != entry.id
        and (other.phone_key == entry.phone_key or other.national_id_key == entry.national_id_key)
        for other in others
    )
    return Outcome.SHARES if shared else Outcome.ENTERS


@pytest.mark.parametrize("rule", RULES)
def test_the_example_is_what_entering_does(rule: Unique) -> None:
    contest = contest_under(rule)
    assert tuple(what_happens(contest, case) for case in FAMILY) == outcomes(rule)


@pytest.mark.parametrize(
    "rule,entered,disputed",
    [
        (Unique.PHONE_NAME_BIRTH_DATE, 3, 0),  # accepted
        (Unique.PHONE, 3, 2),  # not accepted as they are: the organisers decide before prizes
        (Unique.FLAG, 3, 0),  # accepted, and shown as sharing a number
    ],
)
def test_three_family_members_with_one_phone(rule: Unique, entered: int, disputed: int) -> None:
    contest = contest_under(rule)
    found = [what_happens(contest, case) for case in FAMILY[:3]]
    assert queries.count_entries(contest.id) == entered
    assert found.count(Outcome.DISPUTED) == disputed
    assert (Outcome.SHARES in found) is (disputed == 0)
