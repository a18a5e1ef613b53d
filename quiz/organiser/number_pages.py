"""What the page of shared numbers shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from quiz.accounts.queries import names_of
from quiz.attempts.queries import count_attempts_by_round
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.entries.labels import birth_words
from quiz.entries.models import Entry, NumberDecision
from quiz.entries.queries import list_entries
from quiz.entries.shared_numbers import Number, SharedNumber
from quiz.vetting.settling import may_undo


@dataclass(frozen=True, slots=True)
class NumberPerson:
    """Somebody under a number. `same_device` names the others who used the same browser."""

    id: int
    name: str
    birth_date: str
    unit: str
    registered_at: datetime
    attempts: int
    is_disputed: bool
    is_proven: bool
    same_device: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """People under one number. `seen` goes along with the decision: nobody is decided about unseen."""

    id: str
    kind: str
    key: str
    number: str
    is_contested: bool
    people: tuple[NumberPerson, ...]
    seen: str
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision that was taken, with the names as they are now."""

    id: int
    at: datetime
    what: str
    set_aside: tuple[str, ...]
    reason: str
    who: str
    may_undo: bool
    ended: str


def groups_of(contest: Contest, found: Sequence[SharedNumber]) -> list[NumberGroup]:
    """Shared numbers with everything that helps to decide."""
    units = {unit.id: unit.name for unit in contests.list_units(contest.id)}
    counts = _attempts(contest, [entry.id for group in found for entry in group.people])
    return [_group(contest, group, units, counts) for group in found]


def decisions_of(contest: Contest, decisions: Sequence[NumberDecision]) -> list[DecisionLine]:
    """Decisions in words."""
    ids = {int(text) for one in decisions for text in one.set_aside} | {one.kept_id for one in decisions}
    names = {entry.id: entry.name for entry in list_entries(contest.id, [one for one in ids if one])}
    staff = names_of(one.staff_id for one in decisions if one.staff_id is not None)
    return [_decision(contest, one, names, staff) for one in decisions]


def _attempts(contest: Contest, entry_ids: Sequence[int]) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for (entry_id, _number), count in count_attempts_by_round(contest.id, entry_ids).items():
        counts[entry_id] = counts.get(entry_id, 0) + count
    return counts


def _group(
    contest: Contest, group: SharedNumber, units: Mapping[int, str], counts: Mapping[int, int]
) -> NumberGroup:
    return NumberGroup(
        id=f"{group.kind.value}-{group.key}",
        kind=group.kind.value,
        key=group.key,
        number=_number(group),
        is_contested=group.is_contested,
        people=tuple(
            NumberPerson(
                id=entry.id,
                name=entry.name,
                birth_date=birth_words(contest, entry.birth_date),
                unit=units.get(entry.unit_id or 0, ""),
                registered_at=entry.registered_at,
                attempts=counts.get(entry.id, 0),
                is_disputed=entry.disputed_at is not None,
                is_proven=group.kind is Number.PHONE and entry.proved_at is not None,
                same_device=_same_device(entry, group.people),
            )
            for entry in group.people
        ),
        seen=",".join(str(entry.id) for entry in group.people),
        has_earlier=group.decision is not None,
    )


def _number(group: SharedNumber) -> str:
    if group.kind is Number.NATIONAL_ID:
        return _("Một số căn cước")
    return f"09•• ••• {group.people[0].phone_tail or ''}"


def _same_device(entry: Entry, people: Sequence[Entry]) -> tuple[str, ...]:
    if entry.device_key is None:
        return ()
    others = (one for one in people if one.id != entry.id and one.device_key == entry.device_key)
    return tuple(one.name for one in others)


def _decision(
    contest: Contest, one: NumberDecision, names: Mapping[int, str], staff: Mapping[int, str]
) -> DecisionLine:
    kept = names.get(one.kept_id or 0, "")
    ended = ""
    if one.ended_at is not None:
        ended = _("Đã hoàn tác: %(reason)s", reason=one.undo_reason) if one.undo_reason else _("Đã xét lại")
    return DecisionLine(
        id=one.id,
        at=one.decided_at,
        what=_("Chỉ công nhận %(name)s", name=kept)
        if one.kept_id
        else _("Công nhận cả %(n)s người", n=one.size),
        set_aside=tuple(names.get(int(text), text) for text in one.set_aside),
        reason=one.reason,
        who=staff.get(one.staff_id or 0, ""),
        may_undo=may_undo(contest, one),
        ended=ended,
    )
