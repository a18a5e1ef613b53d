"""Which pairs are worth weighing: those that share one of a few keys. Pure.

A hundred thousand entrants make five thousand million pairs. Two entries of one person share at least a
phone, a device, a number, or name and most of the birth date; only pairs within such a block are made. One
key at a time, so that memory holds one grouping.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations, pairwise

from quiz.vetting.values import Entrant

_LARGE = 40  # people in a block; in a larger one only neighbours in time are compared
_SAME_DAY = 60  # people with one birth date; more are looked at by a word of the name as well

Key = Callable[[Entrant], Hashable | None]


def candidates(entrants: Sequence[Entrant]) -> Iterator[tuple[Entrant, Entrant]]:
    """Pairs to weigh; the same pair may come more than once."""
    for key in _KEYS:
        for block in _blocks(entrants, key):
            if len(block) <= _LARGE:
                yield from combinations(block, 2)
            else:
                yield from pairwise(block)
    for block in _blocks(entrants, lambda one: one.birth):
        if len(block) <= _SAME_DAY:
            yield from combinations(block, 2)
            continue
        for key in (_family_name, _given_name):
            for part in _blocks(block, key):
                yield from combinations(part[:_SAME_DAY], 2)


def _blocks(entrants: Sequence[Entrant], key: Key) -> Iterator[list[Entrant]]:
    """Entrants with an equal key, in order of registration; those without the key are in no block."""
    groups: dict[Hashable, list[Entrant]] = {}
    for one in entrants:
        value = key(one)
        if value is not None:
            groups.setdefault(value, []).append(one)
    for block in groups.values():
        if len(block) > 1:
            yield sorted(block, key=lambda one: one.registered)


def _family_name(one: Entrant) -> Hashable:
    return one.name_key.partition(" ")[0]


def _given_name(one: Entrant) -> Hashable:
    return one.name_key.rpartition(" ")[2]


def _name_month(one: Entrant) -> Hashable | None:
    return one.birth and (one.name_key, one.birth.year, one.birth.month)


def _name_day(one: Entrant) -> Hashable | None:
    return one.birth and (one.name_key, one.birth.year, one.birth.day)


def _name_without_year(one: Entrant) -> Hashable | None:
    return one.birth and (one.name_key, one.birth.month, one.birth.day)


def _name_either_way(one: Entrant) -> Hashable | None:
    return one.birth and (one.name_key, one.birth.year, frozenset((one.birth.day, one.birth.month)))


def _name_alone(one: Entrant) -> Hashable | None:
    return None if one.birth else one.name_key


# A birth date with one part changed, or day and month exchanged, shares one of these with the true one.
_KEYS: tuple[Key, ...] = (
    lambda one: one.phone,
    lambda one: one.device,
    lambda one: one.national_id,
    _name_month,
    _name_day,
    _name_without_year,
    _name_either_way,
    _name_alone,
)
