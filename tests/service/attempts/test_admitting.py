"""A final that only qualified people may start, and a round that rests at night."""

from datetime import timedelta

import pytest

from quiz.attempts import service
from quiz.attempts.errors import StartRefused
from quiz.contests.definition import Admission, ListDefinition, OpenHours
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import transaction
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.lists import finish, listed_contest, play

LIST = ListDefinition(1, "Vòng loại", (1, 2))
LATER = NOW + timedelta(days=2)


def with_final(admits: Admission) -> tuple[Contest, list[int]]:
    """Two rounds and a final; three people with 4, 3 and 2 right in the first, and one who was not there."""
    contest = listed_contest(LIST)
    people = [make_entry(contest, number).id for number in range(1, 5)]
    for place, who in enumerate(people[:3]):
        play(contest, who, 1, 4 - place, at=NOW + timedelta(minutes=place))
    with transaction() as session:
        final = session.get_one(Round, (contest.id, 3))
        final.settings = type(final.settings).from_dict(
            final.settings.as_dict() | {"admits": admits.as_dict()}
        )
    return get_contest_by_id(contest.id), people


def refusals(contest: Contest, people: list[int]) -> list[str]:
    """The code of each refusal, empty for who may start."""
    found = []
    for who in people:
        try:
            service.start(contest, who, 3, now=LATER, keyring=KEYRING)
            found.append("")
        except StartRefused as refusal:
            found.append(refusal.code)
    return found


@pytest.mark.parametrize(
    "admits,count",
    [
        (Admission(of_round=1, top=2), 2),
        (Admission(of_round=1, min_correct=2), 3),
        (Admission(of_round=1, all_correct=True), 1),
        (Admission(of_round=1, top=2, min_correct=4), 1),
        (Admission(of_list=1, top=2), 2),
    ],
    ids=str,
)
def test_only_who_qualified_may_start(admits: Admission, count: int) -> None:
    contest, people = with_final(admits)
    finish(contest.id, 1, 2)
    assert refusals(get_contest_by_id(contest.id), people) == [""] * count + ["not_qualified"] * (4 - count)


def test_nobody_starts_before_the_results_are_final() -> None:
    contest, people = with_final(Admission(of_list=1, top=2))
    finish(contest.id, 1)
    assert set(refusals(get_contest_by_id(contest.id), people)) == {"qualifier_open"}


def test_at_night_nobody_starts_and_attempts_end_with_the_day() -> None:
    """NOW is ten in the morning in Viet Nam."""
    contest = listed_contest(rounds=1, windows=OpenHours(begins="08:00", ends="10:20"))
    who = make_entry(contest, 1).id
    attempt = service.start(contest, who, 1, now=NOW, keyring=KEYRING)
    assert attempt.deadline_at == NOW + timedelta(minutes=20)
    with pytest.raises(StartRefused, match="round_resting"):
        service.start(contest, who, 1, now=NOW + timedelta(minutes=21), keyring=KEYRING)
    play(contest, who, 1, 4, at=NOW + timedelta(days=1))
