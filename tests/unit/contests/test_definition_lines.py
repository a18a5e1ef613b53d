"""Lines of keys in TOML as people write it."""

import pytest

from quiz.contests.definition_lines import key_lines, line_of

TEXT = '''\
# đầu tệp
top = 1
"quoted key" = 2   # "không = phải" khóa
a.b . 'c d' = 3

[contest]
text = """
x = 1
[[rounds]]
\\""" vẫn trong chữ """
literal = \'\'\'
y = "2"\'\'\'
empty = ""
quotes = """a"""""
path = 'C:\\'

[[rounds]]
number = 1
list = [
  1, # một
  [2, 3],

  { x = "]", y = { z = '}' } },
]

  [rounds.paper]
  bank = "x"

[[rounds]]
number = 2
[[rounds.prizes]]
name = "Nhất"
[[rounds.prizes]]
name = "Nhì"
when = 2026-11-16 10:00:00
'''


@pytest.mark.parametrize(
    "path,line",
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("a",), 4),
        (("a", "b", "c d"), 4),
        (("contest",), 6),
        (("contest", "text"), 7),
        (("contest", "literal"), 11),
        (("contest", "empty"), 13),
        (("contest", "quotes"), 14),
        (("contest", "path"), 15),
        (("rounds",), 17),
        (("rounds", 0), 17),
        (("rounds", 0, "number"), 18),
        (("rounds", 0, "list"), 19),
        (("rounds", 0, "list", 0), 20),
        (("rounds", 0, "list", 1, 1), 21),
        (("rounds", 0, "list", 2), 23),
        (("rounds", 0, "list", 2, "x"), 23),
        (("rounds", 0, "list", 2, "y", "z"), 23),
        (("rounds", 0, "paper"), 26),
        (("rounds", 0, "paper", "bank"), 27),
        (("rounds", 1), 29),
        (("rounds", 1, "prizes", 0), 31),
        (("rounds", 1, "prizes", 1), 33),
        (("rounds", 1, "prizes", 1, "name"), 34),
        (("rounds", 1, "prizes", 1, "when"), 35),
    ],
)
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    assert key_lines(TEXT)[path] == line


def test_a_missing_key_has_the_line_of_what_is_around_it() -> None:
    lines = key_lines(TEXT)
    assert line_of(lines, ("rounds", 1, "minutes")) == 29
    assert line_of(lines, ("rounds", 0, "paper", "matrix", 3, "count")) == 26
    assert line_of(lines, ("nothing",)) == 1
