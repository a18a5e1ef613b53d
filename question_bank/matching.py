"""Which questions can stand in which cells of a matrix: a matching that grows and never lets go.

Cells may overlap (one asks for any question, one for hard ones), and near-duplicates share a group of
which a paper takes one. A group once placed stays placed, though it may move to another cell. Therefore
taking groups in order of preference gives the best set there is, not just some set (the placeable sets
of groups form a matroid).
"""

from __future__ import annotations

from collections.abc import Sequence


class Matching:
    """`fits[group]` lists the cells that a group can stand in, `room[cell]` how many a cell takes."""

    def __init__(self, fits: Sequence[Sequence[int]], room: Sequence[int]) -> None:
        self._fits = fits
        self._room = list(room)
        self.members: list[set[int]] = [set() for _ in room]
        self.missing = sum(room)

    def place(self, group: int) -> bool:
        """Place a group if possible, moving others between their cells if necessary."""
        if not self.missing:
            return False
        came_from: dict[int, tuple[int, int] | None] = dict.fromkeys(self._fits[group])
        queue = list(came_from)
        for cell in queue:
            if len(self.members[cell]) < self._room[cell]:
                self._shift(group, cell, came_from)
                self.missing -= 1
                return True
            for member in sorted(self.members[cell]):
                for other in self._fits[member]:
                    if other not in came_from:
                        came_from[other] = (member, cell)
                        queue.append(other)
        return False

    def _shift(self, group: int, cell: int, came_from: dict[int, tuple[int, int] | None]) -> None:
        """Move along the path that was found, from its free end back to the new group."""
        step = came_from[cell]
        while step is not None:
            member, previous = step
            self.members[previous].remove(member)
            self.members[cell].add(member)
            cell = previous
            step = came_from[cell]
        self.members[cell].add(group)
