"""From entrants to pairs and clusters that a person should look at. Pure; nothing here decides anything."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from quiz.vetting.answers import answer_evidence
from quiz.vetting.blocking import candidates
from quiz.vetting.values import Entrant, Pair, Sheet
from quiz.vetting.weighing import Weigher

_ANSWERS_MAY_ADD = 4.0
_AT_ONCE = 500
_REPORT_EVERY = 20_000

Sheets = Callable[[Sequence[int]], Mapping[int, Sheet]]
Told = Callable[[int], object]


def no_sheets(entry_ids: Sequence[int]) -> Mapping[int, Sheet]:
    """For contests in which nobody has handed in yet."""
    del entry_ids
    return {}


def find_pairs(
    entrants: Sequence[Entrant], sheets: Sheets = no_sheets, told: Told | None = None
) -> list[Pair]:
    """Pairs above the threshold, the most suspicious first.

    `sheets` gives the sheets of some entries; it is asked only about pairs that answers can lift over the
    threshold, and for few entries at a time. `told` hears how many pairs were weighed.
    """
    weigher = Weigher(entrants)
    found: dict[tuple[int, int], Pair] = {}
    open_: dict[tuple[int, int], Pair] = {}
    for count, (one, other) in enumerate(candidates(entrants), start=1):
        if told is not None and count % _REPORT_EVERY == 0:
            told(count)
        pair = weigher.weigh(one, other)
        if pair.score >= weigher.threshold - _ANSWERS_MAY_ADD:
            open_[pair.first, pair.second] = pair
    for pair in _with_answers(open_, sheets):
        if weigher.is_suspicious(pair):
            found[pair.first, pair.second] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))


def clusters(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Entries that hang together by pairs, each cluster sorted, in the order in which the pairs come."""
    leader: dict[int, int] = {}

    def find(entry: int) -> int:
        while leader.setdefault(entry, entry) != entry:
            leader[entry] = leader[leader[entry]]
            entry = leader[entry]
        return entry

    for first, second in pairs:
        a, b = find(first), find(second)
        leader[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = {}
    for entry in leader:
        members.setdefault(find(entry), []).append(entry)
    return [tuple(sorted(group)) for group in members.values()]


def _with_answers(pairs: Mapping[tuple[int, int], Pair], sheets: Sheets) -> Iterable[Pair]:
    """The pairs with what their answers say; sheets are asked for in small portions."""
    ordered = [pairs[key] for key in sorted(pairs)]
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        known = sheets(sorted({entry for pair in some for entry in (pair.first, pair.second)}))
        for pair in some:
            one, other = known.get(pair.first), known.get(pair.second)
            extra = answer_evidence(one, other) if one and other else None
            yield Pair(pair.first, pair.second, (*pair.evidence, extra)) if extra else pair
