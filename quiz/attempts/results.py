"""Storing what counts of an entrant in a round; the combined lists follow at the end of the transaction."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quiz.attempts.combining import touch
from quiz.attempts.models import Result
from quiz.attempts.result_values import Closed as Closed
from quiz.attempts.result_values import epoch_ms as epoch_ms
from quiz.attempts.result_values import ranked as ranked
from quiz.attempts.result_values import result_values as result_values
from quiz.core.database import is_sqlite
from quiz.entries.models import Entry

_KEY = ("contest_id", "round_number", "entry_id")
_MOVE = "UPDATE results SET rank_key = :key, prediction_error = :error"
_MOVE_MANY = """
UPDATE results SET rank_key = fresh.rank_key, prediction_error = fresh.error
FROM unnest(CAST(:ids AS bigint[]), CAST(:keys AS bytea[]), CAST(:errors AS varchar[]))
  AS fresh (entry_id, rank_key, error)
WHERE contest_id = :contest AND round_number = :number AND results.entry_id = fresh.entry_id
"""


def store(session: Session, rows: Sequence[dict[str, Any]], *, touching: bool = True) -> None:
    """Insert or replace results of one round, whole rows, one statement. Part of the caller's transaction.

    `touching` False: nothing changes that a combined list is made of.
    """
    if not rows:
        return
    # The table, not the class: SQLAlchemy compiles an upsert of a class anew each time.
    table = cast(Table, Result.__table__)
    insert = sqlite.insert(table) if is_sqlite() else postgresql.insert(table)
    fresh = {name: insert.excluded[name] for name in rows[0] if name not in _KEY}
    session.execute(insert.on_conflict_do_update(index_elements=list(_KEY), set_=fresh), list(rows))
    if touching:
        touch(session, rows[0]["contest_id"], rows[0]["round_number"], [row["entry_id"] for row in rows])


def move_keys(
    session: Session, contest_id: int, round_number: int, moved: Sequence[tuple[int, bytes, str | None]]
) -> None:
    """Give these entrants other rank keys and prediction errors. The caller says which lists are touched."""
    if not moved:
        return
    of_round: dict[str, Any] = {"contest": contest_id, "number": round_number}
    if is_sqlite():
        session.execute(
            text(f"{_MOVE} WHERE contest_id = :contest AND round_number = :number AND entry_id = :id"),
            [of_round | {"id": who, "key": key, "error": error} for who, key, error in moved],
        )
        return
    ids, keys, errors = (list(column) for column in zip(*moved, strict=True))
    session.execute(text(_MOVE_MANY), of_round | {"ids": ids, "keys": keys, "errors": errors})


def remove(session: Session, entry: Entry, round_number: int) -> None:
    """Take the entrant's result of a round away: no attempt counts any more."""
    remove_all(session, entry.contest_id, round_number, [entry.id])


def remove_all(session: Session, contest_id: int, round_number: int, entry_ids: Sequence[int]) -> None:
    """The same for several entrants."""
    session.execute(
        delete(Result)
        .where(
            Result.contest_id == contest_id,
            Result.round_number == round_number,
            Result.entry_id.in_(entry_ids),
        )
        .execution_options(synchronize_session=False)
    )
    touch(session, contest_id, round_number, entry_ids)
