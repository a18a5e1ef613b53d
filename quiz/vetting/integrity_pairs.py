"""Which papers are compared with which, and how many accidents to expect among that many comparisons. Pure.

Comparing everybody with everybody would drown real copying in accidents (5,000 people are 12 million pairs).
Only papers that something else already connects are compared: one device, one network, one unit.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

# A unit or network with more people than this is no circle in which people sit together; its people are
# compared only within their devices (and a large unit's people within their networks).
LARGEST_CIRCLE = 300
MOST_PAIRS = 2_000_000


class Circle(StrEnum):
    """What connects people, the closest first."""

    DEVICE = "device"
    NETWORK = "network"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody with the keys of their circles (None: not known)."""

    person: int
    device: Hashable | None = None
    network: Hashable | None = None
    unit: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """The circles whose people are compared, the closest first, and how many circles are too large.

    Iterating gives every pair once, with the closest circle that both are in: millions of them are never
    kept. `most` is how many there are at most; people in two circles together are counted twice in it.
    """

    groups: tuple[tuple[Circle, tuple[int, ...]], ...]
    left_out: Mapping[Circle, int]
    most: int
    _kept_of: Mapping[Circle, Mapping[int, Hashable]]

    def __iter__(self) -> Iterator[tuple[int, int, Circle]]:
        order = list(Circle)
        for kind, members in self.groups:
            closer = [self._kept_of[other] for other in order[: order.index(kind)]]
            for one, other in combinations(members, 2):
                if not any(one in keys and keys[one] == keys.get(other) for keys in closer):
                    yield one, other, kind

    @property
    def people(self) -> frozenset[int]:
        """Everybody who is compared with somebody."""
        return frozenset(person for _kind, members in self.groups for person in members)


def pairs_to_compare(
    people: Iterable[Placed], *, largest: int = LARGEST_CIRCLE, most: int = MOST_PAIRS
) -> Pairs:
    """Close circles and small ones first, until there are `most` pairs."""
    groups: list[tuple[Circle, tuple[int, ...]]] = []
    left_out: dict[Circle, int] = {}
    kept_of: dict[Circle, dict[int, Hashable]] = {kind: {} for kind in Circle}
    everybody, total = list(people), 0
    for kind in Circle:
        for key, members in sorted(circles(everybody, kind).items(), key=lambda one: (len(one[1]), one[1])):
            size = len(members) * (len(members) - 1) // 2
            if len(members) > largest or total + size > most:
                left_out[kind] = left_out.get(kind, 0) + 1
                continue
            total += size
            groups.append((kind, tuple(members)))
            kept_of[kind].update(dict.fromkeys(members, key))
    return Pairs(tuple(groups), left_out, total, kept_of)


def circles(people: Iterable[Placed], kind: Circle) -> dict[Hashable, list[int]]:
    """The people of each device, network or unit that has more than one, ascending."""
    together: dict[Hashable, list[int]] = defaultdict(list)
    for placed in people:
        key = getattr(placed, kind.value)
        if key is not None:
            together[key].append(placed.person)
    return {key: sorted(members) for key, members in together.items() if len(members) > 1}


def holm(p_values: Sequence[float], comparisons: int) -> list[float]:
    """The smallest p-values of `comparisons` tests, ascending, corrected after Holm (1979).

    Scandinavian Journal of Statistics 6, 65–70. The chance that the list of all those at or below α names
    even one honest pair is at most α, however the tests depend on each other.
    """
    corrected, so_far = [], 0.0
    for place, p in enumerate(p_values):
        so_far = max(so_far, min(1.0, p * (comparisons - place)))
        corrected.append(so_far)
    return corrected


def expected_accidents(threshold: float, comparisons: int) -> float:
    """How many of so many honest comparisons fall at or below the threshold by chance, on average."""
    return threshold * comparisons


def joined(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Groups of people that pairs connect, each ascending, in the order of their first person."""
    leader: dict[int, int] = {}

    def find(person: int) -> int:
        while leader.setdefault(person, person) != person:
            leader[person] = leader[leader[person]]
            person = leader[person]
        return person

    for one, other in pairs:
        leader[find(one)] = find(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for person in sorted(leader):
        groups[find(person)].append(person)
    yield from sorted(tuple(group) for group in groups.values())
