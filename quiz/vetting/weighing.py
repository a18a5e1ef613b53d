"""What each signal is worth, measured against the entrants of the contest. Pure.

After Fellegi and Sunter (1969): a weight is the power of ten by which a coincidence is likelier when two
entries are one person's than when they are not. How rare a name or a birth date is, is counted in the contest
itself, so that a name that hundreds bear weighs little. Name and birth date count only together: namesakes
differ in birth dates, twins in names, and a family shares phone, device and evening.
"""

import math
from collections import Counter
from collections.abc import Sequence

from quiz.vetting.common_names import GIVEN_NAMES
from quiz.vetting.nearness import birth_nearness, name_nearness, one_digit_apart
from quiz.vetting.values import Entrant, Evidence, Pair, Signal

# A name or date that nobody else bears is still not impossible: as if so many more people had been seen.
_UNSEEN_NAMES, _UNSEEN_DATES = 5_000, 16_000
_NAMES = {Signal.NAME_MARKS: 0.8, Signal.NAME_SLIP: 3.0, Signal.NAME_ORDER: 2.5, Signal.NAME_PART: 2.0}
# Taken off the weight of the same date: how many dates are as near.
_NEAR_DATES = {Signal.BIRTH_SWAPPED: 0.6, Signal.BIRTH_SLIP: 1.8, Signal.BIRTH_PART: 2.5}
_MOST_NAME, _MOST_DATE, _MOST_NEAR_DATE, _SAME_YEAR = 5.0, 4.2, 3.5, 1.0
_FAMILY = 8  # people; a number that more share belongs to somebody who enters others
SHARED_MACHINE = 40  # people; a device that more use stands in a school or an office
_CROWD = 4  # family names on one device; a household rarely has more than three
_CONDUCT = 6.4  # without any likeness of the people: device, their number, rhythm and answers together
_SOON = 20 * 60.0


class Weigher:
    """Weighs pairs of the entrants of one contest."""

    def __init__(self, entrants: Sequence[Entrant]) -> None:
        self._count = max(2, len(entrants))
        self._names = Counter(one.name_key for one in entrants)
        self._words = Counter(word for one in entrants for word in set(one.name_key.split()))
        self._dates = Counter(one.birth for one in entrants)
        self._phones = Counter(one.phone for one in entrants if one.phone)
        self._devices = Counter(one.device for one in entrants if one.device)
        self._families = _family_names_by_device(entrants, self._devices)
        self._networks = Counter(one.network for one in entrants if one.network)
        self._common_word = max(4, self._count // 2_000)
        # One person in a hundred may be in twice: so much evidence makes a pair likelier one person than two.
        self.threshold = max(5.0, math.log10(self._count) + 2)
        self.threshold_of_conduct = _CONDUCT

    def weigh(self, one: Entrant, other: Entrant) -> Pair:
        """The pair with all evidence but that of the answers."""
        identity = self._identity(one, other)
        contact = list(self._contact(one, other, has_identity=bool(identity)))
        place = list(self._place(one, other, has_identity=bool(identity)))
        evidence = [*identity, *contact, *place]
        if evidence and (rhythm := _rhythm(one, other)):
            evidence.append(rhythm)
        low, high = sorted((one.id, other.id))
        return Pair(low, high, tuple(evidence))

    def is_suspicious(self, pair: Pair) -> bool:
        """Whether a person should look at the pair."""
        return pair.score >= (self.threshold if has_identity(pair) else self.threshold_of_conduct)

    def _identity(self, one: Entrant, other: Entrant) -> list[Evidence]:
        """Name and birth date, which count only where both are near."""
        birth = birth_nearness(one.birth, other.birth)
        if birth is None and not (one.birth is None and other.birth is None):
            return []
        name = name_nearness(one, other, self._is_own_name)
        if name is None:
            return []
        found = [_evidence(name, self._name_weight(name, one, other))]
        if birth is not None:
            found.append(_evidence(birth, self._date_weight(birth, one, other)))
        return found

    def _name_weight(self, signal: Signal, one: Entrant, other: Entrant) -> float:
        bearers = max(self._names[one.name_key], self._names[other.name_key])
        same = min(_MOST_NAME, math.log10((self._count + _UNSEEN_NAMES) / bearers))
        match signal:
            case Signal.NAME_SAME:
                return same
            case Signal.NAME_MARKS:
                return same - _NAMES[signal]
            case _:
                return min(same, _NAMES[signal])

    def _date_weight(self, signal: Signal, one: Entrant, other: Entrant) -> float:
        if signal is Signal.BIRTH_YEAR:
            return _SAME_YEAR
        others = max(self._dates[one.birth], self._dates[other.birth])
        same = min(_MOST_DATE, math.log10((self._count + _UNSEEN_DATES) / others))
        if signal is Signal.BIRTH_SAME:
            return same
        return max(0.0, min(_MOST_NEAR_DATE, same - _NEAR_DATES[signal]))

    def _contact(self, one: Entrant, other: Entrant, *, has_identity: bool) -> list[Evidence]:
        found = []
        if one.phone and other.phone:
            if one.phone == other.phone:
                sharing = self._phones[one.phone]
                found.append(_evidence(Signal.PHONE_SAME, 2.5 if sharing <= _FAMILY else 1.0, people=sharing))
            elif has_identity and one_digit_apart(one.phone, other.phone):
                found.append(_evidence(Signal.PHONE_NEAR, 3.5))
        if one.national_id and other.national_id:
            if one.national_id == other.national_id:
                found.append(_evidence(Signal.ID_SAME, 6.0))
            elif has_identity:
                near = one_digit_apart(one.national_id, other.national_id)
                found.append(_evidence(*((Signal.ID_NEAR, 3.5) if near else (Signal.ID_OTHER, -1.0))))
        return found

    def _place(self, one: Entrant, other: Entrant, *, has_identity: bool) -> list[Evidence]:
        """Device and network; the network only beside a name, for hundreds may share one."""
        found = []
        if one.device and one.device == other.device:
            people = self._devices[one.device]
            # A family that shares its phone also shares its number: that is one coincidence, not two.
            known = 2.0 if one.phone and one.phone == other.phone else 0.0
            private = people <= SHARED_MACHINE
            found.append(_evidence(Signal.DEVICE, 2.5 - known if private else 0.3, people=people))
            families = self._families.get(one.device, 0)
            if private and families >= _CROWD:
                weight = min(3.0, 0.9 * (families - 2))
                found.append(_evidence(Signal.DEVICE_CROWD, weight, families=families, people=people))
        elif has_identity and one.network and one.network == other.network:
            people = self._networks[one.network]
            weight = min(1.5, max(0.2, math.log10(self._count / people) - 2))
            found.append(_evidence(Signal.NETWORK, weight, people=people))
        return found

    def _is_own_name(self, word: str) -> bool:
        return word in GIVEN_NAMES or self._words[word] >= self._common_word


def has_identity(pair: Pair) -> bool:
    """Whether the names are near (and then the birth dates too), or the identity numbers the same."""
    return any(one.signal.value.startswith("name_") or one.signal is Signal.ID_SAME for one in pair.evidence)


def _family_names_by_device(entrants: Sequence[Entrant], devices: Counter[str]) -> dict[str, int]:
    """How many different family names entered on each device that several people used."""
    names: dict[str, set[str]] = {}
    for one in entrants:
        if one.device and devices[one.device] >= _CROWD:
            names.setdefault(one.device, set()).add(one.name_key.partition(" ")[0])
    return {device: len(of_device) for device, of_device in names.items()}


def _rhythm(one: Entrant, other: Entrant) -> Evidence | None:
    """One entered right after the other, or right after the other had handed in."""
    first, second = sorted((one, other), key=lambda entrant: entrant.registered)
    gap = second.registered - first.registered
    if first.ended is not None:
        gap = min(gap, abs(second.registered - first.ended))
    return _evidence(Signal.RHYTHM, 1.0, minutes=round(gap / 60)) if gap <= _SOON else None


def _evidence(signal: Signal, weight: float, **figures: int) -> Evidence:
    return Evidence(signal, round(weight, 2), figures)
