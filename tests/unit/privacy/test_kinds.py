"""Who may do what with a request, as a table."""

import pytest

from quiz.privacy.kinds import STATE_AFTER, State, Step, refusal


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", [State.DONE, State.REFUSED, State.TAKEN_BACK])
def test_what_is_over_stays_over(state, step):
    assert refusal(state, own=True, step=step) == "request_is_over"
    assert refusal(state, own=False, step=step) == "request_is_over"


@pytest.mark.parametrize(
    "step, own, why",
    [
        (Step.TAKE_BACK, True, None),
        (Step.TAKE_BACK, False, "request_not_yours"),
        (Step.ANSWER, False, None),
        (Step.FULFIL, False, None),
        (Step.REFUSE, False, None),
        (Step.ANSWER, True, "request_not_yours"),
        (Step.FULFIL, True, "request_not_yours"),
        (Step.REFUSE, True, "request_not_yours"),
    ],
)
def test_the_person_takes_back_and_organisers_do_the_rest(step, own, why):
    assert refusal(State.WAITING, own=own, step=step) == why


def test_only_an_answer_leaves_the_request_waiting():
    assert [step for step, state in STATE_AFTER.items() if not state.is_over] == [Step.ANSWER]
