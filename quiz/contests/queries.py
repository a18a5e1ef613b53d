"""Reading contests, rounds and the contest's units. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from quiz.contests.models import Contest, ContestUnit, Notice, Round, StandingList
from quiz.contests.notices import ShownNotice
from quiz.contests.phases import Phase, RoundState
from quiz.core.caches import new_cache
from quiz.core.database import db, is_remembering, remembered
from quiz.core.errors import NotFound

_MOST_KEPT = 50
_units_kept: dict[tuple[int, datetime | None, datetime | None], tuple[ContestUnit, ...]] = new_cache()


def find_contest(slug: str) -> Contest | None:
    """The contest, or None."""
    return remembered(("contest", slug), lambda: _read(Contest.slug == slug))


def get_contest(slug: str) -> Contest:
    """The contest. Raises NotFound."""
    contest = find_contest(slug)
    if contest is None:
        raise NotFound("contest")
    return contest


def get_contest_by_id(contest_id: int) -> Contest:
    """The contest. Raises NotFound."""
    contest = _find_by_id(contest_id)
    if contest is None:
        raise NotFound("contest")
    return contest


def _find_by_id(contest_id: int) -> Contest | None:
    if not is_remembering():
        return db.session.get(Contest, contest_id)
    return remembered(("contest", contest_id), lambda: _read(Contest.id == contest_id))


def _read(which: ColumnElement[bool]) -> Contest | None:
    """The contest; a request gets its rounds with it, which it nearly always asks for too."""
    if not is_remembering():
        return db.session.scalar(select(Contest).where(which))
    wanted = select(Contest, Round).outerjoin(Round, Round.contest_id == Contest.id).where(which)
    rows: list[tuple[Contest, Round | None]] = [
        (row[0], row[1]) for row in db.session.execute(wanted.order_by(Round.number))
    ]
    contest = rows[0][0] if rows else None
    if contest is not None:
        remember(contest, [round_ for _contest, round_ in rows if round_ is not None])
    return contest


def remember(contest: Contest, rounds: Sequence[Round]) -> None:
    """The request under way has read the contest with all its rounds, by number."""
    for key in (contest.id, contest.slug):
        remembered(("contest", key), lambda: contest)
    remembered(("rounds", contest.id), lambda: tuple(rounds))


def get_public_contest(slug: str) -> Contest:
    """The contest if at least one of its rounds has left the draft. Raises NotFound."""
    contest = get_contest(slug)
    if not list_public_rounds(contest):
        raise NotFound("contest")
    return contest


def list_contests() -> Sequence[Contest]:
    """All contests, the newest first."""
    return db.session.scalars(select(Contest).order_by(Contest.created_at.desc(), Contest.id.desc())).all()


def list_public_contests() -> Sequence[Contest]:
    """Contests with a round that has left the draft, the newest first."""
    public = select(Round.contest_id).where(Round.state != RoundState.DRAFT.value)
    return db.session.scalars(
        select(Contest).where(Contest.id.in_(public)).order_by(Contest.created_at.desc(), Contest.id.desc())
    ).all()


def list_rounds(contest: Contest) -> Sequence[Round]:
    """The contest's rounds by number."""
    wanted = select(Round).where(Round.contest_id == contest.id).order_by(Round.number)
    return remembered(("rounds", contest.id), lambda: tuple(db.session.scalars(wanted)))


def list_public_rounds(contest: Contest) -> Sequence[Round]:
    """The rounds that have left the draft, by number."""
    return [round_ for round_ in list_rounds(contest) if round_.state != RoundState.DRAFT.value]


def list_counting_rounds(contest: Contest) -> Sequence[Round]:
    """The public rounds that have boards, by number: practice rounds have none."""
    return [round_ for round_ in list_public_rounds(contest) if round_.counts]


def list_lists(contest: Contest) -> Sequence[StandingList]:
    """The contest's combined lists by number."""
    return db.session.scalars(
        select(StandingList).where(StandingList.contest_id == contest.id).order_by(StandingList.number)
    ).all()


def list_names(contest: Contest) -> dict[int, str]:
    """Names of the combined lists by number."""
    return {one.number: one.settings.name for one in list_lists(contest)}


def get_list(contest: Contest, number: int) -> StandingList:
    """The combined list. Raises NotFound."""
    found = db.session.get(StandingList, (contest.id, number))
    if found is None:
        raise NotFound("list")
    return found


def practice_numbers(contest_id: int) -> frozenset[int]:
    """The numbers of the contest's practice rounds."""
    rounds = db.session.scalars(select(Round).where(Round.contest_id == contest_id))
    return frozenset(round_.number for round_ in rounds if not round_.counts)


def get_round(contest: Contest, number: int) -> Round:
    """The round. Raises NotFound."""
    round_ = db.session.get(Round, (contest.id, number))
    if round_ is None:
        raise NotFound("round")
    return round_


def lock_round(contest: Contest, number: int) -> Round:
    """The round with its row locked until the transaction ends, read anew. Raises NotFound."""
    round_ = db.session.get(Round, (contest.id, number), with_for_update=True, populate_existing=True)
    if round_ is None:
        raise NotFound("round")
    return round_


def get_public_round(contest: Contest, number: int) -> Round:
    """The round if it has left the draft. Raises NotFound."""
    round_ = get_round(contest, number)
    if round_.state == RoundState.DRAFT.value:
        raise NotFound("round")
    return round_


def current_round(contest: Contest, now: datetime) -> Round | None:
    """The public round that matters now: an open or paused one, else the next, else the last, else None.

    Of several, one that counts goes before a practice round.
    """
    rounds = list_public_rounds(contest)
    by_phase = [(round_.window.phase(now), round_) for round_ in rounds]
    for wanted in ((Phase.OPEN, Phase.PAUSED), (Phase.RESTING,), (Phase.SCHEDULED,)):
        found = [round_ for phase, round_ in by_phase if phase in wanted]
        if found:
            return min(found, key=lambda round_: (not round_.counts, round_.opens_at, round_.number))
    return max(rounds, key=lambda round_: (round_.counts, round_.closes_at, round_.number), default=None)


def list_units(contest_id: int) -> Sequence[ContestUnit]:
    """The contest's units in the tree's order, kept per process until a headcount changes.

    The rows are detached from the session; read their columns, follow nothing.
    """
    taken_at, changed_at = _moments_of_units(contest_id)
    key = (contest_id, taken_at, changed_at)
    kept = _units_kept.get(key)
    if kept is None:
        kept = tuple(
            db.session.scalars(
                select(ContestUnit).where(ContestUnit.contest_id == contest_id).order_by(ContestUnit.position)
            )
        )
        for unit in kept:
            db.session.expunge(unit)
        if taken_at is not None:
            if len(_units_kept) >= _MOST_KEPT:
                _units_kept.clear()
            _units_kept[key] = kept
    return kept


def _moments_of_units(contest_id: int) -> tuple[datetime | None, datetime | None]:
    """When the contest's units were taken over, and when they were changed."""
    if is_remembering():
        contest = _find_by_id(contest_id)
        return (contest.snapshot_at, contest.units_at) if contest else (None, None)
    wanted = select(Contest.snapshot_at, Contest.units_at).where(Contest.id == contest_id)
    row = db.session.execute(wanted).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def find_unit(contest_id: int, code: str) -> ContestUnit | None:
    """The contest's unit with this code, detached, or None."""
    return next((unit for unit in list_units(contest_id) if unit.code == code), None)


def list_notices(contest_id: int) -> Sequence[Notice]:
    """A contest's notices, the newest first."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.contest_id == contest_id)
        .order_by(Notice.posted_at.desc(), Notice.id.desc())
    ).all()


def list_standing_notices(now: datetime) -> list[ShownNotice]:
    """Notices of public contests that are or will be shown, the oldest first; one statement."""
    public = select(Round.contest_id).where(Round.state != RoundState.DRAFT.value)
    rows = db.session.execute(
        select(Contest, Notice)
        .join(Notice, Notice.contest_id == Contest.id)
        .where(
            Contest.id.in_(public),
            Notice.ended_at.is_(None),
            Notice.until_at.is_(None) | (Notice.until_at > now),
        )
        .order_by(Notice.from_at, Notice.id)
    )
    return [
        ShownNotice(
            contest_id=contest.id,
            slug=contest.slug,
            title=contest.settings.display_title,
            words=notice.words,
            level=notice.level,
            from_at=notice.from_at,
            until_at=notice.until_at,
        )
        for contest, notice in rows
    ]
