"""`windows` and `admits` in a definition."""

import pytest

from quiz.contests.definition import Admission, OpenHours, Weekday, parse_definition
from tests.support.definitions import SMALL, refused

FINAL = """
[[rounds]]
number = 2
opens_at = 2026-11-24T10:00:00
closes_at = 2026-11-30T09:00:00
minutes = 10
paper = {{ bank = "lich-su", matrix = [{{ count = 10 }}] }}
{line}

[[lists]]
name = "Vòng loại"
rounds = [1]
"""


def of_final(line: str) -> str:
    return SMALL + FINAL.format(line=line)


def test_hours_and_qualifiers_are_read() -> None:
    line = (
        'windows = { days = ["tue", "mon"], from = "08:00", to = "22:00" }\nadmits = { list = 1, top = 100 }'
    )
    final = parse_definition(of_final(line)).rounds[1]
    assert final.windows == OpenHours((Weekday.MON, Weekday.TUE), "08:00", "22:00")
    assert final.admits == Admission(of_list=1, top=100)


@pytest.mark.parametrize(
    "line,key",
    [
        ('windows = { from = "22:00", to = "08:00" }', "rounds[2].windows.to"),
        ('windows = { from = "8h" }', "rounds[2].windows.from"),
        ("windows = { days = [] }", "rounds[2].windows.days"),
        ("admits = { top = 5 }", "rounds[2].admits"),
        ("admits = { round = 1, list = 1, top = 5 }", "rounds[2].admits"),
        ("admits = { round = 1 }", "rounds[2].admits"),
        ("admits = { round = 2, top = 5 }", "rounds[2].admits.round"),
        ("admits = { list = 3, top = 5 }", "rounds[2].admits.list"),
    ],
)
def test_what_does_not_agree_is_named(line: str, key: str) -> None:
    assert [one[1] for one in refused(of_final(line))] == [key]
