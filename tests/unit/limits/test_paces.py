"""How hard the proof is: for people behind one address, for programs, for one browser again and again."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.limit_settings import LimitSettings
from quiz.limits.challenges import USUAL
from quiz.limits.deeds import LIMITS, Deed
from quiz.limits.paces import HARDEST, RATES, Press, Thresholds, find_step
from quiz.limits.windows import Count, estimate, window_start

# Rounds of PBKDF2-HMAC-SHA-256 that one core does in a second with OpenSSL: docs/measurements.md.
ROUNDS_PER_CPU_SECOND = 12_000_000
BEGIN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SETTINGS = LimitSettings()
USUAL_THRESHOLDS = Thresholds(SETTINGS.challenge_from, SETTINGS.challenge_harder_from)

ROWS = [
    # network: minute, ten minutes; browser: ten minutes, hour; known; step
    (3, 20, 1, 1, False, None),
    (60, 100, 1, 1, False, None),
    (61, 61, 1, 1, False, 0),  # a class at once
    (20, 101, 1, 1, False, 0),  # a school within half an hour
    (25, 250, 1, 1, False, 0),
    (25, 251, 1, 1, False, 1),  # faster than people type, all through ten minutes
    (25, 271, 1, 1, False, 2),
    (25, 900, 1, 1, False, HARDEST),
    (25, 900, 1, 1, True, 0),  # who entered long before pays for nobody else
    (25, 900, 1, 2, True, 0),
    (25, 900, 1, 4, True, 2),
    (3, 20, 1, 40, False, None),  # a family's phone on a quiet day
    (3, 20, 6, 6, False, None),
    (3, 20, 7, 7, False, 0),
    (3, 20, 12, 12, False, 1),
    (3, 20, 40, 40, False, HARDEST),
]


@pytest.mark.parametrize("minute, spell, own, hour, is_known, step", ROWS)
def test_step(minute: float, spell: float, own: float, hour: float, is_known: bool, step: int | None) -> None:
    pace = {
        Press.NETWORK: minute,
        Press.NETWORK_SPELL: spell,
        Press.BROWSER: own,
        Press.BROWSER_HOUR: hour,
    }
    assert find_step(Deed.START, pace, USUAL_THRESHOLDS, is_known=is_known) == step


def test_where_nothing_could_be_counted_nobody_is_asked() -> None:
    assert find_step(Deed.START, {}, USUAL_THRESHOLDS, is_known=False) is None
    assert find_step(Deed.LOGIN, {Press.BROWSER: 1_000}, USUAL_THRESHOLDS, is_known=False) is None


@dataclass
class Door:
    """One address's presses of one deed, counted as `quiz.limits.store` counts them."""

    deed: Deed
    windows: dict[tuple[Press, str], tuple[int, int, int]] = field(default_factory=dict)

    def press(self, browser: str, now: datetime, *, is_known: bool = False) -> int | None:
        """The step that is asked for; whoever proves it has pressed once."""
        pace = {press: self._count(press, browser, now) for press in Press}
        return find_step(self.deed, pace, USUAL_THRESHOLDS, is_known=is_known)

    def _count(self, press: Press, browser: str, now: datetime) -> float:
        rate, key = RATES[press], (press, "" if press.startswith("network") else browser)
        start = window_start(rate, now)
        began, hits, earlier = self.windows.get(key, (start, 0, 0))
        if began != start:
            hits, earlier = 0, hits if began == start - rate.seconds else 0
        self.windows[key] = (start, hits + 1, earlier)
        return estimate(rate, Count(hits + 1, earlier, now.timestamp() - start))


def cpu_seconds(steps: Iterable[int | None]) -> Iterator[float]:
    """What each press costs a program, by the number of rounds."""
    return (0.0 if step is None else USUAL.at(step).mean_rounds / ROUNDS_PER_CPU_SECOND for step in steps)


@pytest.mark.parametrize("seed", range(5))
def test_500_people_behind_one_address_meet_the_cheap_step_at_most(seed: int) -> None:
    """F20: half an hour, every fifth phone shared by three, some press twice; entering and starting."""
    dice = random.Random(seed)
    enter, start = Door(Deed.ENTER), Door(Deed.START)
    moments = []
    for person in range(500):
        browser = f"phone {person if person % 5 else person // 15}"
        at = BEGIN + timedelta(seconds=dice.uniform(0, 1800))
        moments.append((at, enter, browser))
        moments.append((at + timedelta(seconds=dice.uniform(20, 90)), start, browser))
        if person % 10 == 0:
            moments.append((at + timedelta(seconds=dice.uniform(600, 900)), start, browser))
    moments.sort(key=lambda moment: moment[0])
    steps = {door.press(browser, at) for at, door, browser in moments}
    assert steps <= {None, 0}
    assert 0 in steps, "the crowd is one that is asked"


def test_500_starts_of_a_program_in_ten_minutes_cost_a_second_each() -> None:
    """A15: a new browser and a new entry for every start, and waiting instead wherever that is allowed."""
    door = Door(Deed.START)
    steps = [door.press(f"bot {n}", BEGIN + timedelta(seconds=n * 1.2)) for n in range(500)]
    waited = LIMITS[Deed.WAITED].network
    assert waited is not None
    assert waited.seconds == 600
    dear = sorted(cpu_seconds(steps), reverse=True)[waited.most :]
    assert sum(dear) >= 500


def test_500_starts_of_few_old_entries_cost_a_second_each() -> None:
    """Seventy-two entries that were made hours ago, seven attempts each as soon as the spacing lets them."""
    door = Door(Deed.START)
    steps = [
        door.press(f"bot {n}", BEGIN + timedelta(seconds=turn * 60 + n * 0.8), is_known=True)
        for turn in range(7)
        for n in range(72)
    ]
    assert len(steps) >= 500
    assert sum(cpu_seconds(steps)) >= 500


def test_all_that_one_browser_may_do_in_ten_minutes_costs_a_second_each() -> None:
    for deed in (Deed.ENTER, Deed.START):
        most, door = LIMITS[deed].person.most, Door(deed)
        steps = [door.press("bot", BEGIN + timedelta(seconds=n)) for n in range(most)]
        assert sum(cpu_seconds(steps)) >= most


def test_each_step_doubles_the_work() -> None:
    assert USUAL.at(0) == USUAL
    assert USUAL.at(HARDEST).mean_rounds == pytest.approx(16 * USUAL.mean_rounds, rel=0.01)
