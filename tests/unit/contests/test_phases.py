"""A round's phase from its state and the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.contests.phases import Phase, RoundAction, RoundState, RoundWindow, next_state, possible_actions

OPENS = datetime(2026, 11, 16, 3, tzinfo=UTC)
CLOSES = datetime(2026, 11, 23, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BEFORE, INSIDE, AFTER = OPENS - SECOND, OPENS, CLOSES


def window(state: str) -> RoundWindow:
    return RoundWindow(OPENS, CLOSES, RoundState(state))


@pytest.mark.parametrize(
    "state,before,inside,last_second,after",
    [
        ("draft", "draft", "draft", "draft", "draft"),
        ("ready", "scheduled", "open", "open", "closed"),
        ("paused", "paused", "paused", "paused", "paused"),
        ("closed", "closed", "closed", "closed", "closed"),
        ("frozen", "frozen", "frozen", "frozen", "frozen"),
        ("published", "published", "published", "published", "published"),
    ],
)
def test_phase(state: str, before: str, inside: str, last_second: str, after: str) -> None:
    moments = (BEFORE, INSIDE, CLOSES - SECOND, AFTER)
    assert [window(state).phase(now) for now in moments] == [before, inside, last_second, after]


@pytest.mark.parametrize(
    "state,now,allowed",
    [
        # offered only when it changes something
        ("draft", INSIDE, "open"),
        ("ready", BEFORE, "close"),
        ("ready", INSIDE, "pause close"),
        ("ready", AFTER, "close freeze"),
        ("paused", INSIDE, "resume close"),
        ("paused", AFTER, "resume close"),
        ("closed", INSIDE, "freeze"),
        ("frozen", AFTER, "publish"),
        ("published", AFTER, ""),
    ],
)
def test_actions_offered(state: str, now: datetime, allowed: str) -> None:
    assert " ".join(possible_actions(window(state), now)) == allowed


@pytest.mark.parametrize(
    "state,now,action,after",
    [
        ("draft", BEFORE, RoundAction.OPEN, RoundState.READY),
        ("ready", BEFORE, RoundAction.OPEN, RoundState.READY),
        ("ready", INSIDE, RoundAction.OPEN, None),
        ("closed", INSIDE, RoundAction.OPEN, None),
        ("ready", INSIDE, RoundAction.PAUSE, RoundState.PAUSED),
        ("ready", BEFORE, RoundAction.PAUSE, None),
        ("paused", INSIDE, RoundAction.RESUME, RoundState.READY),
        ("ready", AFTER, RoundAction.CLOSE, RoundState.CLOSED),
        ("closed", AFTER, RoundAction.CLOSE, RoundState.CLOSED),
        ("ready", INSIDE, RoundAction.FREEZE, None),
        ("ready", AFTER, RoundAction.FREEZE, RoundState.FROZEN),
        ("closed", AFTER, RoundAction.PUBLISH, None),
        ("frozen", AFTER, RoundAction.PUBLISH, RoundState.PUBLISHED),
        ("draft", AFTER, RoundAction.CLOSE, None),
    ],
)
def test_states_after_actions(
    state: str, now: datetime, action: RoundAction, after: RoundState | None
) -> None:
    assert next_state(window(state), action, now) is after


@pytest.mark.parametrize("phase", list(Phase))
def test_three_phases_are_over(phase: Phase) -> None:
    assert phase.is_over == (phase.value in {"closed", "frozen", "published"})
