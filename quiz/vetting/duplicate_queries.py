"""Reading entries for comparison, suspicions and rulings. Nothing here writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

from quiz.attempts.models import Attempt
from quiz.bank.queries import revisions
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.vetting.models import Ruling, Suspicion, VettingPass
from quiz.vetting.values import Answer, Sheet

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Case:
    """Entries that hang together by open suspicions; `score` is that of the strongest pair."""

    members: tuple[int, ...]
    pairs: tuple[Suspicion, ...]

    @property
    def number(self) -> int:
        """The entry that names the case: the earliest."""
        return self.members[0]

    @property
    def score(self) -> float:
        """The strongest pair's."""
        return max(pair.score for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What is compared of an entry, as it is stored."""

    id: int
    name: str
    birth_date: date | None
    phone_cipher: str | None
    national_id_cipher: str | None
    device_key: str | None
    network_key: str | None
    registered_at: datetime


def iterate_entries(contest_id: int) -> Iterator[list[EntryRow]]:
    """Entries that are in play, in chunks by number. Ends the caller's read; not for use while writing."""
    last = 0
    columns = [getattr(Entry, name) for name in EntryRow.__dataclass_fields__]
    wanted = select(*columns).where(Entry.contest_id == contest_id, Entry.status == "active")
    while True:
        rows = db.session.execute(wanted.where(Entry.id > last).order_by(Entry.id).limit(_AT_ONCE)).all()
        db.session.rollback()
        if not rows:
            return
        last = rows[-1].id
        yield [EntryRow(*row) for row in rows]


def first_hand_ins(contest_id: int) -> dict[int, datetime]:
    """When each entrant handed in for the first time."""
    rows = db.session.execute(
        select(Attempt.entry_id, func.min(Attempt.submitted_at))
        .where(Attempt.contest_id == contest_id, Attempt.submitted_at.is_not(None))
        .group_by(Attempt.entry_id)
    )
    return {entry_id: at for entry_id, at in rows if at is not None}


def sheets_of(contest_id: int, entry_ids: Sequence[int]) -> Mapping[int, Sheet]:
    """What these entries answered in closed attempts; of a question asked twice, the first answer."""
    rows = db.session.execute(
        select(Attempt.entry_id, Attempt.paper, Attempt.answers)
        .where(
            Attempt.contest_id == contest_id,
            Attempt.entry_id.in_(entry_ids),
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.entry_id, Attempt.started_at)
    ).all()
    asked = {revision for row in rows for revision, _order in row.paper}
    keys = {revision: frozenset(view.correct) for revision, view in revisions(asked).items()} if asked else {}
    sheets: dict[int, dict[int, Answer]] = {}
    for entry_id, paper, answers in rows:
        sheet = sheets.setdefault(entry_id, {})
        for place, (revision, order) in enumerate(paper, start=1):
            shown = answers.get(str(place), ())
            if shown and revision not in sheet:
                chosen = frozenset(order[one - 1] for one in shown if 0 < one <= len(order))
                sheet[revision] = Answer(chosen, chosen == keys[revision])
    return sheets


def find_pass(contest_id: int) -> VettingPass | None:
    """The last pass over a contest's entries."""
    return db.session.get(VettingPass, contest_id)


def list_passes() -> Sequence[VettingPass]:
    """The last pass of every contest that had one."""
    return db.session.scalars(select(VettingPass)).all()


def _open_pairs(contest_id: int) -> Select[Suspicion]:
    set_aside = select(Entry.id).where(Entry.contest_id == contest_id, Entry.status != "active")
    return select(Suspicion).where(
        Suspicion.contest_id == contest_id,
        Suspicion.dismissed_at.is_(None),
        Suspicion.first_id.not_in(set_aside),
        Suspicion.second_id.not_in(set_aside),
    )


def list_open(contest_id: int) -> Sequence[Suspicion]:
    """Pairs to be looked at, the strongest first: not dismissed, both entries in play."""
    order = (Suspicion.score.desc(), Suspicion.first_id, Suspicion.second_id)
    return db.session.scalars(_open_pairs(contest_id).order_by(*order)).all()


def list_dismissed(contest_id: int) -> Sequence[Suspicion]:
    """Pairs that were dismissed, the latest first."""
    return db.session.scalars(
        select(Suspicion)
        .where(Suspicion.contest_id == contest_id, Suspicion.dismissed_at.is_not(None))
        .order_by(Suspicion.dismissed_at.desc(), Suspicion.first_id, Suspicion.second_id)
    ).all()


def list_entries(contest_id: int, entry_ids: Sequence[int]) -> dict[int, Entry]:
    """These entries by number."""
    rows = db.session.scalars(select(Entry).where(Entry.contest_id == contest_id, Entry.id.in_(entry_ids)))
    return {row.id: row for row in rows}


def list_rulings(contest_id: int) -> Sequence[Ruling]:
    """What was decided, with open appeals first, then the latest first."""
    waits = Ruling.appeal.is_not(None) & Ruling.answer.is_(None) & Ruling.undone_at.is_(None)
    return db.session.scalars(
        select(Ruling)
        .where(Ruling.contest_id == contest_id)
        .order_by(waits.desc(), Ruling.ruled_at.desc(), Ruling.id.desc())
    ).all()


def get_ruling(contest_id: int, ruling_id: int) -> Ruling:
    """One decision. Raises NotFound."""
    ruling = db.session.get(Ruling, (contest_id, ruling_id))
    if ruling is None:
        raise NotFound("ruling")
    return ruling


def find_ruling_of(contest_id: int, entry_id: int) -> Ruling | None:
    """The decision that concerns an entry now, or the last one that was undone, or None.

    A merge concerns both: where it was wrong, the other person is the one whose entry was kept.
    """
    return db.session.scalar(
        select(Ruling)
        .where(Ruling.contest_id == contest_id, or_(Ruling.entry_id == entry_id, Ruling.kept_id == entry_id))
        .order_by(Ruling.undone_at.is_(None).desc(), Ruling.ruled_at.desc(), Ruling.id.desc())
        .limit(1)
    )


def list_rulings_of(contest_id: int, entry_id: int) -> Sequence[Ruling]:
    """All decisions by which an entry was set aside, also those that were undone, the oldest first."""
    return db.session.scalars(
        select(Ruling)
        .where(Ruling.contest_id == contest_id, Ruling.entry_id == entry_id)
        .order_by(Ruling.ruled_at, Ruling.id)
    ).all()


def list_attempts_of(contest_id: int, entry_ids: Sequence[int]) -> Sequence[Attempt]:
    """All attempts of several entries, oldest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.contest_id == contest_id, Attempt.entry_id.in_(entry_ids))
        .order_by(Attempt.started_at, Attempt.id)
        .execution_options(populate_existing=True)
    ).all()


def list_waiting_appeals(contest_id: int) -> Sequence[Ruling]:
    """Decisions with an appeal that nobody has answered."""
    return db.session.scalars(
        select(Ruling).where(
            Ruling.contest_id == contest_id,
            Ruling.appeal.is_not(None),
            Ruling.answer.is_(None),
            Ruling.undone_at.is_(None),
        )
    ).all()


def count_appeals(contest_id: int) -> int:
    """Appeals that wait for an answer."""
    return len(list_waiting_appeals(contest_id))


def find_suspicion(contest_id: int, first_id: int, second_id: int) -> Suspicion | None:
    """The pair, or None."""
    return db.session.get(Suspicion, (contest_id, first_id, second_id))


def count_open(contest_id: int) -> int:
    """How many pairs wait to be looked at."""
    wanted = _open_pairs(contest_id).with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(wanted) or 0
