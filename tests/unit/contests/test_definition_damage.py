"""Damaged definitions are refused in words; nothing else ever happens."""

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.contests.definition import DefinitionProblem, DefinitionRefused, parse_definition

FORM = Path(__file__).with_name("published_form.toml").read_text("utf-8")
PIECES = [
    "",
    "=",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "\n",
    "#",
    ",",
    ".",
    "0",
    "-1",
    "true",
    "nan",
    "1e9999999",
    "[[rounds]]",
    "a",
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The published form with some stretches replaced."""
    text = FORM
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + length :]
    return text


def problems(text: str) -> tuple[DefinitionProblem, ...]:
    try:
        parse_definition(text)
    except DefinitionRefused as refused:
        return refused.problems
    return ()


@given(damaged() | st.text(max_size=40))
@settings(max_examples=300)
def test_a_definition_is_taken_or_refused_with_lines(text: str) -> None:
    found = problems(text)
    if not found:
        tomllib.loads(text)
    last = text.count("\n") + 1
    assert all(1 <= problem.line <= last and problem.message and problem.mend for problem in found)
