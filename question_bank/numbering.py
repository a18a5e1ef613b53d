"""Numbers that tell the questions of a file apart."""

from __future__ import annotations


class Numbers:
    """Gives each question of a file a number of its own; a second "7" becomes "7 (2)"."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._count: dict[str, int] = {}

    def own(self, number: str) -> str:
        """The number itself, or with a count behind it if another question has it."""
        found = number
        while found in self._used:
            self._count[number] = self._count.get(number, 1) + 1
            found = f"{number} ({self._count[number]})"
        self._used.add(found)
        return found
