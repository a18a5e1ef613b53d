"""The rule that correcting a key and publishing take a second person: where it holds, and switching it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from quiz.audit.actors import STAFF, Actor
from quiz.audit.service import Action, record
from quiz.contests.definition import ContestSettings
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.core.database import transaction

MOST_LETTERS = 500


def publishing_takes_two(contest: Contest, round_: Round) -> bool:
    """Whether these results are published by two people: a practice round has none."""
    return contest.settings.two_persons and round_.counts


def correcting_takes_two(contest: Contest, round_: Round, now: datetime) -> bool:
    """Whether a key of the round is corrected by two people: once it has opened."""
    has_opened = round_.window.phase(now) not in (Phase.DRAFT, Phase.SCHEDULED)
    return contest.settings.two_persons and has_opened


def refuse_waiving(stored: Contest | None, wanted: ContestSettings, actor: Actor) -> None:
    """No form and no file on the pages switches the rule off, only its own page. Raises ContestRefused."""
    is_waived = stored is not None and not stored.settings.two_persons
    if actor.kind == STAFF and not wanted.two_persons and not is_waived:
        raise ContestRefused("two_persons_has_its_page")


def switch(contest: Contest, is_on: bool, *, reason: str, actor: Actor, now: datetime) -> None:
    """Switch the rule for a contest, for a reason that the log keeps. Raises ContestRefused."""
    why = reason.strip()
    if not why or len(why) > MOST_LETTERS:
        raise ContestRefused("two_persons_reason", most=MOST_LETTERS)
    with transaction() as session:
        locked = session.scalars(
            select(Contest)
            .where(Contest.id == contest.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if locked.settings.two_persons is is_on:
            return
        locked.settings_data = replace(locked.settings, two_persons=is_on).as_dict()
        locked.version += 1
        locked.updated_at = now
        note_switch(locked, reason=why, actor=actor, now=now)


def note_switch(contest: Contest, *, reason: str, actor: Actor, now: datetime) -> None:
    """Write down that the rule was switched, in the caller's transaction; `contest` has the new value."""
    action = Action.TWO_PERSONS_ON if contest.settings.two_persons else Action.TWO_PERSONS_OFF
    detail = {"reason": reason} if reason else {}
    record(action, f"contest {contest.slug}", actor=actor, now=now, contest_id=contest.id, **detail)
