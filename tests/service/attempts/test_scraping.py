"""A08: starting again and again, for an easy paper or to read the whole bank."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from quiz.attempts import service
from quiz.attempts.errors import StartRefused
from quiz.attempts.exposure import busiest_devices, busiest_people
from quiz.attempts.models import Attempt
from quiz.contests.definition_rounds import AttemptRule
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.limits.errors import TooSoon
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

QUESTIONS, ON_A_PAPER, ALLOWED = 40, 6, 3
MINUTE = timedelta(minutes=1)


def contest_with(limit: int | None, *, exposure_cap: Decimal | None = None) -> Contest:
    """A bank of 40, papers of 6, so many attempts."""
    make_bank(questions=QUESTIONS)
    definition = round_definition(attempts=AttemptRule(limit=limit), prediction=None)
    paper = replace(definition.paper, exposure_cap=exposure_cap)
    return make_contest("cao-de", replace(definition, paper=paper))


def press(contest: Contest, entry: Entry, now: datetime, *, hand_in: bool = False) -> Attempt | None:
    """Press start, and hand the blank paper in at once; None where it is refused."""
    try:
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING, spacing=MINUTE)
    except (StartRefused, TooSoon):
        return None
    if hand_in:
        service.submit(attempt.code, None, entry_id=entry.id, now=now, keyring=KEYRING)
    return attempt


def seen(entry: Entry) -> set[int]:
    """The questions that somebody was shown."""
    papers = db.session.scalars(select(Attempt.paper).where(Attempt.entry_id == entry.id))
    return {revision for paper in papers for revision, _order in paper}


def test_pressing_again_gives_the_same_paper() -> None:
    contest = contest_with(ALLOWED)
    entry = make_entry(contest, 1)
    first = press(contest, entry, NOW)
    again = press(contest, entry, NOW + timedelta(seconds=30))
    assert first is not None
    assert again is not None
    assert again.code == first.code
    assert again.paper == first.paper


def test_fifty_starts_show_no_more_than_the_attempts_that_are_allowed() -> None:
    """An abandoned start counts: 50 presses in 50 minutes are 3 papers, 18 of 40 questions."""
    contest = contest_with(ALLOWED)
    entry = make_entry(contest, 1)
    for minute in range(50):
        press(contest, entry, NOW + minute * MINUTE, hand_in=True)
    assert len(seen(entry)) <= ALLOWED * ON_A_PAPER < QUESTIONS


def test_where_attempts_are_not_limited_their_pace_is() -> None:
    """50 presses within five minutes are five papers."""
    contest = contest_with(None)
    entry = make_entry(contest, 1)
    begun = [
        press(contest, entry, NOW + press_number * MINUTE / 10, hand_in=True) for press_number in range(50)
    ]
    assert sum(attempt is not None for attempt in begun) == 5


def test_fifty_starts_show_no_more_than_the_configured_exposure() -> None:
    """No limit of attempts, but 30 % of the bank: 12 of 40 questions, whole papers every time."""
    contest = contest_with(None, exposure_cap=Decimal("0.30"))
    entry = make_entry(contest, 1)
    papers = [press(contest, entry, NOW + minute * MINUTE, hand_in=True) for minute in range(50)]
    assert [len(one.paper) for one in papers if one is not None] == [ON_A_PAPER] * 50
    assert len(seen(entry)) == 12
    other = make_entry(contest, 2)
    press(contest, other, NOW, hand_in=True)
    assert seen(other) != seen(entry), "everybody has a part of their own"


def test_the_refusal_says_how_long() -> None:
    contest = contest_with(None)
    entry = make_entry(contest, 1)
    press(contest, entry, NOW, hand_in=True)
    with pytest.raises(TooSoon) as refused:
        service.start(
            contest, entry.id, 1, now=NOW + timedelta(seconds=18.5), keyring=KEYRING, spacing=MINUTE
        )
    assert refused.value.seconds == 42


def test_organisers_see_from_where_the_bank_is_read() -> None:
    contest = contest_with(None)
    people = [make_entry(contest, number) for number in range(1, 8)]
    with transaction():
        for number, person in enumerate(people):
            db.session.merge(person).device_key = "scraper" if number < 5 else f"home {number}"
    for number, person in enumerate(people):
        for turn in range(4 if number < 5 else 2):
            press(contest, person, NOW + (number + 10 * turn) * MINUTE, hand_in=True)
    first, *others = busiest_devices(contest.id)
    assert (first.key, first.people, first.starts) == ("scraper", 5, 20)
    assert len(first.named) == 5
    assert len(first.seen) > 0.9 * QUESTIONS, "five made-up people have seen nearly all"
    assert (first.first_at, first.last_at) == (NOW, NOW + 34 * MINUTE)
    assert {(one.people, one.starts, len(one.seen)) for one in others} == {(1, 2, 12)}
    busy = busiest_people(contest.id, most=5)
    assert [one.starts for one in busy] == [4] * 5
    assert all(len(one.seen) == 4 * ON_A_PAPER for one in busy), "nothing twice before the others"
    assert busiest_devices(contest.id, least=21) == []
