"""What the public sees of a person, as a table."""

from datetime import date

import pytest

from quiz.entries.public_people import public_person

TODAY = date(2026, 11, 22)
ADULT, CHILD, TODAY_16 = date(1962, 8, 15), date(2012, 3, 1), date(2010, 11, 22)
SOME_DAY_OF_2010 = date(2010, 1, 1)


@pytest.mark.parametrize(
    "born, has_prize, may_publish, name, phone",
    [
        (ADULT, False, False, "Lò Văn T•••", "09•• ••• 567"),
        (ADULT, False, True, "Lò Văn T•••", "09•• ••• 567"),
        (ADULT, True, False, "Lò Văn T•••", "09•• ••• 567"),
        (ADULT, True, True, "Lò Văn Thành", "09•• ••• 567"),
        (None, False, True, "Lò Văn T•••", "09•• ••• 567"),
        (CHILD, False, True, "L. V. T.", ""),
        (CHILD, True, False, "L. V. T.", ""),
        (CHILD, True, True, "Lò Văn Thành", ""),
        (SOME_DAY_OF_2010, False, False, "L. V. T.", ""),
        (TODAY_16, False, False, "Lò Văn T•••", "09•• ••• 567"),
    ],
)
def test_the_full_name_needs_a_prize_and_an_agreement(born, has_prize, may_publish, name, phone):
    shown = public_person(
        "Lò Văn Thành", "567", born, today=TODAY, has_prize=has_prize, may_publish=may_publish
    )
    assert (shown.name, shown.phone) == (name, phone)


def test_without_a_phone_nothing_stands_for_it():
    shown = public_person("Lò Văn Thành", None, None, today=TODAY, has_prize=False, may_publish=False)
    assert shown.phone == ""
