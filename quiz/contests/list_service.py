"""Bringing a contest's combined lists to what its definition says. Part of applying a definition."""

from collections.abc import Iterable
from datetime import datetime

from quiz.contests import queries
from quiz.contests.definition import ContestDefinition, ListDefinition
from quiz.contests.errors import ContestRefused, RoundRunning
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import Phase
from quiz.core.database import transaction


def apply_lists(contest: Contest, definition: ContestDefinition, now: datetime) -> list[str]:
    """Set what differs, and name it; the rounds must have been set before.

    How a list ranks is told before the first of its rounds opens: from then on only its name, its prizes and
    the time of its publication can change. Raises RoundRunning, ContestRefused.
    """
    stored = {one.number: one for one in queries.list_lists(contest)}
    wanted = {one.number: one for one in definition.lists}
    rounds = {one.number: one for one in queries.list_rounds(contest)}
    changes = []
    for one in definition.lists:
        for missing in sorted(set(one.rounds) - rounds.keys()):
            raise ContestRefused("list_needs_round", list=one.name, round=missing)
    with transaction() as session:
        for number in sorted(stored.keys() | wanted.keys()):
            have, wish = stored.get(number), wanted.get(number)
            old = have.settings if have else None
            if old == wish:
                continue
            if _fixed(old) != _fixed(wish):
                _refuse_if_begun(number, (old, wish), rounds, now)
            if have is not None and wish is not None:
                changes += _differences(have.settings, wish)
                have.settings_data = wish.as_dict()
            elif wish is not None:
                session.add(StandingList(contest_id=contest.id, number=number, settings_data=wish.as_dict()))
                changes.append(f"list {number} added")
            elif have is not None:
                session.delete(have)
                changes.append(f"list {number} removed")
        for round_ in rounds.values():
            lists = [one.number for one in definition.lists if round_.number in one.rounds] or None
            if round_.list_numbers != lists:
                round_.list_numbers = lists
        session.flush()
    return changes


def _differences(have: ListDefinition, wish: ListDefinition) -> list[str]:
    """What changes in a list, old and new value, for the audit log."""
    old, new = have.as_dict(), wish.as_dict()
    return [f"list {wish.number} {name}: {old[name]} → {new[name]}" for name in new if old[name] != new[name]]


def _fixed(definition: ListDefinition | None) -> object:
    """What must not change once people have taken part."""
    if definition is None:
        return None
    return (
        set(definition.rounds),
        definition.take,
        definition.counts,
        definition.ranking,
        definition.min_rounds,
    )


def _refuse_if_begun(
    number: int, versions: Iterable[ListDefinition | None], rounds: dict[int, Round], now: datetime
) -> None:
    concerned = {round_ for version in versions if version is not None for round_ in version.rounds}
    for round_number in sorted(concerned & rounds.keys()):
        if rounds[round_number].window.phase(now) not in (Phase.DRAFT, Phase.SCHEDULED):
            raise RoundRunning("list_is_fixed", list=number, round=round_number)
