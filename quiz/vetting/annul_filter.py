"""Which attempts an organiser means: every condition that is given has to hold. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol


class Candidate(Protocol):
    """A closed attempt with what its entrant is known by."""

    @property
    def id(self) -> int: ...
    @property
    def entry_id(self) -> int: ...
    @property
    def unit_path(self) -> str | None: ...
    @property
    def question_count(self) -> int: ...
    @property
    def correct_count(self) -> int | None: ...
    @property
    def duration_ms(self) -> int | None: ...
    @property
    def submitted_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class AnnulFilter:
    """Conditions; None or empty: any.

    `unit` is a code, with everything below that unit; `seconds` the time per question that the attempt stayed
    below, `percent` the least share of right answers; `since` and `until` bound the moment of handing in.
    """

    people: tuple[int, ...] = ()
    attempts: tuple[int, ...] = ()
    unit: str | None = None
    seconds: str | None = None
    percent: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it would take every attempt of the round."""
        return not any(getattr(self, field.name) not in (None, ()) for field in fields(self))

    def keeps(self, one: Candidate) -> bool:
        """Whether the attempt is meant."""
        return all(
            (
                not self.people or one.entry_id in self.people,
                not self.attempts or one.id in self.attempts,
                self.unit is None or f"/{self.unit}/" in (one.unit_path or ""),
                self.seconds is None
                or (one.duration_ms or 0) < Fraction(self.seconds) * 1000 * one.question_count,
                self.percent is None or (one.correct_count or 0) * 100 >= self.percent * one.question_count,
                self.since is None or (one.submitted_at is not None and one.submitted_at >= self.since),
                self.until is None or (one.submitted_at is not None and one.submitted_at <= self.until),
            )
        )

    def as_dict(self) -> dict[str, Any]:
        """For JSON; what is not given is left out."""
        given = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in given.items()
        }


def from_dict(stored: Mapping[str, Any]) -> AnnulFilter:
    """The other way."""
    values = dict(stored)
    for name in ("since", "until"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    for name in ("people", "attempts"):
        values[name] = tuple(values.get(name, ()))
    return AnnulFilter(**values)


def chosen(candidates: Sequence[Candidate], wanted: AnnulFilter) -> tuple[int, ...]:
    """The ids of the attempts that are meant, ascending; an empty filter means none."""
    if wanted.is_empty:
        return ()
    return tuple(sorted(one.id for one in candidates if wanted.keeps(one)))
