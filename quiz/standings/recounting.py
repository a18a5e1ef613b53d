"""Making results and final ranks anew after somebody was set aside, merged or brought back."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from quiz.attempts import results
from quiz.attempts.closing import update_result
from quiz.attempts.combining import touch_everywhere
from quiz.attempts.models import Attempt, Result
from quiz.attempts.places import write_places
from quiz.contests.definition import RoundDefinition
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import lock_round
from quiz.core.database import Base
from quiz.entries.models import Entry
from quiz.scoring.ranking import Contender, Criterion

FINAL = frozenset({RoundState.FROZEN.value, RoundState.PUBLISHED.value})
_RESULTS = Base.metadata.tables["results"]


def recount(session: Session, contest: Contest, numbers: Collection[int], entries: Collection[Entry]) -> None:
    """Make the entrants' results of these rounds anew from their attempts, and final ranks if there are any.

    Who does not count has no result; what is published stays. The combined lists follow. Part of the caller's
    transaction.
    """
    session.flush()
    touch_everywhere(session, contest.id, [entry.id for entry in entries])
    lock_attempts(session, contest.id, entries)
    for number in sorted(numbers):
        round_ = lock_round(contest, number)
        session.flush()
        if round_.state == RoundState.PUBLISHED.value:
            continue
        # All away first: an attempt that changed hands may be in one result only.
        for entry in entries:
            results.remove(session, entry, number)
        for entry in entries:
            update_result(session, round_, entry)
        rank_again(session, round_)


def lock_attempts(session: Session, contest_id: int, entries: Collection[Entry]) -> None:
    """Let nobody of these people hand in past a decision about them.

    To be taken before rounds: who hands in holds the attempt and then needs to see the round and the entry
    (a foreign key's lock). For the same reason entries are locked FOR NO KEY UPDATE.
    """
    of_people = Attempt.contest_id == contest_id, Attempt.entry_id.in_([entry.id for entry in entries])
    session.execute(select(Attempt.id).where(*of_people).order_by(Attempt.id).with_for_update()).all()


def rank_again(session: Session, round_: Round) -> None:
    """Final ranks from the rank keys, where there are any; only those that change are written."""
    contest_id, number = round_.contest_id, round_.number
    of_round = (Result.contest_id == contest_id, Result.round_number == number)
    has_ranks = select(Result.entry_id).where(*of_round, Result.rank.is_not(None)).limit(1)
    if round_.state not in FINAL and session.scalar(has_ranks) is None:
        return
    write_final_places(session, round_)


def write_final_places(session: Session, round_: Round) -> None:
    """Everybody's place by the rank keys that are stored; only those that change are written."""
    of = _RESULTS.c
    mine = and_(of.contest_id == round_.contest_id, of.round_number == round_.number)
    qualifies: ColumnElement[bool] = true()
    if Criterion.ALL_CORRECT in round_.settings.ranking:
        qualifies = of.correct_count == of.question_count
    write_places(session, _RESULTS, mine, qualifies)


def contender(definition: RoundDefinition, row: Mapping[str, Any]) -> Contender:
    """A result's columns as somebody to be ranked."""
    qualifies = Criterion.ALL_CORRECT not in definition.ranking or (
        row["correct_count"] == row["question_count"]
    )
    return Contender(bytes(row["rank_key"]), row["entry_id"], row["category"], qualifies)
