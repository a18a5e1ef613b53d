"""From a ranking and the rules of its prizes to who gets what. Pure.

People come in the order of their ranks, equal people with one rank. Where a prize ends in the middle of equal
people nobody is preferred silently: the group is handed back as a tie, and its places wait for a decision.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby


class Exclusive(StrEnum):
    """Whether somebody who has a prize of another round may get one of this round."""

    NO = "no"  # every round for itself
    ONCE = "once"  # whoever has one gets no other
    HIGHEST = "highest"  # only one that is higher than what they have


class PassedOver(StrEnum):
    """Why somebody in line got no prize."""

    TAKEN_OUT = "taken_out"
    NOT_ALL_CORRECT = "not_all_correct"
    HAS_PRIZE = "has_prize"
    QUOTA_FULL = "quota_full"


@dataclass(frozen=True, slots=True)
class Quota:
    """A prize and how many there are of it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CategoryPrizes:
    """A category that is different: prizes of its own (then only those), or at most `most` of the common."""

    code: str
    most: int | None = None
    prizes: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeRules:
    """Who may get prizes. `cap_percent`: of the people in a list, at most so many get one."""

    prizes: tuple[Quota, ...]
    categories: tuple[CategoryPrizes, ...] = ()
    exclusive: Exclusive = Exclusive.NO
    all_correct: bool = False
    cap_percent: int | None = None

    def list_of(self, category: str | None) -> str:
        """In which list a category competes: its own where it has own prizes, else everybody's ("")."""
        return next((one.code for one in self.categories if one.code == category and one.prizes), "")

    def prizes_of(self, code: str) -> tuple[Quota, ...]:
        """The prizes of a list, the highest first."""
        return next((one.prizes for one in self.categories if one.code == code and one.prizes), self.prizes)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in the ranking. `held`: place of their highest prize in other rounds, 0 the highest."""

    key: int
    rank: int
    category: str | None = None
    all_correct: bool = True
    held: int | None = None
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class TieDecision:
    """What the organisers decided about equal people: in which order they are taken, or all get the prize."""

    order: tuple[int, ...] = ()
    all_alike: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A prize for somebody; `place` is the prize's place in its list, 0 the highest."""

    key: int
    rank: int
    list_code: str
    place: int
    prize: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal people of whom not all can be treated alike: which prizes are left for them, in order."""

    list_code: str
    rank: int
    keys: tuple[int, ...]
    prizes: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """Who gets what, what waits for a decision, and who was passed over on the way."""

    given: list[Given] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    passed: dict[int, PassedOver] = field(default_factory=dict)


Decisions = Mapping[frozenset[int], TieDecision]
_ALIKE = TieDecision(all_alike=True)


def award(
    rules: PrizeRules,
    people: Iterable[Candidate],
    participants: Mapping[str, int],
    decisions: Decisions | None,
) -> Outcome:
    """Give the prizes of all lists. `participants` counts each list's people, `decisions` are by group.

    Without `decisions` nobody decides yet: equal people all get the higher prize, and no tie is handed back.
    """
    outcome = Outcome()
    lines = {
        code: _Line(rules, code, participants.get(code, 0))
        for code in ("", *(one.code for one in rules.categories if one.prizes))
    }
    for _rank, same in groupby(people, key=lambda one: one.rank):
        groups: dict[str, list[Candidate]] = {}
        for one in same:
            groups.setdefault(rules.list_of(one.category), []).append(one)
        for code, group in groups.items():
            if not lines[code].is_over:
                lines[code].take(group, decisions, outcome)
        if all(line.is_over for line in lines.values()):
            break
    return outcome


class _Line:
    """One list while it is gone through: which prizes are left, and how many each category may still get."""

    def __init__(self, rules: PrizeRules, code: str, participants: int) -> None:
        self.rules = rules
        self.code = code
        self.prizes = rules.prizes_of(code)
        slots = [place for place, prize in enumerate(self.prizes) for _one in range(prize.count)]
        most = len(slots) if rules.cap_percent is None else participants * rules.cap_percent // 100
        self.slots = slots[:most]
        self.room = {one.code: one.most for one in rules.categories if one.most is not None}

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to give."""
        return not self.slots

    def take(self, group: list[Candidate], decisions: Decisions | None, outcome: Outcome) -> None:
        """Give equal people what is theirs, or hand them back as a tie."""
        ready = []
        for one in group:
            if why := self._refusal(one):
                outcome.passed[one.key] = why
            else:
                ready.append(one)
        if not ready:
            return
        if not self._is_ambiguous(ready):
            self._give(ready, outcome)
            return
        group_keys = frozenset(one.key for one in ready)
        decision = _ALIKE if decisions is None else decisions.get(group_keys)
        if decision is not None and decision.all_alike:
            self._give_alike(ready, outcome)
        elif decision is not None and set(decision.order) == {one.key for one in ready}:
            by_key = {one.key: one for one in ready}
            self._give([by_key[key] for key in decision.order], outcome)
        else:
            self._leave_open(ready, outcome)

    def _refusal(self, one: Candidate) -> PassedOver | None:
        if one.is_out:
            return PassedOver.TAKEN_OUT
        if self.rules.all_correct and not one.all_correct:
            return PassedOver.NOT_ALL_CORRECT
        if one.held is not None:
            if self.rules.exclusive is Exclusive.ONCE:
                return PassedOver.HAS_PRIZE
            if self.rules.exclusive is Exclusive.HIGHEST and one.held <= self.slots[0]:
                return PassedOver.HAS_PRIZE
        if self._room_of(one) == 0:
            return PassedOver.QUOTA_FULL
        return None

    def _room_of(self, one: Candidate) -> int | None:
        return self.room.get(one.category or "") if not self.code else None

    def _is_ambiguous(self, group: list[Candidate]) -> bool:
        """Whether the order inside the group would matter."""
        wanted = self.slots[: len(group)]
        if len(wanted) < len(group) or len(set(wanted)) > 1:
            return True
        counts = Counter(one.category for one in group)
        return any((room := self._room_of(one)) is not None and counts[one.category] > room for one in group)

    def _give(self, group: list[Candidate], outcome: Outcome) -> None:
        for one in group:
            if self.slots and self._room_of(one) != 0:
                self._hand(one, self.slots.pop(0), outcome)
            else:
                outcome.passed[one.key] = PassedOver.QUOTA_FULL

    def _give_alike(self, group: list[Candidate], outcome: Outcome) -> None:
        """All get the higher prize; what that takes of the lower ones is gone."""
        place = self.slots[0]
        del self.slots[: len(group)]
        for one in group:
            self._hand(one, place, outcome)

    def _hand(self, one: Candidate, place: int, outcome: Outcome) -> None:
        self._use_room(one)
        outcome.given.append(Given(one.key, one.rank, self.code, place, self.prizes[place].name))

    def _use_room(self, one: Candidate) -> None:
        room = self._room_of(one)
        if room:
            self.room[one.category or ""] = room - 1

    def _leave_open(self, group: list[Candidate], outcome: Outcome) -> None:
        """Keep the places that the group will take, whoever of it takes them."""
        taken = []
        for one in group:
            if self.slots and self._room_of(one) != 0:
                taken.append(self.slots.pop(0))
                self._use_room(one)
        outcome.ties.append(
            Tie(
                self.code,
                group[0].rank,
                tuple(one.key for one in group),
                tuple(self.prizes[place].name for place in taken),
            )
        )


def in_line(outcome: Outcome) -> Iterator[Given]:
    """Prizes list by list, the highest first, equal prizes by rank."""
    yield from sorted(outcome.given, key=lambda one: (one.list_code, one.place, one.rank))
