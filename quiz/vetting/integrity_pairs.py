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
MOST_PAIRS = 500_000


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
    """The pairs to compare with the closest circle of each, and the circles that were too large."""

    pairs: Mapping[tuple[int, int], Circle]
    left_out: Mapping[Circle, int]


def pairs_to_compare(
    people: Iterable[Placed], *, largest: int = LARGEST_CIRCLE, most: int = MOST_PAIRS
) -> Pairs:
    """Every pair within a circle once, close circles and small ones first, until there are `most`."""
    found: dict[tuple[int, int], Circle] = {}
    left_out: dict[Circle, int] = {}
    everybody = list(people)
    for kind in Circle:
        for members in sorted(circles(everybody, kind).values(), key=lambda one: (len(one), one)):
            size = len(members) * (len(members) - 1) // 2
            if len(members) > largest or len(found) + size > most:
                left_out[kind] = left_out.get(kind, 0) + 1
                continue
            for pair in combinations(members, 2):
                found.setdefault(pair, kind)
    return Pairs(found, left_out)


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
