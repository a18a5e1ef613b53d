"""What is remembered between two comparings of nearly the same questions, so that the second one is quick.

A memory is only a hint: whatever it holds, the result is that of comparing everything. It knows questions
by what they are in this process, not by what they say: one that was loaded anew is a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from question_bank.values import Question

Value = TypeVar("Value")
Group = TypeVar("Group", bound=Hashable)


class Memory:
    """Values that were made of questions, and of groups of them, in the latest run; nothing older is kept."""

    def __init__(self) -> None:
        self._of_questions: dict[str, dict[int, tuple[Question, Any]]] = {}
        self._of_wholes: dict[str, tuple[tuple[Question, ...], Any]] = {}
        self._of_groups: dict[str, dict[Any, Any]] = {}

    def of_questions(
        self, what: str, questions: Sequence[Question], make: Callable[[Question], Value]
    ) -> list[Value]:
        """What `make` says of each question. `what` names the run: one `make` for one name."""
        # A question that is kept stays alive, so that no other one can have its identity.
        before = self._of_questions.get(what, {})
        names = [*map(id, questions)]
        now = {
            name: before.get(name) or (question, make(question))
            for name, question in zip(names, questions, strict=True)
        }
        self._of_questions[what] = now
        return [now[name][1] for name in names]

    def of_whole(
        self, what: str, questions: tuple[Question, ...], make: Callable[[tuple[Question, ...]], Value]
    ) -> Value:
        """What `make` says of all questions together, while it is the same tuple."""
        kept = self._of_wholes.get(what)
        if kept is None or kept[0] is not questions:
            self._of_wholes[what] = kept = (questions, make(questions))
        value: Value = kept[1]
        return value

    def of_groups(
        self, what: str, groups: Iterable[Group], make: Callable[[Group], Value]
    ) -> Iterator[Value]:
        """What `make` says of each group, one after the other."""
        before, now = self._of_groups.get(what, {}), {}
        for group in groups:
            value = before[group] if group in before else make(group)
            now[group] = value
            yield value
        self._of_groups[what] = now
