"""Keeping the combined lists true: whoever's results of a round change, their lists follow.

Storing and removing results notes whom it touched; as the last act of the transaction the lists of these
people are made anew from what is stored then. So no way of changing results passes the lists by.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quiz.attempts.list_ranks import rank_list
from quiz.attempts.list_values import best_values, sum_values
from quiz.attempts.models import Attempt, ListResult, Result
from quiz.contests.definition import Take
from quiz.contests.models import Round, StandingList
from quiz.contests.phases import RoundState
from quiz.core.database import before_commit, is_sqlite
from quiz.entries.models import COUNTED, Entry
from quiz.scoring.ranking import Criterion

_AT_ONCE = 500
_KEY = ("contest_id", "list_number", "entry_id")
# What sums and the choice of an attempt are made of.
_OF_RESULT = (
    *("round_number", "correct_count", "question_count", "duration_ms", "submitted_at"),
    *("attempts", "times_at_best", "first_start", "prediction_error"),
)
_OF_ATTEMPT = (
    *("id", "round_number", "number", "correct_count", "question_count"),
    *("started_at", "submitted_at", "duration_ms", "prediction"),
)
_FINAL = (RoundState.FROZEN.value, RoundState.PUBLISHED.value)


@dataclass(frozen=True, slots=True)
class _Touch:
    """Whose results in which lists may have changed; `is_final`: in a round that is frozen."""

    contest_id: int
    lists: tuple[int, ...]
    entry_ids: tuple[int, ...]
    is_final: bool


@dataclass(frozen=True, slots=True)
class _Person:
    """What a result says of its entrant."""

    contest_id: int
    id: int
    unit_id: int | None
    category: str | None
    registered_at: datetime


def touch(session: Session, contest_id: int, round_number: int, entry_ids: Collection[int]) -> None:
    """Note that these results of a round changed. Rounds that are in no list cost nothing."""
    round_ = session.get(Round, (contest_id, round_number))
    if round_ is None or not round_.list_numbers:
        return
    noted = _Touch(contest_id, tuple(round_.list_numbers), tuple(entry_ids), round_.state in _FINAL)
    before_commit(session, _follow, noted, turn=0)


def touch_everywhere(session: Session, contest_id: int, entry_ids: Collection[int]) -> None:
    """Note that it was decided about these people: in all lists, also where no round of theirs changes."""
    for number in session.scalars(
        select(Round.number).where(Round.contest_id == contest_id, Round.list_numbers.is_not(None))
    ):
        touch(session, contest_id, number, entry_ids)


def feeds_prediction(session: Session, round_: Round) -> bool:
    """Whether a combined list adds up how far off the predictions of this round were."""
    lists = session.scalars(
        select(StandingList).where(
            StandingList.contest_id == round_.contest_id,
            StandingList.number.in_(round_.list_numbers or ()),
        )
    )
    return any(Criterion.PREDICTION_ERROR in one.settings.ranking for one in lists)


def _follow(session: Session, touches: list[_Touch]) -> None:
    """Make the lists of everybody touched anew, always in the same order of contests, lists and people."""
    session.flush()
    for contest_id in sorted({one.contest_id for one in touches}):
        ones = [one for one in touches if one.contest_id == contest_id]
        numbers = {number for one in ones for number in one.lists}
        is_final = any(one.is_final for one in ones)
        for list_ in _locked(session, contest_id, numbers, is_final=is_final):
            people = sorted({who for one in ones if list_.number in one.lists for who in one.entry_ids})
            for start in range(0, len(people), _AT_ONCE):
                _make_anew(session, list_, people[start : start + _AT_ONCE], is_final=is_final)
            if is_final:
                rank_list(session, list_)


def _locked(
    session: Session, contest_id: int, numbers: Collection[int], *, is_final: bool
) -> Sequence[StandingList]:
    """The lists by number. Who may rank a list waits for others who may; who hands in waits for nobody."""
    wanted = (
        select(StandingList)
        .where(StandingList.contest_id == contest_id, StandingList.number.in_(sorted(numbers)))
        .order_by(StandingList.number)
        .execution_options(populate_existing=True)
    )
    lock = wanted.with_for_update(key_share=True, read=not is_final)
    return session.scalars(lock).all()


def _make_anew(session: Session, list_: StandingList, people: Sequence[int], *, is_final: bool) -> None:
    kept = _published_with(session, list_, people) if is_final else frozenset[int]()
    _hold(session, list_, people)
    rows = list(fresh_rows(session, list_, people, kept))
    _store(session, rows)
    gone = sorted(set(people) - {row["entry_id"] for row in rows})
    if gone:
        session.execute(
            delete(ListResult)
            .where(
                ListResult.contest_id == list_.contest_id,
                ListResult.list_number == list_.number,
                ListResult.entry_id.in_(gone),
            )
            .execution_options(synchronize_session=False)
        )


def fresh_rows(
    session: Session, list_: StandingList, people: Sequence[int], kept: Collection[int] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The columns of these people's results in the list, of those who have any.

    Who was set aside has none, unless they are among the `kept`: their list was published before.
    """
    definition = list_.settings
    known = _known_rounds(session, list_)
    wanted = _parts_of(list_, people)
    for _who, group in groupby(session.execute(wanted).all(), key=lambda row: row.who):
        parts = list(group)
        one = parts[0]
        if one.who_status not in COUNTED and one.who not in kept:
            continue
        person = _Person(list_.contest_id, one.who, one.who_unit, one.who_category, one.who_registered)
        if definition.take is Take.SUM:
            yield sum_values(person, definition, parts, known)
        else:
            yield best_values(person, definition, parts)


def _parts_of(list_: StandingList, people: Sequence[int]) -> Select[Any]:
    """What these people's results in the list are made of, with what is needed of the people."""
    definition = list_.settings
    source, names = (Result, _OF_RESULT) if definition.take is Take.SUM else (Attempt, _OF_ATTEMPT)
    wanted = (
        select(
            Entry.id.label("who"),
            Entry.status.label("who_status"),
            Entry.unit_id.label("who_unit"),
            Entry.category.label("who_category"),
            Entry.registered_at.label("who_registered"),
            *(getattr(source, name) for name in names),
        )
        .join(source, (Entry.contest_id == source.contest_id) & (Entry.id == source.entry_id))
        .where(
            Entry.contest_id == list_.contest_id,
            Entry.id.in_(people),
            source.round_number.in_(definition.rounds),
        )
        .order_by(Entry.id, source.round_number)
    )
    if definition.take is Take.SUM:
        return wanted
    return wanted.where(Attempt.closed_at.is_not(None), Attempt.voided_at.is_(None))


def _known_rounds(session: Session, list_: StandingList) -> frozenset[int]:
    """The list's rounds whose actual number is frozen, where it matters."""
    if Criterion.PREDICTION_ERROR not in list_.settings.ranking:
        return frozenset()
    return frozenset(
        session.scalars(
            select(Round.number).where(
                Round.contest_id == list_.contest_id,
                Round.number.in_(list_.settings.rounds),
                Round.actual_number.is_not(None),
            )
        )
    )


def _published_with(session: Session, list_: StandingList, people: Sequence[int]) -> frozenset[int]:
    """Those of these people who stand in the list, if all its rounds are published: they stay in it."""
    states = session.scalars(
        select(Round.state).where(
            Round.contest_id == list_.contest_id, Round.number.in_(list_.settings.rounds)
        )
    ).all()
    if any(state != RoundState.PUBLISHED.value for state in states):
        return frozenset()
    return frozenset(
        session.scalars(
            select(ListResult.entry_id).where(
                ListResult.contest_id == list_.contest_id,
                ListResult.list_number == list_.number,
                ListResult.entry_id.in_(people),
            )
        )
    )


def _hold(session: Session, list_: StandingList, people: Sequence[int]) -> None:
    """Take these people's rows for this transaction, also those that do not exist yet.

    Somebody may hand in in two overlapping rounds at the same moment: the second has to see the result of the
    first before it adds up. SQLite has one writer at a time anyway.
    """
    if is_sqlite():
        return
    empty = {
        **dict.fromkeys(("correct_count", "question_count", "duration_ms", "attempts", "times_at_best"), 0),
        **dict.fromkeys(("submitted_at", "first_start", "registered_at"), datetime.fromtimestamp(0, UTC)),
        "contest_id": list_.contest_id,
        "list_number": list_.number,
        "rounds": 0,
        "rank_key": b"",
    }
    insert = postgresql.insert(ListResult)
    session.execute(
        insert.on_conflict_do_update(index_elements=list(_KEY), set_={"rounds": ListResult.rounds}),
        [{**empty, "entry_id": who} for who in people],
    )


def _store(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = sqlite.insert(ListResult) if is_sqlite() else postgresql.insert(ListResult)
    fresh = {name: insert.excluded[name] for name in rows[0] if name not in _KEY}
    session.execute(insert.on_conflict_do_update(index_elements=list(_KEY), set_=fresh), list(rows))
