"""Near-duplicates form families; a paper takes one member of a family. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping


def join(
    pairs: Iterable[tuple[str, str]], kin: Mapping[str, int | None], new_family: Callable[[], int]
) -> dict[str, int]:
    """The families that follow from `pairs` of names: only those names whose family is new or another one.

    `kin` says to which family a name belongs now. Families that a pair connects become the one with the
    smallest number, with all their members.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        leader.setdefault(name, name)
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for a, b in pairs:
        leader[find(b)] = find(a)
    members: dict[str, list[str]] = defaultdict(list)
    for name in list(leader):
        members[find(name)].append(name)
    relatives: dict[int, list[str]] = defaultdict(list)
    for name, family in kin.items():
        if family is not None:
            relatives[family].append(name)
    joined: dict[str, int] = {}
    for names in members.values():
        before = {family for name in names if (family := kin.get(name)) is not None}
        chosen = min(before, default=None) or new_family()
        everybody = {*names, *(name for family in before for name in relatives[family])}
        joined.update({name: chosen for name in everybody if kin.get(name) != chosen})
    return joined
