"""A new attempt: its paper drawn, its deadline worked out. Nothing is stored here."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from question_bank.draw import PoolItem, PoolTooThin
from quiz.attempts import queries
from quiz.attempts.errors import StartRefused
from quiz.attempts.models import Attempt
from quiz.attempts.papers import draw_paper
from quiz.attempts.timing import deadline, extra_time
from quiz.contests.models import Round
from quiz.core.ids import new_code, new_id
from quiz.entries.models import Entry


def new_attempt(
    entry: Entry,
    round_: Round,
    past: Sequence[Attempt],
    pool: Sequence[PoolItem],
    *,
    now: datetime,
    grace: timedelta,
    extra_percent: int = 0,
    seed: int | None = None,
) -> Attempt:
    """An attempt that begins now, its paper drawn by a seed; not yet stored. `past`: the attempts so far.

    `extra_percent` is the further time of this person, in percent of the round's minutes. Raises StartRefused
    when the bank cannot fill the matrix.
    """
    definition = round_.settings
    seed = secrets.randbits(62) if seed is None else seed
    extra = extra_time(definition.minutes, extra_percent)
    ends_at = deadline(now, definition.minutes, round_.window.ends_at(now), definition.finish, extra=extra)
    try:
        paper = draw_paper(pool, definition, seed=seed, seen=queries.count_seen(past, pool))
    except PoolTooThin as error:
        raise StartRefused("bank_too_thin") from error
    return Attempt(
        contest_id=entry.contest_id,
        id=new_id(),
        code=new_code(entry.contest_id),
        round_number=round_.number,
        entry_id=entry.id,
        number=1 + max((a.number for a in past if a.round_number == round_.number), default=0),
        seed=seed,
        paper=paper,
        question_count=len(paper),
        started_at=now,
        deadline_at=ends_at,
        accepts_until=ends_at + grace,
        revision=0,
        answers={},
        flags=[],
    )
