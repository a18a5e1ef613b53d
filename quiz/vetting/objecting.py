"""An entrant says why annulling was wrong, once, and organisers answer."""

from datetime import datetime

from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.errors import Invalid, NotFound
from quiz.vetting.integrity_models import Annulment, Objection

MOST_LETTERS = 2_000


class ObjectionRefused(Invalid):
    """The words cannot be taken; the code says why."""


def object_to(contest: Contest, attempt: Attempt, words: str, *, now: datetime) -> Objection:
    """Keep what the attempt's entrant says against its annulment. Raises NotFound, ObjectionRefused."""
    text = _checked(words)
    with transaction() as session:
        if attempt.annulment_id is None:
            raise NotFound("annulment")
        # The lock lets two quick clicks come one after the other; the primary key has the last word.
        session.get_one(Annulment, (contest.id, attempt.annulment_id), with_for_update=True)
        key = (contest.id, attempt.annulment_id, attempt.entry_id)
        if session.get(Objection, key, populate_existing=True) is not None:
            raise ObjectionRefused("objected_already")
        found = Objection(
            contest_id=contest.id,
            annulment_id=attempt.annulment_id,
            entry_id=attempt.entry_id,
            words=text,
            objected_at=now,
        )
        session.add(found)
        record(
            Action.ANNULMENT_OBJECTED,
            f"round {attempt.round_number}",
            actor=Actor.entrant(attempt.entry_id),
            now=now,
            contest_id=contest.id,
            annulment=attempt.annulment_id,
        )
    return found


def answer(
    contest: Contest, annulment_id: int, entry_id: int, words: str, *, actor: Actor, now: datetime
) -> Objection:
    """Answer an objection; what is answered stays answered. Raises NotFound, ObjectionRefused."""
    text = _checked(words)
    with transaction() as session:
        found = session.get(
            Objection, (contest.id, annulment_id, entry_id), populate_existing=True, with_for_update=True
        )
        if found is None:
            raise NotFound("objection")
        if found.answer is not None:
            raise ObjectionRefused("objection_answered")
        found.answer, found.answered_at = text, now
        record(
            Action.OBJECTION_ANSWERED,
            f"entry {entry_id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            annulment=annulment_id,
        )
    return found


def _checked(words: str) -> str:
    text = words.strip()
    if not text or len(text) > MOST_LETTERS:
        raise ObjectionRefused("objection_length", most=MOST_LETTERS)
    return text
