"""When two entries are the same person."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from quiz.contests.definition_entry import UNIQUE_PARTS, Unique
from quiz.entries.identity import IdentityIncomplete, identity_text

FATHER: dict[str, Any] = {"name": "Đặng Văn Hòa", "birth_date": date(1980, 9, 2), "phone": "+84901234567"}
CHILD = {**FATHER, "name": "Đặng Thị Lan", "birth_date": date(2010, 5, 19)}
EVERYTHING = {**FATHER, "national_id": "014080001234", "account": "7", "roster": "SL-01"}


@pytest.mark.parametrize(
    "policy,text",
    [
        (Unique.PHONE, "phone:+84901234567"),
        (Unique.NATIONAL_ID, "national_id:014080001234"),
        (Unique.PHONE_NAME_BIRTH_DATE, "phone+name+birth_date:+84901234567|dang van hoa|1980-09-02"),
        (Unique.ACCOUNT, "account:7"),
        (Unique.ROSTER, "roster:sl-01"),
        (Unique.FLAG, None),
    ],
)
def test_the_text_of_each_rule(policy: Unique, text: str | None) -> None:
    assert identity_text(policy, **EVERYTHING) == text


def test_a_family_with_one_phone() -> None:
    assert identity_text(Unique.PHONE, **FATHER) == identity_text(Unique.PHONE, **CHILD)
    shared = Unique.PHONE_NAME_BIRTH_DATE
    assert identity_text(shared, **FATHER) != identity_text(shared, **CHILD)
    assert identity_text(Unique.FLAG, **CHILD) is None


@pytest.mark.parametrize(
    "name",
    [
        "ĐẶNG VĂN HOÀ",
        "Dang Van Hoa",
        "Đặng  Văn  Hòa ",
        unicodedata.normalize("NFD", "Đặng Văn Hòa"),
    ],
)
def test_another_way_of_typing_the_name_is_the_same_person(name: str) -> None:
    policy = Unique.PHONE_NAME_BIRTH_DATE
    assert identity_text(policy, **{**FATHER, "name": name}) == identity_text(policy, **FATHER)


@pytest.mark.parametrize(
    "policy,part", [(policy, part) for policy, parts in UNIQUE_PARTS.items() for part in parts]
)
def test_a_missing_part_is_never_an_identity(policy: Unique, part: str) -> None:
    given = {**EVERYTHING, part: "" if part == "name" else None}
    with pytest.raises(IdentityIncomplete) as caught:
        identity_text(policy, **given)
    assert caught.value.part == part
