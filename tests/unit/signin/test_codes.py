"""When a code can be typed, and how long a proof counts."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.signin.codes import Ending, alarms_at, ending, holds, is_code
from quiz.signin.contacts import Channel
from quiz.signin.messages import code_message

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER, SOON = NOW + timedelta(minutes=1), NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    "tries, expires_at, ended_at, proved_at, expected",
    [
        (0, LATER, None, None, None),
        (4, LATER, None, None, None),
        (5, LATER, None, None, Ending.USED_UP),
        (0, NOW, None, None, Ending.EXPIRED),
        (0, SOON, None, None, Ending.EXPIRED),
        (0, LATER, SOON, None, Ending.REPLACED),
        (1, LATER, None, SOON, Ending.PROVED),
    ],
)
def test_why_a_code_is_over(tries, expires_at, ended_at, proved_at, expected):
    assert (
        ending(tries=tries, expires_at=expires_at, ended_at=ended_at, proved_at=proved_at, now=NOW)
        is expected
    )


@pytest.mark.parametrize(
    "proved_at, ended_at, expected",
    [
        (None, None, False),
        (NOW, None, True),
        (NOW - timedelta(minutes=59), None, True),
        (NOW - timedelta(minutes=60), None, False),
        (NOW, NOW, False),
    ],
)
def test_a_proof_counts_for_an_hour_until_it_has_served(proved_at, ended_at, expected):
    assert holds(proved_at, ended_at, NOW) is expected


@pytest.mark.parametrize(
    "text, expected",
    [("012345", True), ("12345", False), ("1234567", False), ("12345a", False), ("١٢٣٤٥٦", False)],
)
def test_six_digits(text, expected):
    assert is_code(text) is expected


@pytest.mark.parametrize("budget, expected", [(500, 400), (10, 8), (1, 1), (0, 1)])
def test_the_alarm_rings_at_four_fifths(budget, expected):
    assert alarms_at(budget) == expected


def test_a_short_message_fits_into_one_and_has_no_marks():
    message = code_message(Channel.PHONE, "012345", "Tìm Hiểu")
    assert message.text.isascii()
    assert len(message.text) <= 160
    assert message.text.startswith("012345")


def test_a_mail_names_site_code_and_warns():
    message = code_message(Channel.EMAIL, "012345", "Tìm Hiểu")
    assert "012345" in message.subject
    for part in ("Tìm Hiểu", "012345", "10 phút", "Không đưa mã cho ai"):
        assert part in message.text
