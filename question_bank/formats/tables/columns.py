"""Column names sorted out: which column serves which purpose, and which names are in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.formats.tables.headings import LETTERS, Meaning, Role


@dataclass(slots=True)
class Columns:
    """Indexes count from 0. `twice` are names that two columns claim; `unused` say nothing known."""

    roles: dict[Role, int] = field(default_factory=dict)
    texts: list[int] = field(default_factory=list)
    keys: list[tuple[int, bool]] = field(default_factory=list)  # column, whether it declares to hold letters
    choices: dict[int, int] = field(default_factory=dict)  # choice → column
    feedback: dict[int, int] = field(default_factory=dict)
    wrong: dict[int, int] = field(default_factory=dict)
    twice: list[tuple[str, int, int]] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)

    def take(self, column: int, found: Meaning) -> None:
        """Give a column its purpose; the first of two keeps it."""
        if found.choice is not None:
            self._take_choice(column, found.role, found.choice)
        elif found.role in (Role.KEY, Role.LETTER_KEY):
            self.keys.append((column, found.role is Role.LETTER_KEY))
        elif found.role is Role.TEXT:
            self.texts.append(column)
        elif self.roles.setdefault(found.role, column) != column and found.role is not Role.IGNORED:
            self.unused.append(column)

    def _take_choice(self, column: int, role: Role, choice: int) -> None:
        target = {Role.CHOICE: self.choices, Role.FEEDBACK: self.feedback}.get(role, self.wrong)
        if target.setdefault(choice, column) != column:
            self.twice.append((f"{role.value} {LETTERS[choice]}", target[choice], column))


def sort_out(names: Sequence[str], meanings: Sequence[Meaning | None]) -> Columns:
    """The columns of a header; weak names only count where no strong one has the role."""
    strong = {found.role for found in meanings if found and not found.weak}
    columns = Columns()
    for column, found in enumerate(meanings):
        if found is not None and not (found.weak and found.role in strong):
            columns.take(column, found)
        elif names[column]:
            columns.unused.append(column)
    return columns
