"""What becomes of the attempts of two entries when they turn out to be one person's. Pure.

The rule is that of a person who had entered once: attempts count in the order in which they were started, as
many as the round allows. They go to the entry that is kept; the others go to the one that is set aside, where
they stay to be looked at. So nobody gains a better chance by entering twice, and nothing is thrown away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quiz.contests.definition_rounds import AttemptRule
from quiz.entries.limits import count_used


@dataclass(frozen=True, slots=True)
class Taken:
    """A closed attempt. `counts` is False for one that was given back."""

    id: int
    entry_id: int
    round_number: int
    number: int
    started_at: datetime
    submitted_at: datetime | None
    correct_count: int | None
    question_count: int
    duration_ms: int | None
    prediction: str | None
    counts: bool


def pool(
    taken: Sequence[Taken],
    kept_id: int,
    other_id: int,
    rules: Mapping[int, AttemptRule],
    zone: str,
) -> list[Taken]:
    """The attempts with the entry and the number that they get. `rules` has the rounds that may still change.

    Attempts of other rounds stay as they are, and are used up where the limit goes over several rounds.
    """
    ordered = sorted(taken, key=lambda one: (one.started_at, one.id))
    starts = [
        (one.round_number, one.started_at)
        for one in ordered
        if one.counts and one.entry_id == kept_id and one.round_number not in rules
    ]
    placed: list[Taken] = []
    for one in ordered:
        if one.round_number in rules and one.counts:
            rule = rules[one.round_number]
            used = count_used(starts, rule, one.round_number, one.started_at, zone)
            fits = rule.limit is None or used < rule.limit
            if fits:
                starts.append((one.round_number, one.started_at))
            one = replace(one, entry_id=kept_id if fits else other_id)
        placed.append(one)
    return _numbered(placed, rules)


def _numbered(placed: Sequence[Taken], rules: Mapping[int, AttemptRule]) -> list[Taken]:
    """Numbers from 1 in each entry and round that may change, in order of time."""
    last: dict[tuple[int, int], int] = {}
    numbered = []
    for one in placed:
        if one.round_number in rules:
            place = (one.entry_id, one.round_number)
            last[place] = last.get(place, 0) + 1
            one = replace(one, number=last[place])
        numbered.append(one)
    return numbered
