"""Which passages of a newer text are those of an older one: marks are kept, and never given twice."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from question_bank.folding import loose_key
from question_bank.passages.values import Passage

# Two passages share a mark when this part of their pairs of words agrees (Dice), or when the shorter one is
# nearly all in the other.
_ALIKE = 0.55
_CONTAINED = 0.85
# A pair of words in more passages than this says nothing about which is which.
_COMMON = 40


class Fate(StrEnum):
    """What happens to a passage when a newer text is loaded."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class KnownPassage:
    """A passage that the document has or once had."""

    passage: Passage
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class PlannedPassage:
    """A passage as it will be, and as it was: `after` is None for what is gone, `before` for what is new."""

    fate: Fate
    before: Passage | None
    after: Passage | None

    @property
    def mark(self) -> int:
        """The passage's mark."""
        passage = self.after or self.before
        assert passage is not None
        return passage.mark


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """Passages in the order of the newer text, then those that are gone, by mark."""

    passages: tuple[PlannedPassage, ...]

    def of(self, fate: Fate) -> tuple[PlannedPassage, ...]:
        """Those with this fate, in order."""
        return tuple(one for one in self.passages if one.fate is fate)

    @property
    def count(self) -> int:
        """How many passages the edition has."""
        return sum(1 for one in self.passages if one.after is not None)

    @property
    def changes_nothing(self) -> bool:
        """Whether the newer text is the older one."""
        return all(one.fate is Fate.SAME for one in self.passages)


def plan_edition(known: Sequence[KnownPassage], passages: Sequence[Passage]) -> EditionPlan:
    """Marks for the passages of a newer text: equal text first, then nearly equal, then new marks.

    `known` are all passages that the document ever had: one that comes back gets its mark back. New marks go
    on after the largest one ever given.
    """
    matches = _Matches(known, passages)
    matches.take_equal()
    matches.take_alike()
    free = itertools.count(max((one.passage.mark for one in known), default=0) + 1)
    planned: list[PlannedPassage] = []
    for place, passage in enumerate(passages):
        old = matches.old_of.get(place)
        if old is None:
            planned.append(PlannedPassage(Fate.NEW, None, replace(passage, mark=next(free))))
            continue
        before = known[old].passage
        after = replace(passage, mark=before.mark)
        fate = Fate.SAME if after == before and known[old].is_current else Fate.CHANGED
        planned.append(PlannedPassage(fate, before, after))
    taken = set(matches.old_of.values())
    gone = [one.passage for index, one in enumerate(known) if one.is_current and index not in taken]
    planned += [PlannedPassage(Fate.GONE, one, None) for one in sorted(gone, key=lambda one: one.mark)]
    return EditionPlan(tuple(planned))


@dataclass(slots=True)
class _Matches:
    known: Sequence[KnownPassage]
    passages: Sequence[Passage]
    old_of: dict[int, int] = field(default_factory=dict)

    def take_equal(self) -> None:
        """Texts that are equal but for case, punctuation and spaces; under the same headings first."""
        for with_headings in (True, False):
            waiting: dict[object, list[int]] = defaultdict(list)
            for index in self._free_old():
                waiting[_key(self.known[index].passage, with_headings)].append(index)
            for place in self._free_new():
                if found := waiting.get(_key(self.passages[place], with_headings)):
                    self.old_of[place] = found.pop(0)

    def take_alike(self) -> None:
        """The rest by likeness, the most alike first, then those at the nearest places."""
        old = {index: _pairs(self.known[index].passage.text) for index in self._free_old()}
        new = {place: _pairs(self.passages[place].text) for place in self._free_new()}
        alike = sorted(_alike(old, new), key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2]))
        taken: set[int] = set()
        for _, index, place in alike:
            if index not in taken and place not in self.old_of:
                taken.add(index)
                self.old_of[place] = index

    def _free_old(self) -> list[int]:
        """Passages without a successor yet; those that are listed now come first."""
        taken = set(self.old_of.values())
        free = [index for index in range(len(self.known)) if index not in taken]
        return sorted(free, key=lambda index: not self.known[index].is_current)

    def _free_new(self) -> list[int]:
        return [place for place in range(len(self.passages)) if place not in self.old_of]


def _key(passage: Passage, with_headings: bool) -> object:
    return (loose_key(passage.text), passage.headings if with_headings else ())


def _pairs(text: str) -> Counter[tuple[str, str]]:
    """The pairs of neighbouring words, with a border at either end."""
    words = ["", *loose_key(text).split(), ""]
    return Counter(itertools.pairwise(words))


def _alike(
    old: Mapping[int, Counter[tuple[str, str]]], new: Mapping[int, Counter[tuple[str, str]]]
) -> Iterable[tuple[float, int, int]]:
    """(likeness, old, new) of all that are alike; only those that share an uncommon pair are compared."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, pairs in old.items():
        for pair in pairs:
            having[pair].append(index)
    for place, pairs in new.items():
        shared = {index for pair in pairs if len(having.get(pair, ())) <= _COMMON for index in having[pair]}
        for index in shared:
            likeness = _likeness(old[index], pairs)
            if likeness >= _ALIKE:
                yield likeness, index, place


def _likeness(first: Counter[tuple[str, str]], second: Counter[tuple[str, str]]) -> float:
    common, sizes = (first & second).total(), (first.total(), second.total())
    dice = 2 * common / sum(sizes)
    contained = common / min(sizes)
    # Half of a passage that was split is still that passage; a few words inside a long one are not.
    return max(dice, _ALIKE) if contained >= _CONTAINED and 3 * min(sizes) > max(sizes) else dice
