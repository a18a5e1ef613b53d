"""How a screen is set by its address."""

import pytest

from quiz.screens.options import SECONDS, Scene, ScreenOptions, query_of, read_options

_ALL = tuple(Scene)
_READ = [
    ({}, ScreenOptions()),
    ({"show": "people,units"}, ScreenOptions(scenes=(Scene.PEOPLE, Scene.UNITS))),
    (
        {"show": "people, units,people,", "round": "2"},
        ScreenOptions((Scene.PEOPLE, Scene.UNITS), round_number=2),
    ),
    ({"show": "khong-co", "seconds": "nhanh", "round": "-1"}, ScreenOptions()),
    ({"seconds": "15", "unit": " 03646 "}, ScreenOptions(seconds=15, unit="03646")),
    ({"seconds": "0"}, ScreenOptions(seconds=4)),
    ({"seconds": "99999"}, ScreenOptions(seconds=120)),
    ({"seconds": "٣٠", "round": "9" * 30}, ScreenOptions()),
    ({"unit": "x" * 99}, ScreenOptions(unit="x" * 40)),
]


@pytest.mark.parametrize("query, expected", _READ)
def test_what_cannot_be_meant_stays_as_usual(query, expected):
    assert read_options(query) == expected


@pytest.mark.parametrize("query, expected", _READ)
def test_the_address_that_is_made_of_options_reads_as_the_same_options(query, expected):
    made = {name: str(value) for name, value in query_of(expected).items()}
    assert read_options(made) == expected


def test_the_usual_options_need_no_address():
    assert query_of(ScreenOptions()) == {}
    assert SECONDS == 12
    assert _ALL[0] is Scene.UNITS
