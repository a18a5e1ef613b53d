"""An entrant who was set aside says why that is wrong, once, and organisers answer."""

from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round
from quiz.core.database import transaction
from quiz.core.errors import DomainError, NotFound
from quiz.vetting.duplicate_queries import find_ruling_of, list_waiting_appeals
from quiz.vetting.errors import VettingRefused
from quiz.vetting.models import Ruling

MOST_LETTERS = 2_000


class AppealsUnanswered(DomainError):
    """Who was set aside in the round has objected and nobody has answered; `params["count"]` of them."""


def refuse_unanswered(contest: Contest, round_: Round) -> None:
    """The gate before publication: afterwards nothing can be taken back. Raises AppealsUnanswered."""
    waiting = [one for one in list_waiting_appeals(contest.id) if round_.number in one.rounds]
    if waiting:
        raise AppealsUnanswered("appeals_unanswered", count=len(waiting))


def appeal(contest: Contest, entry_id: int, words: str, *, now: datetime) -> Ruling:
    """Keep the entrant's words against the ruling that holds. Raises NotFound, VettingRefused."""
    text = words.strip()
    if not text or len(text) > MOST_LETTERS:
        raise VettingRefused("appeal_length", most=MOST_LETTERS)
    with transaction() as session:
        known = find_ruling_of(contest.id, entry_id)
        if known is None or known.undone_at is not None:
            raise NotFound("ruling")
        ruling = session.get_one(Ruling, (contest.id, known.id), populate_existing=True, with_for_update=True)
        if ruling.appeal is not None:
            raise VettingRefused("appealed_already")
        ruling.appeal, ruling.appealed_at = text, now
        record(
            Action.RULING_APPEALED,
            f"entry {entry_id}",
            actor=Actor.entrant(entry_id),
            now=now,
            contest_id=contest.id,
        )
    return ruling


def answer(contest: Contest, ruling_id: int, words: str, *, actor: Actor, now: datetime) -> Ruling:
    """Answer an appeal; what is answered stays answered. Raises NotFound, VettingRefused."""
    text = words.strip()
    if not text or len(text) > MOST_LETTERS:
        raise VettingRefused("answer_length", most=MOST_LETTERS)
    with transaction() as session:
        ruling = session.get(Ruling, (contest.id, ruling_id), populate_existing=True, with_for_update=True)
        if ruling is None or ruling.appeal is None:
            raise NotFound("ruling")
        if ruling.answer is not None:
            raise VettingRefused("answered_already")
        ruling.answer, ruling.answered_at = text, now
        record(
            Action.APPEAL_ANSWERED,
            f"entry {ruling.entry_id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
        )
    return ruling
