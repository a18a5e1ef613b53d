"""What is asked for, how a request ends, and who may end it how. Pure."""

import hashlib
import json
from enum import StrEnum


class Kind(StrEnum):
    """What a second person is asked for."""

    PUBLISH = "publish"  # publishing a round's results
    KEY = "key"  # correcting a key after the round has opened
    AWARD = "award"  # changing who has a prize after publication


class State(StrEnum):
    """Where a request stands. Only a waiting one can change, once."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # what it stood on changed


def refusal(state: State, wanted: State, *, asked_by: int, acting: int | None) -> str | None:
    """The code of why this person may not end the request so, or None if they may."""
    if state is not State.WAITING:
        return "approval_over"
    if wanted is State.APPROVED and (acting is None or acting == asked_by):
        return "approval_of_own"
    if wanted is State.WITHDRAWN and acting != asked_by:
        return "approval_of_another"
    return None


def basis_of(*facts: object) -> str:
    """A fingerprint of what a request stands on: the same facts, the same text."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
