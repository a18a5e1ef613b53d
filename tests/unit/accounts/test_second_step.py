"""Codes of the second step: one step of drift either way, each code once."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.accounts.browsers import describe
from quiz.accounts.permissions import Role
from quiz.accounts.second_step import (
    RECOVERY_CODES,
    address,
    clean_code,
    code_at,
    in_groups,
    is_digits,
    matching_step,
    new_recovery_codes,
    new_secret,
)
from quiz.core.settings import ROLES

# The test vector of RFC 6238 for SHA-1: this secret, these times; the last six of its eight digits.
_RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOW = datetime(2026, 11, 22, 3, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(
    "seconds, code",
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(_RFC, datetime.fromtimestamp(seconds, UTC)) == code


@pytest.mark.parametrize("steps, fits", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_of_drift(steps: int, fits: bool) -> None:
    secret = new_secret()
    assert (matching_step(secret, code_at(secret, NOW + steps * STEP), NOW, None) is not None) is fits


def test_a_code_works_once_and_never_an_older_one() -> None:
    secret = new_secret()
    used = matching_step(secret, code_at(secret, NOW), NOW, None)
    assert used == int(NOW.timestamp()) // 30
    for steps in (0, -1):
        assert matching_step(secret, code_at(secret, NOW + steps * STEP), NOW, used) is None
    assert matching_step(secret, code_at(secret, NOW + STEP), NOW, used) == used + 1


def test_secrets_and_recovery_codes_are_random() -> None:
    assert len(new_secret()) == 32  # 160 bits
    assert new_secret() != new_secret()
    codes = new_recovery_codes()
    assert len({*codes, *new_recovery_codes()}) == 2 * RECOVERY_CODES
    assert all(len(clean_code(code)) == 12 for code in codes)


@pytest.mark.parametrize(
    "typed, clean, digits",
    [(" 123 456 ", "123456", True), ("ABCD-efgh-2345", "abcdefgh2345", False), ("١٢٣٤٥٦", "١٢٣٤٥٦", False)],
)
def test_what_people_type(typed: str, clean: str, digits: bool) -> None:
    assert clean_code(typed) == clean
    assert is_digits(clean) is digits


def test_what_the_app_is_given() -> None:
    text = address(_RFC, username="ha.nguyen", issuer="Tìm Hiểu")
    assert text.startswith("otpauth://totp/")
    assert f"secret={_RFC}" in text
    assert in_groups("ABCDEFGH") == "ABCD EFGH"


def test_the_setting_knows_every_role() -> None:
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize(
    "agent, words",
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Werkzeug/3.1", ""),
    ],
)
def test_browsers_by_name(agent: str, words: str) -> None:
    assert describe(agent) == words
