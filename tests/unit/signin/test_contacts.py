"""What can be typed where a code is to go."""

import pytest

from quiz.core.errors import Invalid
from quiz.signin.contacts import Channel, Contact, read_contact

BOTH = frozenset(Channel)
PHONES, EMAILS = frozenset({Channel.PHONE}), frozenset({Channel.EMAIL})


@pytest.mark.parametrize(
    "typed, channels, expected",
    [
        ("0912 345 678", BOTH, Contact(Channel.PHONE, "+84912345678")),
        ("+84 912.345.678", PHONES, Contact(Channel.PHONE, "+84912345678")),
        (" Huong@Example.VN ", BOTH, Contact(Channel.EMAIL, "huong@example.vn")),
        ("huong@example.vn", EMAILS, Contact(Channel.EMAIL, "huong@example.vn")),
    ],
)
def test_understood(typed, channels, expected):
    assert read_contact(typed, channels) == expected


@pytest.mark.parametrize(
    "typed, channels, code",
    [
        ("", BOTH, "contact_empty"),
        ("   ", BOTH, "contact_empty"),
        ("huong@example.vn", PHONES, "phones_only"),
        ("0912345678", EMAILS, "emails_only"),
        ("091234567", BOTH, "too_short"),
        ("huong", BOTH, "letters"),
        ("huong@", BOTH, "not_an_address"),
    ],
)
def test_refused_with_a_code(typed, channels, code):
    with pytest.raises(Invalid) as caught:
        read_contact(typed, channels)
    assert caught.value.code == code


def test_pages_show_only_a_part():
    assert Contact(Channel.PHONE, "+84912345678").masked == "09•• ••• 678"
    assert "huong" not in Contact(Channel.EMAIL, "huong@example.vn").masked
