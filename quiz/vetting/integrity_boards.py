"""What a board loses and gains when some results change or go. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Move:
    """One person's place before and after; None: not on the board."""

    person: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Moves:
    """The places of those whose results change, the best first, and how many others rise."""

    people: tuple[Move, ...]
    risen: int

    @property
    def out(self) -> int:
        """How many leave the board."""
        return sum(one.before is not None and one.after is None for one in self.people)


def moves(board: Sequence[bytes], before: Mapping[int, bytes], after: Mapping[int, bytes | None]) -> Moves:
    """What happens when these people's rank keys go from `before` to `after` (None: no result any more).

    `board` are the rank keys of everybody now, ascending; who has no result now is not in `before`.
    """
    removed = sorted(before.values())
    added = sorted(key for key in after.values() if key is not None)

    def place(key: bytes) -> int:
        return bisect_left(board, key) - bisect_left(removed, key) + bisect_left(added, key) + 1

    people = [
        Move(
            person,
            bisect_left(board, before[person]) + 1 if person in before else None,
            None if key is None else place(key),
        )
        for person, key in after.items()
    ]
    people.sort(key=lambda one: (one.before or len(board) + 1, one.person))
    return Moves(tuple(people), _risen(board, removed, added))


def _risen(board: Sequence[bytes], removed: Sequence[bytes], added: Sequence[bytes]) -> int:
    """How many of those who stay have fewer people before them than they had.

    Between two neighbouring keys that come or go, everybody gains or loses the same number of places.
    """
    edges = sorted({*removed, *added})
    risen = 0
    for edge, following in [*pairwise(edges), *((edge, None) for edge in edges[-1:])]:
        if bisect_right(removed, edge) <= bisect_right(added, edge):
            continue
        for keys, sign in ((board, 1), (removed, -1)):
            end = len(keys) if following is None else bisect_right(keys, following)
            risen += sign * (end - bisect_right(keys, edge))
    return risen
