"""The crowd at the door, on both databases: in order, none twice, nobody lost; nothing written without it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from quiz.attempts import line, queries, service
from quiz.attempts.admission import PATIENCE
from quiz.attempts.errors import MustWait, StartRefused
from quiz.attempts.models import Attempt, Ticket, WaitingLine
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.parallel import at_once

RATE = 5.0


@pytest.fixture
def contest() -> Contest:
    """An open contest with its bank."""
    make_bank()
    return make_contest()


def press(contest: Contest, entry_id: int, seconds: float = 0, rate: float = RATE) -> bool:
    """Press start; whether the attempt began."""
    try:
        service.start(contest, entry_id, 1, now=at(seconds), keyring=KEYRING, rate=rate)
    except MustWait:
        return False
    return True


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def ticket(contest: Contest, entry_id: int) -> int | None:
    """The person's number, None without a ticket."""
    db.session.rollback()
    found = line.find_ticket(contest.id, 1, entry_id)
    return found.number if found else None


def count(model: type[Ticket] | type[WaitingLine] | type[Attempt]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def people(contest: Contest, number: int) -> list[int]:
    return [make_entry(contest, one).id for one in range(1, number + 1)]


def test_without_a_crowd_nothing_is_written(contest: Contest) -> None:
    for turn, entry_id in enumerate(people(contest, 12)):
        assert press(contest, entry_id, turn)
    assert (count(Attempt), count(Ticket), count(WaitingLine)) == (12, 0, 0)


def test_without_a_limit_nobody_waits(contest: Contest) -> None:
    assert all(press(contest, entry_id, rate=0) for entry_id in people(contest, 15))


def test_200_people_at_once_come_in_as_they_asked(contest: Contest) -> None:
    """Two seconds' worth at once, the others five a second, in the order of asking, each once."""
    everybody = people(contest, 200)
    entered = [one for one in everybody if press(contest, one)]
    assert entered == everybody[:10]
    waiting = everybody[10:]
    numbers = [ticket(contest, one) for one in waiting]
    assert numbers == sorted(numbers, key=lambda number: number or 0)
    assert len({*numbers}) == 190
    order: list[int] = []
    for second in range(1, 39):
        next_ones = [one for one in waiting if one not in order][:7]
        # Seven look in, the last two too early: it changes nothing.
        order += [one for one in next_ones if press(contest, one, second)]
        assert len(order) == second * RATE
    assert order == waiting
    assert (count(Attempt), count(Ticket)) == (200, 0)


def test_a_reload_and_another_device_keep_the_ticket(contest: Contest) -> None:
    everybody = people(contest, 14)
    for one in everybody:
        press(contest, one)
    numbers = [ticket(contest, one) for one in everybody[10:]]
    for one in everybody[10:]:
        assert not press(contest, one, 0.1)
    assert [ticket(contest, one) for one in everybody[10:]] == numbers == [1, 2, 3, 4]


def test_parallel_presses_of_one_person_make_one_ticket(app: Flask, contest: Contest) -> None:
    everybody = people(contest, 11)
    for one in everybody[:10]:
        press(contest, one)
    contest_id, entry_id = contest.id, everybody[10]

    def click() -> bool:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return press(mine, entry_id)

    assert at_once(app, 24, click) == [False] * 24
    assert count(Ticket) == 1


def test_parallel_arrivals_have_numbers_without_gap_or_repetition(app: Flask, contest: Contest) -> None:
    everybody = people(contest, 34)
    for one in everybody[:10]:
        press(contest, one)
    contest_id, arriving = contest.id, iter(everybody[10:])

    def arrive() -> bool:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return press(mine, next(arriving))

    assert at_once(app, 24, arrive) == [False] * 24
    assert sorted(ticket(contest, one) or 0 for one in everybody[10:]) == list(range(1, 25))


def test_nobody_passes_those_who_wait(contest: Contest) -> None:
    everybody = people(contest, 21)
    for one in everybody[:20]:
        press(contest, one)
    assert not press(contest, everybody[20], 1.5)
    assert ticket(contest, everybody[20]) == 11
    assert press(contest, everybody[19], 2)


def test_those_inside_never_wait(contest: Contest) -> None:
    """A running attempt is led back to, whatever the line."""
    everybody = people(contest, 20)
    assert press(contest, everybody[0])
    for one in everybody[1:]:
        press(contest, one)
    again = service.start(contest, everybody[0], 1, now=at(1), keyring=KEYRING, rate=RATE)
    assert again.number == 1
    service.save(again.code, Sheet(1, {1: (1,)}), entry_id=everybody[0], now=at(1))
    sheet = Sheet(2, {}, (), "1")
    service.submit(again.code, sheet, entry_id=everybody[0], now=at(2), keyring=KEYRING)


def test_the_clock_runs_from_coming_in(contest: Contest) -> None:
    everybody = people(contest, 11)
    for one in everybody:
        press(contest, one)
    attempt = service.start(contest, everybody[10], 1, now=at(30), keyring=KEYRING, rate=RATE)
    assert attempt.started_at == at(30)
    assert attempt.deadline_at == at(30) + timedelta(minutes=15)


def test_places_of_those_who_do_not_come_go_to_the_next_and_they_may_still_come(contest: Contest) -> None:
    rate = 0.5  # one enters at once, then one every two seconds
    everybody = people(contest, 60)
    for one in everybody:
        press(contest, one, rate=rate)
    gone, present = everybody[1:31], everybody[31:]
    # The thirty in front have left; the first of the others is called after 62 seconds.
    assert press(contest, present[0], 62, rate)
    assert line.place_of(40, now=at(62), rate=rate).before == 8
    # A minute after they were noticed their places have gone to the next.
    assert press(contest, present[1], 64 + PATIENCE.total_seconds(), rate)
    forget_all()
    assert line.place_of(59, now=at(64) + PATIENCE, rate=rate).is_called
    assert press(contest, present[-1], 66 + PATIENCE.total_seconds(), rate)
    assert press(contest, gone[0], 300, rate)


def test_refusals_come_before_the_line(contest: Contest) -> None:
    """Who may not start is told so at once, and gets no ticket."""
    make = make_contest("mot-luot", round_definition(attempts=AttemptRule(limit=1), prediction=None))
    everybody = people(make, 12)
    code = service.start(make, everybody[0], 1, now=NOW, keyring=KEYRING).code
    service.submit(code, Sheet(1, {}, (), None), entry_id=everybody[0], now=at(0.1), keyring=KEYRING)
    for one in everybody[1:]:
        press(make, one, 0.2)
    with pytest.raises(StartRefused, match="no_attempts_left"):
        press(make, everybody[0], 0.3)
    with transaction() as session:
        round_ = session.get(Round, (make.id, 1))
        assert round_ is not None
        round_.state = RoundState.PAUSED.value
    with pytest.raises(StartRefused, match="round_paused"):
        press(make, everybody[11], 0.4)
    assert ticket(make, everybody[11]) is not None


def test_one_machine_one_line(contest: Contest) -> None:
    """Rounds that open together share what the machine can serve."""
    other = make_contest("cuoc-khac")
    mine, theirs = people(contest, 10), people(other, 2)
    assert all(press(contest, one) for one in mine)
    assert not press(other, theirs[0], 0.5)
    assert line.waiting_of(other.id, 1, now=at(0.5), rate=RATE) == line.Waiting(1, 0)
    assert line.waiting_of(contest.id, 1, now=at(0.5), rate=RATE) == line.Waiting(0, 10)


def test_a_spread_opening_is_kept_and_the_same_every_time(contest: Contest) -> None:
    opens = round_definition(opens_at=NOW, start_spread_seconds=100, prediction=None)
    spread = make_contest("rai-ra", opens)
    round_ = queries.lock_at_door(spread.id, people(spread, 20)[0], 1, since=NOW, now=NOW).round
    own: Callable[[int], datetime] = lambda one: line.own_opening(round_, one, KEYRING)  # noqa: E731
    everybody = [make_entry(spread, number).id for number in range(1, 21)]
    moments = {one: own(one) for one in everybody}
    assert len({*moments.values()}) > 10
    assert all(NOW <= moment <= at(100) for moment in moments.values())
    for one, moment in sorted(moments.items(), key=lambda pair: pair[1]):
        seconds = (moment - NOW).total_seconds()
        if seconds:
            assert not press(spread, one, seconds - 0.5)
        assert press(spread, one, seconds)
    assert count(Ticket) == 0
