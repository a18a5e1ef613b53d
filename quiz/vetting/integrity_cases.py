"""From signals to cases that one person can look at, the most telling first. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quiz.vetting.integrity import RARE, Finding, Signal
from quiz.vetting.integrity_pairs import joined

_PAIRED = (Signal.SIMILAR, Signal.RHYTHM)
_SHARED_BY_MANY = (Signal.DEVICE, Signal.BURST)


@dataclass(frozen=True, slots=True)
class Case:
    """People whose papers deserve a look together, and everything that was found about them.

    `kinds` counts independent kinds of evidence; with fewer than two nothing should be decided.
    """

    key: str
    people: tuple[int, ...]
    attempts: tuple[int, ...]
    findings: tuple[Finding, ...]
    kinds: int

    @property
    def p(self) -> float | None:
        """The smallest p-value of its findings; None where only stated rules speak."""
        return min((one.p for one in self.findings if one.p is not None), default=None)

    @property
    def corrected(self) -> float | None:
        """The smallest p-value after correction."""
        return min((one.corrected for one in self.findings if one.corrected is not None), default=None)

    @property
    def is_rare(self) -> bool:
        """Whether something in it would rarely happen by chance even after correction."""
        return self.corrected is not None and self.corrected <= RARE


def cases(findings: Sequence[Finding], devices: Mapping[int, Any]) -> tuple[Case, ...]:
    """The cases, those with two kinds of evidence first, then by corrected p-value and by size.

    Pairs that share a person become one case. `devices` gives the device of those who have one: to have
    used the same is evidence of its own.
    """
    pairs = [(one.people[0], one.people[1]) for one in findings if one.signal in _PAIRED]
    groups = list(joined(pairs))
    grouped = {person for group in groups for person in group}
    alone = {one.people[0] for one in findings if one.signal is Signal.FAST} - grouped
    groups += [(person,) for person in sorted(alone)]
    covered = [set(group) for group in groups]
    for one in findings:
        if one.signal in _SHARED_BY_MANY and not any(_belongs(one, group) for group in covered):
            groups.append(one.people)
            covered.append(set(one.people))
    made = [_case(group, findings, devices) for group in groups]
    return tuple(sorted(made, key=_order))


def _case(group: Sequence[int], findings: Sequence[Finding], devices: Mapping[int, Any]) -> Case:
    people = set(group)
    own = tuple(one for one in findings if _belongs(one, people))
    attempts = sorted(
        {
            attempt
            for one in own
            if one.signal not in _SHARED_BY_MANY or people == set(one.people)
            for attempt in one.attempts
        }
    )
    key = sha256(",".join(map(str, (*sorted(people), *attempts))).encode()).hexdigest()[:16]
    return Case(key, tuple(sorted(people)), tuple(attempts), own, _kinds(own, people, devices))


def _belongs(finding: Finding, people: set[int]) -> bool:
    """Whether a finding is about these people: none else, or with a finding of many, these and others."""
    if finding.signal in _SHARED_BY_MANY:
        return people <= set(finding.people)
    return set(finding.people) <= people


def _kinds(own: Sequence[Finding], people: set[int], devices: Mapping[int, Any]) -> int:
    """A device that many used and a device that these share are one kind."""
    kinds: set[Signal] = {one.signal for one in own}
    used = [devices.get(person) for person in people]
    known = [device for device in used if device is not None]
    if len(known) > len(set(known)):
        kinds.add(Signal.DEVICE)
    return len(kinds)


def _order(case: Case) -> tuple[bool, float, int, str]:
    corrected = 2.0 if case.corrected is None else case.corrected
    return (case.kinds < 2, corrected, -len(case.people), case.key)
