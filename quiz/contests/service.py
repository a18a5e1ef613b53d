"""Setting up contests and moving their rounds: each act one transaction, with its line in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.queries import find_bank
from quiz.contests import queries, two_persons
from quiz.contests.coverage import shortages_of
from quiz.contests.definition import ContestDefinition, RoundDefinition
from quiz.contests.definition_entry import UNIQUE_PARTS
from quiz.contests.errors import BankTooThin, ContestRefused, RoundRunning, StepRefused
from quiz.contests.list_service import apply_lists
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase, RoundAction, RoundState, next_state
from quiz.contests.snapshot import refuse_nested_units, refuse_unknown_units, take_snapshot
from quiz.core.database import transaction
from quiz.documents.queries import list_documents
from quiz.units.queries import find_tree

_ACTIONS = {
    RoundAction.OPEN: Action.ROUND_OPENED,
    RoundAction.PAUSE: Action.ROUND_PAUSED,
    RoundAction.RESUME: Action.ROUND_RESUMED,
    RoundAction.CLOSE: Action.ROUND_CLOSED,
    RoundAction.FREEZE: Action.ROUND_FROZEN,
    RoundAction.PUBLISH: Action.ROUND_PUBLISHED,
}
_NOTHING: Mapping[str, object] = {}
# What a round that has opened must keep: it decides what running and counted attempts mean.
_FIXED_ONCE_OPEN = (
    "opens_at",
    "minutes",
    "paper",
    "prediction",
    "ranking",
    "attempts",
    "finish",
    "practice",
    "categories",
    "windows",
    "admits",
)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a definition did: "created", "changed" or "unchanged", and the names of what changed."""

    outcome: str
    changes: tuple[str, ...]
    contest_id: int


def apply_definition(definition: ContestDefinition, *, actor: Actor, now: datetime) -> Applied:
    """Create the contest, or bring it to what the definition says; again: nothing changes.

    All or nothing. Raises ContestRefused (unknown tree or document, tree changed after the snapshot, entry
    rule changed after people entered) and RoundRunning.
    """
    with transaction() as session:
        tree = find_tree(definition.tree) if definition.tree else None
        if definition.tree and tree is None:
            raise ContestRefused("unknown_tree", tree=definition.tree)
        _refuse_unknown_documents(definition.settings.documents)
        contest = session.scalar(select(Contest).where(Contest.slug == definition.slug).with_for_update())
        is_new = contest is None
        if contest is None:
            contest = Contest(slug=definition.slug, created_at=now, version=0)
            session.add(contest)
        elif contest.snapshot_at is not None and contest.tree_id != (tree.id if tree else None):
            raise ContestRefused("tree_is_fixed")
        two_persons.refuse_waiving(None if is_new else contest, definition.settings, actor)
        was_two = is_new or contest.settings.two_persons
        changes = _apply_contest(contest, definition, tree.id if tree else None)
        if changes:
            contest.updated_at = now
        session.flush()
        changes += _apply_rounds(contest, definition, now)
        session.flush()
        changes += apply_lists(contest, definition, now)
        if not changes:
            return Applied("unchanged", (), contest.id)
        contest.version += 1
        if contest.settings.two_persons != was_two:
            two_persons.note_switch(contest, reason="", actor=actor, now=now)
        record(
            Action.CONTEST_APPLIED,
            f"contest {definition.slug}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            changes=changes,
        )
    return Applied("created" if is_new else "changed", tuple(changes), contest.id)


def definition_of(contest: Contest) -> ContestDefinition:
    """The contest as a definition: what `apply_definition` would leave unchanged."""
    return ContestDefinition(
        slug=contest.slug,
        settings=contest.settings,
        entry=contest.entry,
        rounds=tuple(_round_definition(round_) for round_ in queries.list_rounds(contest)),
        collective=contest.collective,
        lists=tuple(one.settings for one in queries.list_lists(contest)),
    )


def change_state(
    contest: Contest,
    number: int,
    action: RoundAction,
    *,
    actor: Actor,
    now: datetime,
    at_once: bool = False,
    noted: Mapping[str, object] = _NOTHING,
) -> Round:
    """Take one step of a round's life. Raises NotFound, StepRefused, BankTooThin, ContestRefused.

    Opening releases the round to its times (with `at_once` it opens now), checks that the bank fills every
    paper, and takes the contest's snapshot of the units if there is none yet. Closing early moves the
    closing time to now. `noted` goes into the log's line. What else a step brings with it (deadlines,
    results) is the caller's, in the same transaction.
    """
    with transaction():
        round_ = queries.lock_round(contest, number)
        phase = round_.window.phase(now)
        state = next_state(round_.window, action, now)
        if state is None:
            raise StepRefused("step_refused", action=action.value, phase=phase.value)
        if action is RoundAction.OPEN:
            _release(contest, round_, now, at_once=at_once)
        elif action is RoundAction.CLOSE and now < round_.closes_at and now > round_.opens_at:
            _move(round_, closes_at=now)
        round_.state, round_.state_since = state.value, now
        contest.version += 1
        record(
            _ACTIONS[action],
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            phase=phase.value,
            **noted,
        )
    return round_


def _release(contest: Contest, round_: Round, now: datetime, *, at_once: bool) -> None:
    if now >= round_.closes_at:
        raise ContestRefused("round_times_passed", round=round_.number)
    if not contest.entry.has_way_to_identity:
        # The open form knows no accounts: nobody could enter.
        raise ContestRefused("uniqueness_without_way_in")
    _refuse_thin_bank(round_.settings)
    if contest.snapshot_at is None:
        take_snapshot(contest, now=now)
    if at_once and now < round_.opens_at:
        _move(round_, opens_at=now)


def _refuse_unknown_documents(slugs: tuple[str, ...]) -> None:
    known = {found.document.slug for found in list_documents(slugs)}
    for slug in slugs:
        if slug not in known:
            raise ContestRefused("unknown_document", document=slug)


def _refuse_thin_bank(definition: RoundDefinition) -> None:
    shortages = [short for paper in definition.papers for short in shortages_of(paper)]
    if shortages:
        raise BankTooThin([(s.cell.topic, s.cell.level, s.wanted, s.available) for s in shortages])


def _move(round_: Round, **times: datetime) -> None:
    """Change times in the columns and in the definition alike."""
    round_.settings = _with(round_.settings, **times)
    for name, moment in times.items():
        setattr(round_, name, moment)


def _apply_contest(contest: Contest, definition: ContestDefinition, tree_id: int | None) -> list[str]:
    """Set what differs, and name it."""
    wanted = {
        "title": definition.settings.title,
        "tree_id": tree_id,
        "settings_data": definition.settings.as_dict(),
        "entry_data": definition.entry.as_dict(),
        "collective_data": [rule.as_dict() for rule in definition.collective],
    }
    refuse_unknown_units(contest, definition.entry.units, tree_id)
    refuse_nested_units(contest, definition.collective, tree_id)
    changes = [name for name, value in wanted.items() if getattr(contest, name) != value]
    if "entry_data" in changes and contest.snapshot_at is not None:
        _refuse_new_entry_rules(contest, definition)
    for name in changes:
        setattr(contest, name, wanted[name])
    return [name.removesuffix("_data").removesuffix("_id") for name in changes]


def _refuse_new_entry_rules(contest: Contest, definition: ContestDefinition) -> None:
    """What makes one person cannot change once people may enter; nor can a unit be asked for from none."""
    old, new = contest.entry, definition.entry
    if old.unique is not new.unique or (
        old.birth is not new.birth and "birth_date" in UNIQUE_PARTS[new.unique]
    ):
        raise ContestRefused("uniqueness_is_fixed")
    if definition.entry.requires("unit") and not queries.list_units(contest.id):
        raise ContestRefused("units_required")


def _apply_rounds(contest: Contest, definition: ContestDefinition, now: datetime) -> list[str]:
    stored = {round_.number: round_ for round_ in queries.list_rounds(contest)} if contest.version else {}
    wanted = {round_.number: round_ for round_ in definition.rounds}
    for wish in definition.rounds:
        for paper in wish.papers:
            if find_bank(paper.bank) is None:
                raise ContestRefused("unknown_bank", bank=paper.bank, round=wish.number)
    changes = []
    for number, round_ in stored.items():
        if number not in wanted:
            if round_.state != RoundState.DRAFT.value:
                raise RoundRunning("round_cannot_go", round=number)
            with transaction() as session:
                session.delete(round_)
            changes.append(f"round {number} removed")
    for number, wish in wanted.items():
        if number not in stored:
            _add_round(contest, wish, now)
            changes.append(f"round {number} added")
        elif _round_definition(stored[number]) != wish:
            changes += _differences(_round_definition(stored[number]), wish)
            _change_round(stored[number], wish, now)
    return changes


def _add_round(contest: Contest, wish: RoundDefinition, now: datetime) -> None:
    with transaction() as session:
        session.add(
            Round(
                contest_id=contest.id,
                number=wish.number,
                state=RoundState.DRAFT.value,
                opens_at=wish.opens_at,
                closes_at=wish.closes_at,
                settings_data=wish.as_dict(),
                state_since=now,
            )
        )


def _change_round(round_: Round, wish: RoundDefinition, now: datetime) -> None:
    phase = round_.window.phase(now)
    if phase not in (Phase.DRAFT, Phase.SCHEDULED):
        have = _round_definition(round_)
        for name in _FIXED_ONCE_OPEN:
            if getattr(have, name) != getattr(wish, name):
                raise RoundRunning("round_is_running", round=round_.number, what=name)
        if wish.closes_at < max(now, round_.opens_at) and wish.closes_at != round_.closes_at:
            raise RoundRunning("round_is_running", round=round_.number, what="closes_at")
        if phase in (Phase.FROZEN, Phase.PUBLISHED) and wish.closes_at != round_.closes_at:
            raise RoundRunning("round_is_running", round=round_.number, what="closes_at")
    elif phase is Phase.SCHEDULED:
        _refuse_thin_bank(wish)
    round_.settings = wish
    round_.opens_at, round_.closes_at = wish.opens_at, wish.closes_at


def _differences(have: RoundDefinition, wish: RoundDefinition) -> list[str]:
    """What changes in a round, old and new value, for the audit log."""
    old, new = have.as_dict(), wish.as_dict()
    return [
        f"round {wish.number} {name}: {old.get(name)} → {new.get(name)}"
        for name in new
        if old.get(name) != new.get(name)
    ]


def _round_definition(round_: Round) -> RoundDefinition:
    return _with(round_.settings, opens_at=round_.opens_at, closes_at=round_.closes_at)


def _with(definition: RoundDefinition, **changes: datetime) -> RoundDefinition:
    return replace(definition, **changes)  # type: ignore[arg-type]  # only times are given
