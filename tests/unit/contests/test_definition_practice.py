"""`practice = true` in a round of a definition."""

import pytest

from quiz.contests.definition import parse_definition, write_definition
from tests.support.definitions import SMALL, refused

PRACTICE = SMALL.replace("number = 1\n", "number = 1\npractice = true\n")


def test_it_is_read_and_written() -> None:
    definition = parse_definition(PRACTICE)
    assert definition.rounds[0].practice
    assert "practice = true" in write_definition(definition)
    assert parse_definition(write_definition(definition)) == definition
    assert "practice" not in write_definition(parse_definition(SMALL))


@pytest.mark.parametrize(
    "line,key,said",
    [
        ('prizes = [{ name = "Nhất" }]', "rounds[1].prizes", "có giải"),
        ('prediction = { target = "participants" }', "rounds[1].prediction", "có câu dự đoán"),
        ('attempts = { limit = 3, per = "week" }', "rounds[1].attempts.per", "không chung với vòng khác"),
    ],
)
def test_nothing_is_won_in_it(line: str, key: str, said: str) -> None:
    found = refused(f"{PRACTICE}{line}\n")
    assert any(one[1] == key and said in one[2] for one in found)
