"""What is wrong with a definition, in words for the person who wrote it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quiz.contests.definition_lines import Path
from quiz.core.errors import Invalid

T = TypeVar("T")
Finding = tuple[Path, str, str]  # where, what is wrong, how to mend it


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """One thing to mend. `key` is the way to it ("rounds[1].minutes", from 1); line 0: not from a file."""

    line: int
    key: str
    message: str
    mend: str


class DefinitionRefused(Invalid):
    """The definition cannot be taken; `problems` in the order of the lines, at least one."""

    def __init__(self, problems: Sequence[DefinitionProblem]) -> None:
        super().__init__("definition_refused", count=len(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(f"{p.line}: {p.key}: {p.message} {p.mend}" for p in self.problems)


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def listed(words: Sequence[str]) -> str:
    """Allowed words, for a sentence."""
    return ", ".join(words)


def repeated(items: Sequence[T], key: Callable[[T], object]) -> list[int]:
    """Indexes of the items whose key came before."""
    keys = [key(item) for item in items]
    return [index for index, value in enumerate(keys) if value in keys[:index]]
