"""Challenges: solved by trying, bound to their purpose, refused when altered, spliced, late or unsolved."""

import base64
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from altcha import Challenge, solve_challenge

from quiz.core.secrets import Keyring
from quiz.limits.challenges import (
    USUAL,
    VALID_FOR,
    WAIT,
    Difficulty,
    find_proof,
    new_challenge,
    new_wait,
    wait_left,
    wait_proof,
)

KEYRING = Keyring("data key of the tests, 9876543210")
EASY = Difficulty(cost=20, most=5)
HERE = "start|/c/dai-hoi/rounds/1/start|mark"


def solved(purpose: str = HERE, now: datetime | None = None) -> dict[str, Any]:
    made = dict(new_challenge(KEYRING, purpose, now=now or datetime.now(UTC), difficulty=EASY))
    found = solve_challenge(Challenge.from_dict(made))
    assert found is not None
    return {"challenge": made, "solution": {"counter": found.counter, "derivedKey": found.derived_key}}


def sent(payload: object) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def is_proof(payload: object, purpose: str = HERE, now: datetime | None = None) -> bool:
    return find_proof(KEYRING, sent(payload), purpose, now=now or datetime.now(UTC)) is not None


def test_a_solved_one_is_a_proof_and_always_the_same_one() -> None:
    payload = solved()
    now = datetime.now(UTC)
    proof = find_proof(KEYRING, sent(payload), HERE, now=now)
    again = find_proof(KEYRING, sent(payload | {"took": 3}), HERE, now=now)
    assert proof is not None
    assert again is not None
    assert proof.key == again.key, "other bytes around it do not make it another one"
    assert now < proof.until <= now + VALID_FOR


def test_the_counter_is_never_above_what_was_said() -> None:
    counters = {solved()["solution"]["counter"] for _ in range(60)}
    assert counters <= set(range(EASY.most))
    assert len(counters) > 1


OTHERS = [
    "start|/c/dai-hoi/rounds/1/start|another mark",
    "start|/c/dai-hoi/rounds/2/start|mark",
    "enter|/c/dai-hoi/rounds/1/start|mark",
    "",
]


@pytest.mark.parametrize("purpose", OTHERS)
def test_it_is_worth_nothing_elsewhere(purpose: str) -> None:
    assert not is_proof(solved(), purpose)


def test_it_expires() -> None:
    made = datetime.now(UTC) - VALID_FOR - timedelta(seconds=2)
    assert not is_proof(solved(now=made))
    assert not is_proof(solved(), now=datetime.now(UTC) + VALID_FOR + timedelta(seconds=1))


def _set(*path: str) -> Callable[[dict[str, Any], object], None]:
    def change(payload: dict[str, Any], value: object) -> None:
        at = payload
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value

    return change


_PARAMETERS = ("challenge", "parameters")
ALTERED = [
    (_set(*_PARAMETERS, "cost"), 1),
    (_set(*_PARAMETERS, "keyPrefix"), ""),
    (_set(*_PARAMETERS, "expiresAt"), 2**40),
    (_set(*_PARAMETERS, "expiresAt"), None),
    (_set(*_PARAMETERS, "data"), {"for": "x"}),
    (_set(*_PARAMETERS, "data"), None),
    (_set(*_PARAMETERS, "salt"), "00" * 16),
    (_set(*_PARAMETERS, "nonce"), "00" * 16),
    (_set(*_PARAMETERS, "algorithm"), "SHA-256"),
    (_set(*_PARAMETERS, "keySignature"), None),
    (_set("challenge", "signature"), "00" * 32),
    (_set("challenge", "signature"), None),
    (_set("solution", "derivedKey"), "00" * 32),
    (_set("solution", "derivedKey"), None),
    (_set("challenge", "parameters"), []),
    (_set("challenge"), "x"),
    (_set("solution"), []),
]


@pytest.mark.parametrize("change, value", ALTERED)
def test_altered_is_refused(change: Callable[[dict[str, Any], object], None], value: object) -> None:
    payload = copy.deepcopy(solved())
    change(payload, value)
    assert not is_proof(payload)


def test_parts_of_two_are_not_one() -> None:
    """CVE-2025-68113: the solved part of one challenge under the terms of another."""
    old, new = solved(), solved()
    assert not is_proof({"challenge": new["challenge"], "solution": old["solution"]})
    mixed = copy.deepcopy(new)
    for name in ("nonce", "salt", "keyPrefix", "keySignature"):
        mixed["challenge"]["parameters"][name] = old["challenge"]["parameters"][name]
    mixed["solution"] = old["solution"]
    assert not is_proof(mixed)


NONSENSE = [
    "",
    "x",
    "=",
    "e30=",
    "bnVsbA==",
    "W10=",
    "A" * 4_001,
    "[" * 3_000,
    base64.b64encode(b"[" * 2_900).decode(),
]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_refused(text: str) -> None:
    assert find_proof(KEYRING, text, HERE, now=datetime.now(UTC)) is None


def test_another_installations_challenge_is_refused() -> None:
    other = Keyring("another data key of the tests, 012345")
    assert find_proof(other, sent(solved()), HERE, now=datetime.now(UTC)) is None


def test_waiting() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    ticket = new_wait(KEYRING, HERE, now=now)
    assert wait_left(KEYRING, ticket, HERE, now=now) == WAIT
    assert wait_left(KEYRING, ticket, HERE, now=now + WAIT / 2) == WAIT / 2
    assert wait_left(KEYRING, ticket, HERE, now=now + WAIT) == timedelta(0)
    assert wait_left(KEYRING, ticket, HERE, now=now + WAIT + VALID_FOR + timedelta(seconds=1)) is None
    assert wait_proof(KEYRING, ticket).until == now + WAIT + VALID_FOR
    for purpose in OTHERS:
        assert wait_left(KEYRING, ticket, purpose, now=now + WAIT) is None


@pytest.mark.parametrize(
    "change", ["", "x", ".", "1.2.3", "0.{1}.{2}", "{0}.00.{2}", "{0}.{1}.", "{0}.{1}.é"]
)
def test_a_forged_wait_is_refused(change: str) -> None:
    now = datetime.now(UTC)
    parts = new_wait(KEYRING, HERE, now=now - WAIT).split(".")
    assert wait_left(KEYRING, change.format(*parts), HERE, now=now) is None


def test_the_trouble_is_worth_it_and_an_old_phone_can_do_it() -> None:
    """docs/measurements.md: 4.8 million rounds at most: 0.6 s on a desk, 2 s on a phone 4 times slower."""
    assert 4_000_000 <= USUAL.cost * USUAL.most <= 4_800_000
