"""Everything that readers say in Vietnamese, so that it can be said in other languages. Pure.

A problem keeps its code and what its words were filled with: whoever shows it in another language looks up
the sentence by its Vietnamese form and fills it in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from question_bank.formats import FORMATS
from question_bank.formats.lines.signs import HOW
from question_bank.places import WORDS
from question_bank.problems import WORDINGS
from question_bank.values import Problem

Say = Callable[[str], str]
# What a problem is filled with that is ours and not the file's.
_OWN_VALUES = frozenset(HOW.values())


def sentences() -> Iterator[str]:
    """Every sentence and expression, once."""
    said = [text for wording in WORDINGS.values() for text in (wording.message, wording.mend)]
    formats = [one.label for one in FORMATS if not one.label.isascii()]
    yield from dict.fromkeys([*said, *HOW.values(), *formats])


def words_of_places() -> Iterator[str]:
    """The words that places are made of."""
    yield from dict.fromkeys(WORDS.values())


def what_is_wrong(problem: Problem, say: Say) -> str:
    """The problem's message, its sentence put by `say`."""
    return say(WORDINGS[problem.code].message).format(**_filling(problem, say))


def how_to_mend(problem: Problem, say: Say) -> str:
    """The problem's advice, its sentence put by `say`."""
    return say(WORDINGS[problem.code].mend).format(**_filling(problem, say))


def _filling(problem: Problem, say: Say) -> dict[str, str]:
    return {name: say(value) if value in _OWN_VALUES else value for name, value in problem.values}
