"""What people can ask about their data, and what becomes of a request. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What is asked for."""

    CORRECT = "correct"
    ERASE = "erase"
    WITHDRAW = "withdraw"  # the agreement to publish the name; done at once
    OBJECT = "object"  # to restrict the use of the data, or to object to it


class State(StrEnum):
    """How far a request is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self is not State.WAITING


class Step(StrEnum):
    """What can be done with a request."""

    ANSWER = "answer"  # tell the person when and how; the request still waits
    FULFIL = "fulfil"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"


STATE_AFTER = {
    Step.ANSWER: State.WAITING,
    Step.FULFIL: State.DONE,
    Step.REFUSE: State.REFUSED,
    Step.TAKE_BACK: State.TAKEN_BACK,
}


def refusal(state: State, *, own: bool, step: Step) -> str | None:
    """Why the step cannot be taken, None if it can: the person takes back, organisers do the rest."""
    if state.is_over:
        return "request_is_over"
    if own != (step is Step.TAKE_BACK):
        return "request_not_yours"
    return None
