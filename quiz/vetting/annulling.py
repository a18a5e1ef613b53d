"""Annulling attempts: previewed, applied as one event with reason and notice, taken back until publication.

An annulled attempt stays as it is, with its answers; it does not count for results any more, and it was used:
nobody gets another one for it. The number that was predicted stays as it was frozen, as with corrected keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from quiz.attempts import results
from quiz.attempts.closing import marks_of
from quiz.attempts.models import Attempt, Result
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round, lock_round
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import DomainError, Invalid, NotFound
from quiz.core.ids import new_id
from quiz.entries.models import COUNTED
from quiz.standings.recounting import lock_attempts, rank_again
from quiz.vetting import annul_queries as queries
from quiz.vetting.annul_filter import AnnulFilter, chosen
from quiz.vetting.integrity_boards import Moves, moves
from quiz.vetting.integrity_models import Annulment
from quiz.vetting.integrity_queries import list_board

_AT_ONCE = 500


class AnnulRefused(Invalid):
    """The attempts cannot be annulled, or not be counted again; the code says why."""


class AttemptsMoved(DomainError):
    """Other attempts fit the filter than were previewed; nothing was changed, look again."""


@dataclass(frozen=True, slots=True)
class Change:
    """What annulling does. `attempts` stop counting; of each person the result `before` and the `fresh` one.

    A fresh result is as columns, None where no attempt is left.
    """

    attempts: tuple[int, ...]
    moves: Moves
    before: Mapping[int, Result] = field(repr=False)
    fresh: Mapping[int, dict[str, Any] | None] = field(repr=False)

    def figures(self) -> dict[str, int]:
        """The counts that are shown and kept."""
        return {
            "attempts": len(self.attempts),
            "people": len(self.moves.people),
            "out": self.moves.out,
            "risen": self.moves.risen,
        }


def preview(contest: Contest, number: int, wanted: AnnulFilter) -> Change:
    """What annulling the attempts of the filter would change now. Writes nothing.

    Raises NotFound, AnnulRefused.
    """
    get_round(contest, number)
    if wanted.is_empty:
        raise AnnulRefused("filter_is_empty")
    ids = chosen(queries.list_candidates(contest.id, number), wanted)
    return change_of(contest, number, ids, list_board(contest.id, number))


def effect_on(contest: Contest, number: int, attempts: Sequence[int], board: Sequence[bytes]) -> Moves:
    """How places would change without these attempts; `board` as of `list_board`."""
    return change_of(contest, number, attempts, board).moves


def change_of(contest: Contest, number: int, attempts: Sequence[int], board: Sequence[bytes]) -> Change:
    """The same with the new results."""
    people = queries.people_of(contest.id, attempts)
    fresh = _fresh(get_round(contest, number), people, frozenset(attempts))
    before = queries.results_of(contest.id, number, people)
    after = {person: row["rank_key"] if row else None for person, row in fresh.items()}
    keys = {person: bytes(row.rank_key) for person, row in before.items()}
    return Change(tuple(sorted(attempts)), moves(board, keys, after), before, fresh)


def fingerprint(attempts: Sequence[int]) -> str:
    """A short name for exactly these attempts: what was previewed has to be what is annulled."""
    return sha256(",".join(map(str, sorted(attempts))).encode()).hexdigest()[:16]


def annul(
    contest: Contest,
    number: int,
    wanted: AnnulFilter,
    *,
    seen: str,
    reason: str,
    notice: str,
    actor: Actor,
    now: datetime,
) -> Annulment:
    """Annul the attempts of the filter; `seen` is the fingerprint of those that were previewed.

    Attempts, results, final ranks and the event are saved together. Raises NotFound, AnnulRefused,
    AttemptsMoved.
    """
    if not reason.strip() or not notice.strip():
        raise AnnulRefused("reason_needed")
    with transaction() as session:
        _lock_people(session, contest, sorted(preview(contest, number, wanted).fresh))
        round_ = lock_round(contest, number)
        _refuse_if_published(round_)
        change = preview(contest, number, wanted)
        if not change.attempts:
            raise AnnulRefused("nothing_to_annul")
        if fingerprint(change.attempts) != seen:
            raise AttemptsMoved("attempts_moved")
        rows = queries.lock_attempts(contest.id, change.attempts)
        event = _event(contest, number, wanted, change, now)
        event.reason, event.notice, event.staff_id = reason.strip(), notice.strip(), actor.id
        session.add(event)
        _mark(rows, event)
        _bring_up_to_date(session, round_, sorted(change.fresh))
        record(
            Action.ATTEMPTS_ANNULLED,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            annulment=event.id,
            reason=event.reason,
            **change.figures(),
        )
    forget_all()
    return event


def take_back(
    contest: Contest, number: int, annulment_id: int, *, reason: str, actor: Actor, now: datetime
) -> Annulment:
    """Let the attempts of an annulment count again; the event stays, with the reason.

    Raises NotFound, AnnulRefused.
    """
    if not reason.strip():
        raise AnnulRefused("reason_needed")
    with transaction() as session:
        event = session.get(
            Annulment, (contest.id, annulment_id), populate_existing=True, with_for_update=True
        )
        if event is None or event.round_number != number:
            raise NotFound("annulment")
        people = queries.people_of(contest.id, event.attempts)
        _lock_people(session, contest, people)
        round_ = lock_round(contest, number)
        _refuse_if_published(round_)
        if event.undone_at is not None:
            raise AnnulRefused("taken_back_already")
        rows = queries.lock_attempts(contest.id, event.attempts)
        for row in rows:
            if row.annulment_id == event.id:
                row.voided_at = row.void_reason = row.void_notice = row.annulment_id = None
                # A key that was corrected meanwhile passed it over.
                row.correct_count = marks_of(row, round_).correct
        event.undone_at, event.undone_by, event.undo_reason = now, actor.id, reason.strip()
        _bring_up_to_date(session, round_, people)
        record(
            Action.ANNULMENT_TAKEN_BACK,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            annulment=event.id,
            attempts=len(rows),
            reason=reason.strip(),
        )
    forget_all()
    return event


def _event(contest: Contest, number: int, wanted: AnnulFilter, change: Change, now: datetime) -> Annulment:
    return Annulment(
        contest_id=contest.id,
        id=new_id(),
        round_number=number,
        filter=wanted.as_dict(),
        attempts=list(change.attempts),
        figures=change.figures(),
        applied_at=now,
    )


def _mark(rows: Sequence[Attempt], event: Annulment) -> None:
    for row in rows:
        row.voided_at, row.void_reason = event.applied_at, event.reason
        row.void_notice, row.annulment_id = event.notice, event.id


def _refuse_if_published(round_: Round) -> None:
    if round_.state == RoundState.PUBLISHED.value:
        raise AnnulRefused("results_are_published")


def _fresh(
    round_: Round, people: Sequence[int], gone: frozenset[int] = frozenset()
) -> dict[int, dict[str, Any] | None]:
    """The results of these people, as columns, from their attempts that count and are not gone."""
    if not round_.counts:
        return dict.fromkeys(people)
    actual = None if round_.actual_number is None else Decimal(round_.actual_number)
    closed = queries.closed_of_people(round_.contest_id, round_.number, people)
    fresh: dict[int, dict[str, Any] | None] = dict.fromkeys(people)
    for entry, rows in closed.values():
        left = [row for row in rows if row.id not in gone]
        if left and entry.status in COUNTED:
            fresh[entry.id] = results.result_values(entry, round_.settings, left, actual)
    return fresh


def _bring_up_to_date(session: Session, round_: Round, people: Sequence[int]) -> None:
    """Results of these people from the attempts that count now, and final ranks where there are any."""
    session.flush()
    fresh = _fresh(round_, people)
    kept = [row for row in fresh.values() if row is not None]
    for start in range(0, len(kept), _AT_ONCE):
        results.store(session, kept[start : start + _AT_ONCE])
    _remove(session, round_, [person for person, row in fresh.items() if row is None])
    session.flush()
    session.expire_all()  # the results were written past the session
    rank_again(session, round_)


def _remove(session: Session, round_: Round, people: Sequence[int]) -> None:
    for start in range(0, len(people), _AT_ONCE):
        results.remove_all(session, round_.contest_id, round_.number, people[start : start + _AT_ONCE])


def _lock_people(session: Session, contest: Contest, people: Sequence[int]) -> None:
    """Nobody of these people hands in while their results are made anew."""
    entries = list(queries.list_entries(contest.id, people).values())
    for start in range(0, len(entries), _AT_ONCE):
        lock_attempts(session, contest.id, entries[start : start + _AT_ONCE])
